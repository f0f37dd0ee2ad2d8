// What can be set about the programs that an SDK makes, and which values a release knows: the architecture
// variables, GOFIPS140 and GOEXPERIMENT (src/internal/buildcfg/cfg.go, src/internal/goexperiment/flags.go,
// lib/fips140), and the defaults that are compiled into the runtime: GOGC, GOMEMLIMIT, GODEBUG.
#pragma once

#include "release/port.hpp"
#include "release/refusal.hpp"
#include "release/setting_table.hpp"
#include "release/version.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace gostrap {

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

/// What a setting does, where many expect something else of it: a sentence for each part that has one.
std::vector<std::string> setting_remarks(const std::string& name, const std::string& value);

}  // namespace gostrap
