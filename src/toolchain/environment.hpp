// The environments in which Go is built: complete lists, nothing is inherited but a PATH without what lies in
// the caller's home; what a profile has baked is laid over them (build.cpp), and nothing else. make.bash
// bakes GO386, GOAMD64, GOARM, …, GOEXPERIMENT, GO_LDSO, CGO_ENABLED, CC and PKG_CONFIG into the compiler
// when it finds them set (src/cmd/dist/build.go, buildruntime.go): none of them is here unless upstream sets
// it too.
#pragma once

#include "release/port.hpp"
#include "release/version.hpp"
#include "support/process.hpp"

#include <filesystem>

namespace gostrap {

struct EnvironmentSettings {
  std::filesystem::path work;  ///< a private directory: HOME, TMPDIR, GOCACHE and GOPATH lie in it
  unsigned threads = 0;        ///< GOMAXPROCS of each program; 0 leaves it to Go
  Environment over{};          ///< laid over the rest: Conditions
  Version runtime{};           ///< the oldest Go whose programs run there; GOMEMLIMIT is known since 1.19
};

/// What every step's children get: where to write, no network, no user settings. nix/std.nix has the same.
Environment base_environment(const EnvironmentSettings& settings);

/// For make.bash, starting from `bootstrap`.
Environment make_bash_environment(const EnvironmentSettings& settings,
                                  const std::filesystem::path& bootstrap);

/// What cmd/dist sets although it is the default, and the go command tells apart from it: with GOARM unset,
/// Go 1.23 writes "GOARM=7,hardfloat" into programs, and upstream's have "GOARM=7".
Environment dists_settings(const Port& port);

/// For `go install` on the toolchain at `goroot`, making programs for `port` as cmd/dist's toolenv()
/// does.
Environment port_environment(const EnvironmentSettings& settings, const std::filesystem::path& goroot,
                             const Port& port);

/// Makes the directories that the environments name.
void prepare(const EnvironmentSettings& settings);

}  // namespace gostrap
