#include "report/doctor.hpp"

#include "release/feature.hpp"
#include "release/setting.hpp"
#include "sdk/bent.hpp"
#include "sdk/exec_wrapper.hpp"
#include "sdk/goroot_only.hpp"
#include "source/git.hpp"
#include "support/directories.hpp"
#include "support/error.hpp"
#include "support/process.hpp"
#include "support/run_failure.hpp"
#include "support/strings.hpp"
#include "toolchain/find_c_compiler.hpp"
#include "toolchain/ladder.hpp"

#include <unistd.h>

namespace gostrap {
namespace {

using Level = Finding::Level;

/// A host toolchain, its source, the build's private copy and cache.
constexpr std::uintmax_t bytes_for_a_build = std::uintmax_t{3} << 30U;

Finding bootstrap(const Releases& releases, const std::optional<Store>& store) {
  const Release& release = releases.default_release();
  const auto host = store ? store->find(Kind::host, release, own_port()) : std::nullopt;
  if (host && !host->is_strangers() && !host->is_published()) {
    return {Level::good, "bootstrap", release.name() + " is in the store already", ""};
  }
  try {
    const BootstrapSearch search = search_bootstraps();
    const Ladder ladder = plan_ladder(release, search, releases);
    if (!search.passed_over.empty()) {
      return {Level::careful, "bootstrap",
              search.passed_over + "; a build would start from " + ladder.start.name() + " (" +
                  ladder.start.found + ")",
              "unset GOROOT_BOOTSTRAP, or set it to the GOROOT of an older Go"};
    }
    return {Level::good, "bootstrap",
            ladder.start.name() + " (" + ladder.start.found + "), " + counted(ladder.rungs.size(), "rung") +
                " to " + release.name(),
            ""};
  } catch (const Error& error) {
    return {Level::stops, "bootstrap", error.why(), error.next()};
  }
}

/// Go is built by Go, without C; gccgo and what it makes are linked by a C compiler.
Finding c_compiler(const Releases& releases, const std::optional<Store>& store) {
  for (const char* const name : {"gcc", "cc", "clang"}) {
    if (const auto there = find_program(name)) return {Level::good, "C compiler", there->string(), ""};
  }
  const Release& release = releases.default_release();
  bool needed = false;
  try {
    needed = !(store && store->find(Kind::host, release, own_port())) &&
             plan_ladder(release, search_bootstraps(), releases).start.kind == Bootstrap::Kind::gccgo;
  } catch (const Error&) {
    // no ladder at all: that is a finding of its own
  }
  if (!needed) return {Level::good, "C compiler", "none, and none is needed: Go is built by Go", ""};
  return {Level::stops, "C compiler",
          "none, and gccgo, from which " + release.name() + " would be built, links with one",
          "apt-get install gcc"};
}

/// For which ports an SDK that compiles C can be had here (--cgo), by the kind of compiler.
Finding c_in_sdks(const Release& release) {
  std::string known;
  for (const CKind kind : {CKind::gcc, CKind::mingw, CKind::musl, CKind::clang}) {
    std::string ports;
    for (const Port& port : release.ports) {
      const bool fits = (kind == CKind::mingw) == (port.goos == "windows");
      if (!fits || debian_target(port).empty() || why_not(port, Feature::cgo, release)) continue;
      // for another port it takes the headers and libraries that gcc has
      if (kind == CKind::clang && port != own_port() && !has_c_compiler(CKind::gcc, port)) continue;
      if (has_c_compiler(kind, port)) append(ports, " ", port.text());
    }
    if (!ports.empty()) append(known, "; ", text(kind) + " for " + ports);
  }
  const Port other = own_port().goarch == "arm64" ? Port{"linux", "amd64"} : Port{"linux", "arm64"};
  return {Level::good, "C in SDKs",
          known.empty() ? "no C compiler is there for --cgo (such as apt-get install " +
                              c_packages(other, CKind::gcc) + ")"
                        : "--cgo has " + known,
          ""};
}

Finding disk(const std::optional<Store>& store) {
  if (!store) {
    return {Level::stops, "store", "HOME is not set: there is no place for one",
            "export HOME=DIR, or name a store: --store DIR, or GOSTRAP_STORE=DIR"};
  }
  fs::path place = store->root();
  if (place.string().find(':') != std::string::npos) {
    return {Level::stops, "store",
            place.string() + " has a colon in it: an SDK there cannot be put on PATH, another go would run",
            "Name another store: --store DIR, or GOSTRAP_STORE=DIR"};
  }
  if (is_noexec(place)) {
    return {Level::stops, "store", place.string() + " lies on a file system that is mounted noexec",
            "Mount it without noexec, or name another store: --store DIR, or GOSTRAP_STORE=DIR"};
  }
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
    if (!there) append(missing, ", ", qemu);
  }
  if (missing.empty() && !fs::exists("/proc/sys/fs/binfmt_misc/qemu-" +
                                     std::string(own_port().goarch == "arm64" ? "riscv64" : "aarch64"))) {
    return {Level::good, "emulators",
            "QEMU's user mode runs programs of foreign linux ports; those that start themselves again "
            "(go test -fuzz, too) fail with \"exec format error\", for the kernel does not know it: apt-get "
            "install binfmt-support qemu-user-static",
            ""};
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
/// Builds run programs in the directory for temporary files, as the go command does for go run and go test.
void temporary_files(std::vector<Finding>& findings) {
  std::error_code none;
  const fs::path place = fs::temp_directory_path(none);
  const fs::path named = environment_value("TMPDIR").value_or("/tmp");
  if (none) {
    findings.push_back({Level::stops, "TMPDIR", named.string() + " is no directory", "export TMPDIR=DIR"});
  } else if (is_noexec(place)) {
    findings.push_back({Level::stops, "TMPDIR",
                        place.string() +
                            " lies on a file system that is mounted noexec: builds, go run and go "
                            "test run programs there",
                        "export TMPDIR=DIR, or mount it without noexec"});
  }
}

void homes(std::vector<Finding>& findings) {
  if (!home_directory() && !environment_value("GOCACHE") && !base_directory(BaseDirectory::cache)) {
    findings.push_back({Level::careful, "HOME", "not set: go commands have no place for their build cache",
                        "export HOME=DIR, or export GOCACHE=DIR and GOPATH=DIR"});
  }
  for (const char* const name : {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"}) {
    const auto value = environment_value(name);
    if (value && value->front() != '/') {
      findings.push_back({Level::careful, name,
                          "set to " + *value +
                              ", which is no absolute path: it is ignored, and go commands "
                              "refuse to work with it",
                          "unset " + std::string(name)});
    }
  }
}

/// The user's own choice of what programs are made for, in the environment or in the file of `go env -w`.
void ports_and_levels(std::vector<Finding>& findings, const Version& version) {
  const Environment own = without_defaults(own_environment());
  std::map<std::string, std::string> set;
  for (const auto& [name, value] : own) {
    if (!value.empty()) set[name] = value;
  }
  const std::map<std::string, std::string> written = written_settings(own);
  const std::string file = written_settings_file(own).string();
  const auto look = [&](const std::string& name, const std::string& value, const std::string& where,
                        const std::string& undo, const std::string& what) {
    const Setting* const setting = find_setting(name);
    std::optional<Refusal> refusal;
    if (setting != nullptr && name != "GOEXPERIMENT") {
      const Port port =
          setting->architectures.empty() ? own_port() : Port{"linux", setting->architectures[0]};
      refusal = why_not_set(name, value, port, version);
    }
    findings.push_back({Level::careful, name,
                        where + value + (refusal ? ", which cannot be: " + refusal->reason : ": " + what),
                        undo});
  };
  const auto both = [&](const std::string& name, const std::string& what, const std::string& what_written) {
    if (const auto each = set.find(name); each != set.end())
      look(name, each->second, "set to ", "unset " + name, what);
    if (const auto each = written.find(name); each != written.end() && !each->second.empty())
      look(name, each->second, "`go env -w` has set it in " + file + " to ", "go env -u " + name,
           what_written);
  };
  for (const char* const name : {"GOOS", "GOARCH"}) {
    both(name, "an SDK's go makes programs for that, and not for the SDK's port",
         "every other go makes programs for that; an SDK's own port wins over it");
  }
  both("GOAMD64", "programs are compiled with it", "programs are compiled with it");
  for (const Setting& setting : settings()) {
    const std::string name = setting.name;
    if (setting.kind == SettingKind::compiling && name != "GOAMD64" && name != "GOEXPERIMENT")
      both(name, "programs are compiled with it", "programs are compiled with it");
  }
}

void environment(std::vector<Finding>& findings, const Version& version) {
  struct Trap {
    const char* name;
    const char* says;
  };
  const Environment own = own_environment();
  const std::map<std::string, std::string> written = written_settings(own);
  for (const Trap& trap :
       {Trap{"GOROOT", "every go on PATH takes it for its own, and fails on another version's"},
        Trap{"GOTOOLDIR", "go would start another toolchain's compiler"},
        Trap{"GOFLAGS", "changes every go command of yours"},
        Trap{"GOEXPERIMENT", "changes what your go commands compile"}}) {
    const std::string name = trap.name;
    if (const auto value = environment_value(trap.name)) {
      findings.push_back({Level::careful, name, "set to " + *value + ": " + trap.says, "unset " + name});
    }
    if (const auto value = written.find(name); value != written.end() && !value->second.empty()) {
      findings.push_back({Level::careful, name,
                          "`go env -w` has set it in " + written_settings_file(own).string() + " to " +
                              value->second + ": " + trap.says,
                          "go env -u " + name});
    }
  }
  const auto toolchain = environment_value("GOTOOLCHAIN");
  if (toolchain && *toolchain != "local") {
    findings.push_back({Level::careful, "GOTOOLCHAIN",
                        "set to " + *toolchain + ": go may replace itself by a downloaded toolchain",
                        "unset GOTOOLCHAIN (SDKs have GOTOOLCHAIN=local), or export GOTOOLCHAIN=local"});
  }
  ports_and_levels(findings, version);
}

/// share/go/bin on PATH, or as GOROOT, is an SDK without what its bin/go sets.
Finding go_on_path(const fs::path& go) {
  const fs::path sdk = go.parent_path().parent_path().parent_path().parent_path();
  std::error_code hidden;
  if (fs::exists(manifest_path(sdk), hidden) && goroot_of(sdk) / "bin" / go.filename() == go) {
    try {
      const Manifest manifest = read_manifest_head(sdk);
      if (manifest.kind == Kind::sdk) {
        return {Level::careful, "go",
                go.string() +
                    " is first on PATH: started there, the go of that SDK has the build constraints "
                    "of this machine's port, and does not find what runs foreign programs",
                "export PATH=" + (sdk / "bin").string() + ":$PATH, or set GOOS=" + manifest.port.goos +
                    " and GOARCH=" + manifest.port.goarch + " and put that directory behind it on PATH"};
      }
    } catch (const Error&) {
      // no SDK of ours
    }
  }
  return {Level::good, "go", go.string() + " is first on PATH; `gostrap shell PORT` puts an SDK before it",
          ""};
}

}  // namespace

std::vector<Finding> examine(const Releases& releases, const std::optional<Store>& store) {
  std::vector<Finding> findings{bootstrap(releases, store),
                                c_compiler(releases, store),
                                c_in_sdks(releases.default_release()),
                                disk(store),
                                emulators(),
                                node(),
                                network_namespace(),
                                depth()};
  temporary_files(findings);
  homes(findings);
  environment(findings, releases.default_release().version);
  if (const auto go = find_program("go")) {
    findings.push_back(go_on_path(*go));
  }
  std::error_code hidden;
  for (const GorootOnly& each :
       goroots_only(fs::current_path(hidden), own_environment(), store ? store->root() : fs::path()))
    findings.push_back({Level::careful, each.name, each.text(), each.mend});
  return findings;
}

}  // namespace gostrap
