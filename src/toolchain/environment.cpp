#include "toolchain/environment.hpp"

#include "support/files.hpp"
#include "support/strings.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {
namespace {

/// What make.bash, cmd/dist and gccgo's go command start.
constexpr std::array needed{"bash", "cat", "sed", "grep", "rm", "mkdir", "uname", "as", "ld", "gcc", "gccgo"};

bool holds(const fs::path& directory, const char* program) {
  return ::access((directory / program).c_str(), X_OK) == 0;
}

bool lies_in(const fs::path& directory, const fs::path& home) {
  const fs::path rest = directory.lexically_normal().lexically_relative(home.lexically_normal());
  return home != home.root_path() && !rest.empty() && *rest.begin() != "..";
}

/// The absolute directories of our own PATH: make.bash needs bash and coreutils, and in Nix only PATH knows
/// where they are. What lies in the caller's home is his own and stays out (~/.cargo/bin, ~/go/bin), but for
/// a directory that alone has something that is needed (a profile of Nix).
std::string clean_path() {
  const std::string own = environment_value("PATH").value_or("/usr/bin:/bin");
  const std::optional<std::string> home = environment_value("HOME");
  std::vector<fs::path> directories;
  std::vector<fs::path> kept;
  std::error_code hidden;
  for (const fs::path directory : split(own, ":")) {
    if (!directory.is_absolute() || !fs::is_directory(directory, hidden)) continue;
    directories.push_back(directory);
    if (!home || !lies_in(directory, *home)) kept.push_back(directory);
  }
  for (const char* const program : needed) {
    const auto has = [&](const fs::path& directory) { return holds(directory, program); };
    if (std::any_of(kept.begin(), kept.end(), has)) continue;
    const auto there = std::find_if(directories.begin(), directories.end(), has);
    if (there != directories.end()) kept.push_back(*there);
  }
  return join(kept, ":", &fs::path::native);
}

/// Fewer collections in short-lived compilers; the bits stay the same. None at all costs more than it saves
/// where fresh memory is dear (a virtual machine): memory that was collected is used again. The limit is for
/// the largest packages.
Environment heap_settings(const Version& runtime) {
  Environment settings{{"GOGC", "200"}};
  if (runtime >= Version{1, 19, 0, 0}) settings.emplace_back("GOMEMLIMIT", "1GiB");
  return settings;
}

}  // namespace

Environment base_environment(const EnvironmentSettings& settings) {
  Environment environment{
      {"PATH", clean_path()},
      {"HOME", settings.work / "home"},
      {"TMPDIR", settings.work / "tmp"},
      {"GOCACHE", settings.work / "cache"},
      {"GOPATH", settings.work / "gopath"},
      {"GOENV", "off"},
      {"GOPROXY", "off"},
      {"GOSUMDB", "off"},
      {"GOTELEMETRY", "off"},
      {"GOTOOLCHAIN", "local"},
      {"GOWORK", "off"},
      {"LC_ALL", "C"},
      {"TZ", "UTC"},
  };
  environment = with(environment, heap_settings(settings.runtime));
  if (settings.threads != 0) environment.emplace_back("GOMAXPROCS", std::to_string(settings.threads));
  return with(environment, settings.over);
}

Environment make_bash_environment(const EnvironmentSettings& settings, const fs::path& bootstrap) {
  return with(base_environment(settings), {{"GOROOT_BOOTSTRAP", bootstrap.string()}});
}

Environment dists_settings(const Port& port) {
  return port.goarch == "arm" ? Environment{{"GOARM", "7"}} : Environment{};
}

Environment port_environment(const EnvironmentSettings& settings, const fs::path& goroot, const Port& port) {
  Environment environment =
      with(base_environment(settings), {
                                           {"GOROOT", goroot.string()},
                                           {"GOOS", port.goos},
                                           {"GOARCH", port.goarch},
                                           {"CGO_ENABLED", "0"},
                                           {"GOFLAGS", "-trimpath -ldflags=-w -gcflags=cmd/...=-dwarf=false"},
                                       });
  return with(with(environment, dists_settings(port)), upstream_settings(port));
}

void prepare(const EnvironmentSettings& settings) {
  for (const char* directory : {"home", "tmp", "cache", "gopath"})
    make_directories(settings.work / directory);
}

}  // namespace gostrap
