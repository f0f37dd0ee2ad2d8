#include "toolchain/environment.hpp"

#include "support/files.hpp"

namespace gostrap {
namespace {

/// The absolute directories of our own PATH: make.bash needs bash and coreutils, and in Nix only PATH knows
/// where they are.
std::string clean_path() {
  const std::string own = environment_value("PATH").value_or("/usr/bin:/bin");
  std::string path;
  std::error_code hidden;
  for (std::size_t start = 0; start <= own.size();) {
    const std::size_t end = std::min(own.find(':', start), own.size());
    const std::string directory = own.substr(start, end - start);
    if (!directory.empty() && directory.front() == '/' && fs::is_directory(directory, hidden)) {
      path += (path.empty() ? "" : ":") + directory;
    }
    start = end + 1;
  }
  return path;
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

Environment base_environment(const BuildPlace& place) {
  Environment environment{
      {"PATH", clean_path()},
      {"HOME", place.work / "home"},
      {"TMPDIR", place.work / "tmp"},
      {"GOCACHE", place.work / "cache"},
      {"GOPATH", place.work / "gopath"},
      {"GOENV", "off"},
      {"GOPROXY", "off"},
      {"GOSUMDB", "off"},
      {"GOTELEMETRY", "off"},
      {"GOTOOLCHAIN", "local"},
      {"GOWORK", "off"},
      {"LC_ALL", "C"},
      {"TZ", "UTC"},
  };
  environment = with(environment, heap_settings(place.runtime));
  if (place.threads != 0) environment.emplace_back("GOMAXPROCS", std::to_string(place.threads));
  return with(environment, place.over);
}

Environment make_environment(const BuildPlace& place, const fs::path& bootstrap) {
  return with(base_environment(place), {{"GOROOT_BOOTSTRAP", bootstrap.string()}});
}

Environment dists_settings(const Port& port) {
  return port.goarch == "arm" ? Environment{{"GOARM", "7"}} : Environment{};
}

Environment port_environment(const BuildPlace& place, const fs::path& goroot, const Port& port) {
  Environment environment =
      with(base_environment(place), {
                                        {"GOROOT", goroot.string()},
                                        {"GOOS", port.goos},
                                        {"GOARCH", port.goarch},
                                        {"CGO_ENABLED", "0"},
                                        {"GOFLAGS", "-trimpath -ldflags=-w -gcflags=cmd/...=-dwarf=false"},
                                    });
  return with(with(environment, dists_settings(port)), upstream_settings(port));
}

void prepare(const BuildPlace& place) {
  for (const char* directory : {"home", "tmp", "cache", "gopath"}) make_directories(place.work / directory);
}

}  // namespace gostrap
