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

struct ReleaseWish {
  Version version;
  std::string why;  ///< "/x/go.mod says toolchain go1.24.4"
};

struct ReleaseFloor {
  GoVersion version;
  std::string file;  ///< whose go line it is
};

struct ProjectWishes {
  std::optional<FoundLock> lock;
  std::optional<ReleaseWish> release;
  std::optional<ReleaseFloor> floor;
};

/// The release that a go.mod or go.work asks for. Throws Error where it asks for none, or for one that is not
/// known.
Version release_of_file(const std::filesystem::path& file, const std::vector<Version>& known);

/// Throws Error where a release is older than the go line of the project it is used in.
void require_new_enough(const Version& release, const ProjectWishes& wishes);

/// Where the project's lock lies, or would: beside go.work or go.mod, else in `directory`.
std::filesystem::path place_of_lock(const std::filesystem::path& directory, const Environment& environment);

/// What is said in and above `directory`. GOTOOLCHAIN and GOWORK count as the go command has them. Throws
/// Error for a file that cannot be read or says what nobody understands, and where nothing in `known` (newest
/// first) is what it asks for.
ProjectWishes wishes_of(const std::filesystem::path& directory, const Environment& environment,
                        const std::vector<Version>& known);

}  // namespace gostrap
