// Versions as advisories compare them: semantic versioning 2.0, which Go's own versions are put into.
#pragma once

#include "release/version.hpp"

#include <array>
#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

struct Semver {
  std::array<std::string, 3> numbers{"0", "0", "0"};  ///< in digits, without zeros before them, of any length
  std::vector<std::string> pre;                       ///< "rc", "1" of 1.25.0-rc.1; none of a release

  std::strong_ordering operator<=>(const Semver& other) const;
  bool operator==(const Semver& other) const = default;
};

/// Reads "1.24.0-rc.3", "v0.0.0-20230119093715-30f75d79e424", "2.0.0+incompatible" (what follows + does not
/// count); of "1.7" what is missing is 0. Nothing for all else.
std::optional<Semver> parse_semver(std::string_view text);

/// 1.25rc1 is 1.25.0-rc.1 there.
Semver semver_of(const Version& version);

}  // namespace gostrap
