// The facts: which settings there are, which values each release knows, and what people should know of them.
// The first two stand in nix/settings.json, which Nix reads as well, so that it refuses before anything is
// built what is refused here.
#pragma once

#include "release/port.hpp"
#include "release/version.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace gostrap {

enum class SettingKind {
  compiling,        ///< read by cmd/go: from the environment, else from go.env, else as make.bash baked it
  runtime_default,  ///< read by every program when it starts; a default has to be compiled into the runtime
};

struct Setting {
  std::string name;
  SettingKind kind;
  std::vector<std::string> architectures;  ///< of the ports that it is for; empty: of all
  int since;                               ///< the minor version of Go that brought it
  bool baked;                              ///< make.bash bakes it (src/cmd/dist/buildruntime.go)
  bool one_suffix = false;                 ///< of those that may follow its value, no more than one
};

const std::vector<Setting>& settings();
const Setting* find_setting(const std::string& name);
/// The variable that chooses among a port's processors ("GORISCV64"); nothing where Go has none.
const Setting* setting_of(const Port& port);

/// The values that a release knows, in order; of what is put together with commas, the first parts.
std::vector<std::string> setting_values(const std::string& name, const Version& version);
/// What may follow a value, after a comma: "softfloat".
std::vector<std::string> setting_suffixes(const std::string& name, const Version& version);

/// The GOEXPERIMENT names of a release; nothing where this program does not know them.
std::optional<std::set<std::string>> known_experiments(const Version& version);

/// A name that people look for in a profile, why it is none of its settings, and what does it.
struct NoSetting {
  const char* name;
  const char* reason;
  const char* next;
};
const NoSetting* why_no_setting(const std::string& name);

/// The values that the runtime tells apart, with commas between, of a GODEBUG setting where another number
/// would silently be nothing; null for all others.
const char* debug_values(const std::string& name);
/// What a GODEBUG setting does, where many expect something else of it; "" for all others.
std::string debug_remark(const std::string& name, const std::string& value);
}  // namespace gostrap
