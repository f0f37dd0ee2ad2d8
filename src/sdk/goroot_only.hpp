// An SDK whose GOROOT alone is named, as editors have it: the go that is started there knows nothing of
// bin/go, finds no wrapper for foreign programs, and has this machine's build constraints.
#pragma once

#include "support/process.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gostrap {

struct GorootOnly {
  std::string name;              ///< "GOROOT", "go.goroot"
  std::string where;             ///< "in the environment", "in /x/.vscode/settings.json"
  std::filesystem::path goroot;  ///< of an SDK of gostrap's for another port than the machine's
  std::string mend;              ///< what to set instead
  std::string text() const;      ///< a sentence, without what mends it
};

/// Those of the store, or of Nix's, that count for somebody who works in `directory`: GOROOT in the
/// environment and in the file of `go env -w`, and go.goroot of the nearest .vscode/settings.json.
std::vector<GorootOnly> goroots_only(const std::filesystem::path& directory, const Environment& environment,
                                     const std::filesystem::path& store);

}  // namespace gostrap
