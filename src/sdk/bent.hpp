// What the user has set that bends an SDK: variables, and the file of `go env -w`. Some is the user's right,
// and is told; what no release can be, and the go command would take, is refused.
#pragma once

#include "sdk/manifest.hpp"
#include "support/process.hpp"

#include <map>
#include <string>
#include <vector>

namespace gostrap {

/// The file of `go env -w` as cmd/go finds it with this environment, by name; empty where there is none.
std::map<std::string, std::string> written_settings(const Environment& environment);
/// Where that is (GOENV, else go/env in the configuration directory); empty for GOENV=off and without a HOME.
std::filesystem::path written_settings_file(const Environment& environment);

/// What the user has set a variable of the go command's to.
struct Choice {
  std::string value;  ///< empty where there is no choice: cmd/go takes an empty one for none
  std::string where;  ///< "in the environment"
  std::string undo;   ///< "unset GOFLAGS"
};
/// What counts of the two: variables come first, then what `written_settings` has.
Choice choice_of(const std::string& name, const Environment& environment,
                 const std::map<std::string, std::string>& written);

/// The environment without what gostrap has put there itself (GOSTRAP_DEFAULTS): the user's own.
Environment without_defaults(Environment environment);

/// Why an SDK cannot be put on PATH at `output`: a colon. Throws Error; `doing` completes "cannot …".
void require_no_colon(const std::filesystem::path& output, const std::string& doing);

/// A sentence for each choice of the user's that wins over the SDK's. `environment` is the user's own. Throws
/// UsageError for a value that the SDK's release does not know and that counts for the programs it would
/// make, and Error where an SDK of layout 1 cannot be used with the user's file.
std::vector<std::string> bent(const Manifest& sdk, const Environment& environment);

}  // namespace gostrap
