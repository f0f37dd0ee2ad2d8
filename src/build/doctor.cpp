#include "build/doctor.hpp"

#include "sdk/exec_wrapper.hpp"
#include "source/git.hpp"
#include "support/error.hpp"
#include "support/process.hpp"
#include "toolchain/ladder.hpp"

#include <unistd.h>

namespace gostrap {
namespace {

using Level = Finding::Level;

/// A host toolchain, its source, the build's private copy and cache.
constexpr std::uintmax_t bytes_for_a_build = std::uintmax_t{3} << 30U;

Finding bootstrap(const Releases& releases, const Store& store) {
  const Release& release = releases.default_release();
  if (const auto host = store.find(StepKind::host, release, own_port()); host && !host->is_strangers()) {
    return {Level::good, "bootstrap", release.name() + " is in the store already", ""};
  }
  try {
    const Ladder ladder = plan_ladder(release, search_bootstraps(), releases);
    return {Level::good, "bootstrap",
            ladder.start.name() + " (" + ladder.start.found + "), " + std::to_string(ladder.rungs.size()) +
                (ladder.rungs.size() == 1 ? " rung" : " rungs") + " to " + release.name(),
            ""};
  } catch (const Interrupted&) {
    throw;
  } catch (const Error& error) {
    return {Level::stops, "bootstrap", error.why(), error.next()};
  }
}

/// Go is built by Go, without C; gccgo and what it makes are linked by a C compiler.
Finding c_compiler(const Releases& releases, const Store& store) {
  for (const char* const name : {"gcc", "cc", "clang"}) {
    if (const auto there = find_program(name)) return {Level::good, "C compiler", there->string(), ""};
  }
  const Release& release = releases.default_release();
  bool needed = false;
  try {
    needed = !store.find(StepKind::host, release, own_port()) &&
             plan_ladder(release, search_bootstraps(), releases).start.kind == Bootstrap::Kind::gccgo;
  } catch (const Interrupted&) {
    throw;
  } catch (const Error&) {
    // no ladder at all: that is a finding of its own
  }
  if (!needed) return {Level::good, "C compiler", "none, and none is needed: Go is built by Go", ""};
  return {Level::stops, "C compiler",
          "none, and gccgo, from which " + release.name() + " would be built, links with one",
          "apt-get install gcc"};
}

Finding disk(const Store& store) {
  fs::path place = store.root();
  while (!fs::exists(place)) place = place.parent_path();
  std::error_code failed;
  const fs::space_info space = fs::space(place, failed);
  const std::string free = std::to_string(space.available >> 20U) + " MiB free at " + place.string();
  if (::access(place.c_str(), W_OK) != 0) {
    return {Level::stops, "store", place.string() + " cannot be written", "Name another store: --store DIR"};
  }
  if (!failed && space.available < bytes_for_a_build) {
    return {Level::stops, "disk", free + ", a build needs about 3 GiB",
            "Free some, or name another store: --store DIR"};
  }
  return {Level::good, "disk", free, ""};
}

Finding emulators() {
  std::string missing;
  for (const char* goarch : {"arm64", "riscv64"}) {
    const std::string qemu = *qemu_program(goarch);
    const bool there = own_port().goarch == goarch || find_program(qemu) || find_program(qemu + "-static");
    if (!there) missing += (missing.empty() ? "" : ", ") + qemu;
  }
  if (missing.empty())
    return {Level::good, "emulators", "QEMU's user mode runs programs of foreign linux ports", ""};
  return {Level::careful, "emulators",
          missing + " not found: go run and go test will not work for those ports",
          "apt-get install qemu-user"};
}

Finding node() {
  if (find_program("node")) return {Level::good, "node", "runs js/wasm and wasip1/wasm programs", ""};
  return {Level::careful, "node",
          "not found: js/wasm programs cannot be run, and wasip1/wasm ones need a WASI runtime",
          "apt-get install nodejs"};
}

Finding network_namespace() {
  if (network_can_be_cut()) return {Level::good, "isolation", "builds run without network", ""};
  return {Level::careful, "isolation",
          "the kernel gives no network namespace: builds could reach the network",
          "sysctl -w kernel.unprivileged_userns_clone=1 (or user.max_user_namespaces=10000)"};
}

Finding depth() {
  if (git_has_depth()) return {Level::good, "libgit2", "fetches a tag without its history", ""};
  return {Level::careful, "libgit2", "older than 1.7: git origins send their whole history",
          "Build gostrap with libgit2 1.7 or newer (Debian 12: bookworm-backports), or use --from ARCHIVE"};
}

/// Variables that gostrap's own builds never see, but that lead a user's go astray.
void environment(std::vector<Finding>& findings) {
  struct Trap {
    const char* name;
    const char* says;
  };
  for (const Trap& trap :
       {Trap{"GOROOT", "every go on PATH takes it for its own, and fails on another version's"},
        Trap{"GOTOOLDIR", "go would start another toolchain's compiler"},
        Trap{"GOFLAGS", "changes every go command of yours"},
        Trap{"GOEXPERIMENT", "changes what your go commands compile"}}) {
    if (const auto value = environment_value(trap.name)) {
      findings.push_back({Level::careful, trap.name, "set to " + *value + ": " + trap.says,
                          "unset " + std::string(trap.name)});
    }
  }
  const auto toolchain = environment_value("GOTOOLCHAIN");
  if (toolchain && *toolchain != "local") {
    findings.push_back({Level::careful, "GOTOOLCHAIN",
                        "set to " + *toolchain + ": go may replace itself by a downloaded toolchain",
                        "unset GOTOOLCHAIN (SDKs have GOTOOLCHAIN=local), or export GOTOOLCHAIN=local"});
  }
}

}  // namespace

std::vector<Finding> examine(const Releases& releases, const Store& store) {
  std::vector<Finding> findings{bootstrap(releases, store),
                                c_compiler(releases, store),
                                disk(store),
                                emulators(),
                                node(),
                                network_namespace(),
                                depth()};
  environment(findings);
  if (const auto go = find_program("go")) {
    findings.push_back({Level::good, "go",
                        go->string() + " is first on PATH; `gostrap shell PORT` puts an SDK before it", ""});
  }
  return findings;
}

}  // namespace gostrap
