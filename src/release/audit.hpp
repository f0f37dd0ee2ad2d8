// Others' pins of Go's files held against ours: go.dev's index, a recipe of nixpkgs or conda, the manifest of
// an overlay. The formats are many and change, and so the text is read for what all have in common: names of
// files, versions, and SHA-256 in hexadecimal, in Nix' base 32 or as SRI, each after what it is of.
#pragma once

#include "release/releases.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

struct AuditedPin {
  enum class Result {
    agrees,
    differs,
    unknown,  ///< ours has no such file
  };

  std::size_t line = 0;  ///< in the text, from 1
  std::string file;      ///< "go1.24.4.linux-amd64.tar.gz"
  Digest theirs{};
  std::optional<Digest> ours;
  Result result = Result::unknown;
};
std::string text(AuditedPin::Result result);  ///< "agrees", "differs", "unknown"

/// All that the text pins of Go, in its order. A hash that is one of ours is that file's, whatever stands
/// before it; any other is of the last file that was named since the hash before it, and where none was, of
/// the source archive of the version named since. What has neither before it is left out, and so are
/// installers, which nobody here makes.
std::vector<AuditedPin> audited_pins(std::string_view text, const Releases& releases);

}  // namespace gostrap
