// What can be set about the programs that an SDK makes, and which values a release knows: the architecture
// variables, GOFIPS140 and GOEXPERIMENT (src/internal/buildcfg/cfg.go, src/internal/goexperiment/flags.go,
// lib/fips140), and the defaults that are compiled into the runtime: GOGC, GOMEMLIMIT, GODEBUG.
#pragma once

#include "release/port.hpp"
#include "release/refusal.hpp"
#include "release/version.hpp"

#include <cstdint>
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

/// What a source tree that is at hand says about names that change from release to release.
struct KnownNames {
  std::set<std::string> experiments;    ///< GOEXPERIMENT, in lower case
  std::set<std::string> fips_versions;  ///< GOFIPS140
  std::set<std::string> runtime_debug;  ///< GODEBUG that the runtime itself reads: whole numbers
  std::set<std::string> debug;          ///< GODEBUG, all the others
};

/// Why a setting cannot have that value for programs of the port, or nothing. `names` are those of the
/// release's own source, where it is at hand: without it, GOEXPERIMENT and GOFIPS140 are looked up in a table
/// of the releases that are known here, and GODEBUG is only read for its form.
std::optional<Refusal> why_not_set(const std::string& name, const std::string& value, const Port& port,
                                   const Version& version, const KnownNames* names = nullptr);

/// Bytes of a GOMEMLIMIT such as 64MiB or 1073741824 (runtime's parseByteCount); nothing for what is none.
std::optional<std::int64_t> byte_count(const std::string& text);

/// The GOEXPERIMENT names of a release; nothing where this program does not know them.
std::optional<std::set<std::string>> known_experiments(const Version& version);

}  // namespace gostrap
