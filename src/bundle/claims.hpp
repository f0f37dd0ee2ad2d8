// What a bundle's provenance may look like: many read it later (list, repair, the proof's page, bills of
// materials), so it is refused at the door when it has not the shape that gostrap writes.
#pragma once

#include "support/json.hpp"

namespace gostrap {

/// Throws Error, with the place, for a member of the wrong kind, a time that is none, or words that no
/// terminal should see.
void check_provenance_shape(const JsonView& provenance);

}  // namespace gostrap
