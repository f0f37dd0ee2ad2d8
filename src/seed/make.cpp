#include "seed/embedded.hpp"
#include "seed/seed.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "toolchain/build.hpp"
#include "toolchain/environment.hpp"

namespace gostrap {

std::string seed_identity() {
  std::string parts = std::to_string(seed_layout) + "\n";
  parts.append(embedded::make_sh);
  for (const embedded::EmbeddedFile& file : embedded::go_cache)
    parts.append(file.name).append("\n").append(file.text);
  return hex(sha256(parts)).substr(0, 32);
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
  const fs::path program = workshop.work / "go_cache";
  make_directories(program);
  for (const embedded::EmbeddedFile& file : embedded::go_cache)
    create_file(program / (std::string(file.name) + ".go"), file.text);
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
