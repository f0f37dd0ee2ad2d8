// Files that a process has open and its children shall not.
#pragma once

namespace gostrap {

/// Closes all from `first` to `last`; may be called between fork and exec.
void close_descriptors(unsigned first, unsigned last = ~0U);

}  // namespace gostrap
