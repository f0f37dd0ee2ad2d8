// What the directory that somebody works in says about the release: gostrap.lock, GOTOOLCHAIN, go.work or
// go.mod, .go-version, in this order; and the oldest release that its module can be built with.
#pragma once

#include "project/go_lines.hpp"
#include "project/lock.hpp"
#include "support/process.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

struct ModuleFile {
  std::filesystem::path file;  ///< go.work or go.mod
  GoLines lines;
};

/// What stands in and above a directory, as it is read: whether there is such a release is another question.
struct Project {
  std::optional<FoundLock> lock;
  std::optional<ModuleFile> module;
  std::optional<std::filesystem::path> version_file;  ///< .go-version
  std::string gotoolchain;
};

/// GOTOOLCHAIN and GOWORK count as the go command has them. Throws Error for a lock, go.work or go.mod that
/// cannot be read.
Project read_project(const std::filesystem::path& directory, const Environment& environment);

struct ReleaseWish {
  Version version;
  std::string why;  ///< "/x/go.mod says toolchain go1.24.4"
  /// A go line asks for no more than this, and so does a .go-version without a patch within its line: whoever
  /// has a release that will do need not fetch another.
  std::optional<GoVersion> least{};
  bool within_line = false;

  bool is_met_by(const Version& release) const;
};

/// Which of the releases that are known (newest first) the project asks for, if it asks. Throws Error where
/// it asks for another one, for one that is older than its go line, or in words that nobody understands.
std::optional<ReleaseWish> wish_of(const Project& project, const std::vector<Version>& known);

/// Whether go.work or go.mod asks for a newer release than the lock has: whoever writes the lock takes
/// theirs.
bool is_outgrown(const Project& project);

/// Throws Error where a release is older than the go line of the project it is used in.
void require_new_enough(const Version& release, const Project& project);

/// The release that a go.mod or go.work asks for. Throws Error where it asks for none, or for one that is not
/// known.
Version release_of_file(const std::filesystem::path& file, const std::vector<Version>& known);

/// Where the project's lock lies, or would: beside go.work or go.mod, else in `directory`.
std::filesystem::path place_of_lock(const std::filesystem::path& directory, const Environment& environment);

}  // namespace gostrap
