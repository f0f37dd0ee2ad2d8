// gostrap goproxy: the toolchain modules of archives outputs as a directory that GOPROXY=file://D can name.
#include "sdk/goproxy.hpp"

#include "cli/common_words.hpp"
#include "cli/safe_streams.hpp"
#include "cli/strangers.hpp"
#include "cli/verbs.hpp"
#include "support/stage.hpp"

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

struct GoproxyWords {
  CommonWords common;
  OutWord out;

  void declare(Options& options) {
    common.declare(options);
    out.declare(options);
  }
};

ExitCode goproxy(const GoproxyWords& words) {
  words.common.arguments.require("path of archives");
  std::vector<ProxiedModule> modules;
  std::string release;
  for (const std::string& path : words.common.arguments.words) {
    tell_strangers_at(words.common.store(), path);
    const Manifest manifest = read_manifest(path);
    release = manifest.release;
    modules.push_back(module_in(fs::absolute(path), manifest));
  }
  const fs::path out = fs::absolute(words.out.required()).lexically_normal();
  Stage stage(out);
  write_goproxy(modules, stage.path());
  stage.commit();
  if (words.common.json) {
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

}  // namespace

const Verb goproxy_verb{
    .name = "goproxy",
    .arguments = "PATH… --out D [OPTIONS]",
    .summary = "lay out toolchain modules as a GOPROXY of files",
    .help =
        "Lays the toolchain modules of archives (as `gostrap build PORT --archives` makes them) out\n"
        "as a module proxy in the directory D, so that any go command takes its toolchain from there.\n",
    .examples = {{{"gostrap goproxy \"$(gostrap build riscv64 --archives)\" --out proxy",
                   "the toolchain module of archives, as a GOPROXY of files"}}},
    .bind = bind<GoproxyWords, goproxy>,
};

}  // namespace gostrap
