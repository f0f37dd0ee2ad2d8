#include "seed/embedded.hpp"
#include "seed/seed.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "toolchain/build.hpp"
#include "toolchain/environment.hpp"

namespace gostrap {

std::string seed_identity() {
  return hex(sha256(std::string(embedded::make_sh) + std::string(embedded::go_cache_go))).substr(0, 32);
}

std::optional<std::string> why_no_seed(const Port& port) {
  const bool external = port.goos == "ios" || (port.goos == "android" && port.goarch != "arm64");
  if (!external) return std::nullopt;
  return "programs of " + port.text() + " are linked by a C compiler";
}

fs::path seed_results(const Workshop& workshop) {
  return workshop.work / "results";
}

BuildRun compile_seed(const ReleasePort& at, const fs::path& sdk, const Workshop& workshop) {
  const fs::path script = workshop.work / "make.sh";
  create_file(script, embedded::make_sh);
  create_file(workshop.work / "go_cache.go", embedded::go_cache_go);
  BuildCommand command;
  command.doing = "compile std of " + at.release().name() + " for " + at.port().text();
  command.argv = {"bash", script.string(), (sdk / "bin" / "go").string(), workshop.work.string()};
  command.environment = with(base_environment(environment_settings(workshop, at.release().version)),
                             {{"GOOS", at.port().goos}, {"GOARCH", at.port().goarch}});
  command.directory = workshop.work;
  command.log = workshop.log;
  command.user = workshop.conditions.user;
  return run_build(command, workshop.progress);
}

}  // namespace gostrap
