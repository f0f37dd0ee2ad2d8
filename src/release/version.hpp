// Go's version numbers, as in VERSION files and tags: 1.24.4, 1.22 (= 1.22.0 before 1.21), 1.25rc1.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace gostrap {

struct Version {
  int major = 0, minor = 0, patch = 0;
  /// Orders pre-releases before the release: beta1 = 1, rc1 = 1001; a release has `released`.
  int stage = released;
  static constexpr int released = 1'000'000;

  auto operator<=>(const Version&) const = default;
  /// "1.24.4", "1.25rc1"
  std::string text() const;
};

/// Whether they are of one line, such as 1.24.
bool same_line(const Version& a, const Version& b);

/// Accepts "1.24.4" and "go1.24.4"; nothing else may stand around it.
std::optional<Version> parse_version(std::string_view text);

/// "1.24" of "1.24.x"; any other word as it is.
std::string_view without_any_patch(std::string_view word);
/// What "1.24" and "1.24.x" name, as the line's first release; nothing of what names one release.
std::optional<Version> line_named(std::string_view word);

/// Of what the name of a published file begins with: "go1.24.4.linux-arm64.tar.gz".
std::optional<Version> version_of_file(std::string_view name);

/// The first "goX.Y…" in what a `go version` prints; gccgo's go says what release it equals nowhere.
std::optional<Version> find_version(std::string_view text);

}  // namespace gostrap
