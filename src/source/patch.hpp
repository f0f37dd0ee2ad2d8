// Patches on the canonical source, applied by libgit2: all of them or none. They come from strangers as much
// as a source does: only plain text changes to files below the tree, and no larger than the limits here.
#pragma once

#include "release/release.hpp"
#include "support/json.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace gostrap {

struct Patch {
  std::string name;  ///< the file's, for messages and provenance
  Digest digest{};   ///< of the text
  std::string text;
};

/// Reads a patch as `git diff` writes it. Throws Error for a file that is none, is too large, or would touch
/// what no patch may: links, submodules, binary files, and paths that are not a source's.
Patch read_patch(const std::filesystem::path& file);
Patch checked_patch(std::string name, std::string text);

/// The files that the patches speak of.
std::set<std::string> touched_paths(const std::vector<Patch>& patches);

/// A file of the source before and after the patches; nothing where it is not there.
struct PatchedFile {
  std::optional<std::string> before, after;
};
using PatchedFiles = std::map<std::string, PatchedFile>;  ///< by path below the tree

/// What the patches, one after the other, make of the files of `tree`, which stays as it is. VERSION is among
/// them: a patched Go calls itself "go1.24.4-patched.1a2b3c4d" (patched_version), for cmd/go's build cache
/// tells compilers apart by that alone. An Error names the file and the hunk that does not apply.
/// `scratch` is an existing private directory.
PatchedFiles apply_patches(const Release& release, const std::vector<Patch>& patches,
                           const std::filesystem::path& tree, const std::filesystem::path& scratch);

/// Puts the files after the patches into `tree`, which may share its files with others.
void write_patched(const PatchedFiles& files, const std::filesystem::path& tree);

/// "go1.24.4-patched.1a2b3c4d"
std::string patched_version(const Release& release, const std::vector<Patch>& patches);

}  // namespace gostrap
