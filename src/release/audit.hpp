// Others' pins of Go's files held against ours: go.dev's index, a recipe of nixpkgs or conda, the manifest of
// an overlay, sums as sha256sum writes them (see release/named_hashes.hpp).
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
  std::string is_of;  ///< another file, whose hash theirs is here; empty else
  Result result = Result::unknown;
};
std::string text(AuditedPin::Result result);  ///< "agrees", "differs", "unknown"

/// All that the text pins of Go, in its order. A hash for which it names no file is of the file that has it
/// here; where none has, it is unknown, if the version of a release that is known stands before it, and else
/// it is left out. So are installers, which nobody here makes.
std::vector<AuditedPin> audited_pins(std::string_view text, const Releases& releases);

}  // namespace gostrap
