// The canonical source: what of a Go tree belongs to a release's source archive, and which of its files are
// executable. Git, archives and directories all pass through these two rules, so that they meet in one NAR
// hash.
#pragma once

#include <string_view>

namespace gostrap {

/// False for what a release leaves out of a tag's tree: .git, .gitattributes, .github and .gitignore at the
/// top, and all that is below them. `path` is relative to the root of the tree.
bool is_in_source(std::string_view path);

/// Whether a file of the source is executable: by its name only, as upstream's cmd/distpack decides it
/// (mode() in src/cmd/distpack/pack.go), whatever git, an archive or a file system says.
bool is_executable_in_source(std::string_view path);

}  // namespace gostrap
