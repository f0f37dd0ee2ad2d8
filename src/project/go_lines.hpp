// The go and toolchain lines of a go.mod or go.work, and the release that they ask for. nix/go-mod.nix has
// the same rules, and tests/go-mod-cases holds both to them.
#pragma once

#include "release/version.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

/// Of a go.mod, a lock and the like, in bytes.
inline constexpr std::size_t largest_project_file = std::size_t{1} << 20U;

/// A version as it stands in a go line: "1.24" is the language's, which is older than 1.24rc1 and 1.24.0
/// (cmd/go/internal/gover).
struct GoVersion {
  Version version;
  bool of_language = false;  ///< without a patch and not a candidate

  std::string text() const;
  /// Whether a release can build what says that it needs this.
  bool is_met_by(const Version& release) const;
};

struct GoLines {
  std::optional<GoVersion> go, toolchain;  ///< "toolchain default" is none

  /// The greater of the two, as the go command makes it; nothing where neither is there.
  std::optional<GoVersion> wanted() const;
};

/// The lines at the top of a go.mod or go.work: what stands in parentheses is none. `file` stands in the
/// Error for what the go command does not take (golang.org/x/mod/modfile, read.go and rule.go).
GoLines read_go_lines(std::string_view text, const std::string& file);

/// The release for such a file, out of `known` (newest first): the one that is named; the newest patch of a
/// line that is; where that is not known, the oldest patch after it of a toolchain's line and the newest of a
/// go line's; where the line is not known, of the oldest line after it. Nothing where all are older.
std::optional<Version> release_for(const GoLines& lines, const std::vector<Version>& known);

}  // namespace gostrap
