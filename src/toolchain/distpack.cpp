#include "toolchain/distpack.hpp"

#include "support/error.hpp"
#include "toolchain/embedded.hpp"
#include "toolchain/environment.hpp"

#include <nlohmann/json.hpp>

namespace gostrap {
namespace {

/// `text` with `to` in the one place where it has `from`; nothing when there is not exactly one.
std::optional<std::string> replaced_once(const std::string& text, const std::string& from,
                                         const std::string& to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos || text.find(from, at + 1) != std::string::npos) return std::nullopt;
  return text.substr(0, at) + to + text.substr(at + from.size());
}

/// An overlay for `go build` that changes distpack, so that the toolchain's own source stays as it is.
fs::path overlay(const fs::path& host, const fs::path& work) {
  const fs::path distpack = host / "src/cmd/distpack";
  Json replace = Json::object();
  const auto put = [&](const char* name, std::string_view text) {
    create_file(work / name, text);
    replace[(distpack / name).string()] = (work / name).string();
  };
  if (fs::exists(distpack / "pack.go")) {
    std::string pack_go = read_file(distpack / "pack.go");
    if (const auto changed = without_source_archive(pack_go)) pack_go = *changed;
    if (const auto changed = deflating_once(pack_go)) {
      pack_go = *changed;
      put("deflate_once.go", embedded::deflate_once_go);
    }
    put("pack.go", pack_go);
  }
  Json json = Json::object();
  json["Replace"] = std::move(replace);
  create_file(work / "overlay.json", to_text(json));
  return work / "overlay.json";
}

}  // namespace

std::optional<std::string> without_source_archive(const std::string& pack_go) {
  return replaced_once(pack_go, "\n\twriteTgz(distpack(version+\".src.tar.gz\"), srcArch)\n", "\n");
}

std::optional<std::string> deflating_once(const std::string& pack_go) {
  return replaced_once(pack_go, "\n\t\treturn flate.NewWriter(out, flate.BestCompression)\n",
                       "\n\t\treturn deflateOnce(out, flate.BestCompression)\n");
}

void build_distpack(const Release& release, const fs::path& host, const fs::path& program,
                    const Workshop& workshop) {
  const EnvironmentSettings settings = environment_settings(workshop, release.version);
  BuildCommand command;
  command.doing = "build distpack of " + release.name();
  command.argv = {host / "bin" / "go",
                  "build",
                  "-trimpath",
                  "-o",
                  program,
                  "-overlay=" + overlay(host, workshop.work).string(),
                  "cmd/distpack"};
  // said in full: an SDK's own go.env would make it a program for another port
  command.environment = with(base_environment(settings), {{"GOROOT", host.string()},
                                                          {"GOOS", own_port().goos},
                                                          {"GOARCH", own_port().goarch},
                                                          {"CGO_ENABLED", "0"}});
  command.directory = host / "src";
  command.log = workshop.log;
  command.user = workshop.conditions.user;
  workshop.progress.phase("Building distpack");
  make_directories(program.parent_path());
  run_build(command, workshop.progress);
}

}  // namespace gostrap
