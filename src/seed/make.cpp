#include "release/feature.hpp"
#include "seed/embedded.hpp"
#include "seed/seed.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "toolchain/build.hpp"
#include "toolchain/environment.hpp"

namespace gostrap {

SeedC seed_c(const ReleasePort& at, const Profile& sdk) {
  if (!sdk.c) return SeedC::none;
  const std::string& library = sdk.c->library;
  const bool links = !sdk.c->is_static && (library.starts_with("glibc") || library.starts_with("mingw"));
  return links && !why_not(at.port(), Feature::race, at.release()) ? SeedC::race : SeedC::c;
}

std::string seed_identity(SeedC c) {
  std::string parts = std::to_string(seed_layout) + "\n";
  parts.append(embedded::make_sh);
  if (c != SeedC::none) parts.append(embedded::make_c_sh).append(c == SeedC::race ? "race\n" : "");
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

BuildRun compile_seed(const ReleasePort& at, SeedC c, const fs::path& sdk, const Workshop& workshop) {
  fs::path script = workshop.work / "make.sh";
  create_file(script, embedded::make_sh);
  if (c != SeedC::none) {
    script = workshop.work / "make_c.sh";
    create_file(script, embedded::make_c_sh);
  }
  const fs::path program = workshop.work / "go_cache";
  make_directories(program);
  for (const embedded::EmbeddedFile& file : embedded::go_cache)
    create_file(program / (std::string(file.name) + ".go"), file.text);
  BuildCommand command;
  command.doing = "compile std of " + at.release().name() + " for " + at.port().text();
  command.argv = {"bash", script.string(), (sdk / "bin" / "go").string(), workshop.work.string()};
  if (c == SeedC::race) command.argv.emplace_back("race");
  command.environment = with(base_environment(environment_settings(workshop, at.release().version)),
                             {{"GOOS", at.port().goos}, {"GOARCH", at.port().goarch}});
  command.directory = workshop.work;
  command.log = workshop.log;
  command.user = workshop.conditions.user;
  return run_build(command, workshop.progress);
}

}  // namespace gostrap
