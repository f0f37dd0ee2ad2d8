// gostrap goproxy: the toolchain modules of archives outputs as a directory that GOPROXY=file://D can name.
#include "sdk/goproxy.hpp"

#include "cli/command_line.hpp"
#include "cli/safe_streams.hpp"
#include "cli/strangers.hpp"
#include "cli/verbs.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace gostrap {
namespace {

/// Why two variables: the go command asks the checksum database about toolchains whatever GONOSUMDB says, but
/// for a GOPROXY that is one file:// URL and nothing else (useSumDB in
/// src/cmd/go/internal/modfetch/fetch.go).
std::string how_to_use(const fs::path& directory, const std::string& release) {
  return "GOTOOLCHAIN=go" + release + " GOPROXY=file://" + directory.string() +
         " GONOSUMDB=golang.org/toolchain go version";
}

}  // namespace

ExitCode goproxy_verb(const Words& words) {
  CommandLine line(
      "goproxy PATH… --out D [OPTIONS]",
      "Lays the toolchain modules of archives (as `gostrap build PORT --archives` makes them) out\n"
      "as a module proxy in the directory D, so that any go command takes its toolchain from there.\n");
  line.add()("out", "the directory to make (must not be there yet)", cxxopts::value<std::string>(), "D");
  if (!line.parse(words)) return ExitCode::done;
  line.require_arguments("path of archives");
  std::vector<ProxiedModule> modules;
  std::string release;
  for (const std::string& path : line.arguments()) {
    tell_strangers_at(line.store(), path);
    const Manifest manifest = read_manifest(path);
    release = manifest.release;
    modules.push_back(module_in(fs::absolute(path), manifest));
  }
  const fs::path out = fs::absolute(line.out()).lexically_normal();
  Stage stage(out);
  write_goproxy(modules, stage.path());
  stage.commit();
  if (line.json()) {
    Json json = Json::object();
    json["path"] = out.string();
    json["versions"] = Json::array();
    for (const ProxiedModule& module : modules) json["versions"].push_back(module.version);
    json["use"] = how_to_use(out, release);
    print_json(json);
  } else {
    std::cout << exact(out.string()) << "\n";
    std::cerr << "gostrap: " << how_to_use(out, release) << "\n";
  }
  return ExitCode::done;
}

}  // namespace gostrap
