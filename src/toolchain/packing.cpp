#include "toolchain/packing.hpp"

#include "support/error.hpp"
#include "support/hash.hpp"
#include "toolchain/environment.hpp"

#include <nlohmann/json.hpp>

namespace gostrap {
namespace {

/// An overlay for `go build` that replaces pack.go, so that the toolchain's own source stays as it is;
/// nothing where there is nothing to replace.
std::optional<fs::path> overlay(const fs::path& host, const fs::path& work) {
  const fs::path pack_go = host / "src/cmd/distpack/pack.go";
  if (!fs::exists(pack_go)) return std::nullopt;
  const std::optional<std::string> text = without_source_archive(read_file(pack_go));
  if (!text) return std::nullopt;
  create_file(work / "pack.go", *text);
  Json json = Json::object();
  json["Replace"] = Json::object();
  json["Replace"][pack_go.string()] = (work / "pack.go").string();
  create_file(work / "overlay.json", to_text(json));
  return work / "overlay.json";
}

/// The toolchain, writable and laid out as distpack looks for a foreign port's: programs below
/// bin/GOOS_GOARCH.
fs::path tree_to_pack(const fs::path& toolchain, const Port& port, const BuildOptions& options) {
  const fs::path tree = options.work / "go";
  lay_out(toolchain, tree, options);
  if (port == own_port()) return tree;
  fs::rename(tree / "bin", options.work / "bin");
  make_directories(tree / "bin");
  fs::rename(options.work / "bin", tree / "bin" / port.underscored());
  return tree;
}

void check_source_archive(const Release& release, const Port& port, const fs::path& archive) {
  const std::string digest = hex(sha256_file(archive));
  if (digest == release.source_archive) return;
  throw Error("pack " + release.name() + " for " + port.text(),
              "its source packs to " + archive.filename().string() + " with SHA-256 " + digest +
                  ", but the pin is " + release.source_archive,
              "The toolchain was not made from the release's source.");
}

}  // namespace

std::optional<std::string> without_source_archive(const std::string& pack_go) {
  const std::string line = "\n\twriteTgz(distpack(version+\".src.tar.gz\"), srcArch)\n";
  const std::size_t at = pack_go.find(line);
  if (at == std::string::npos || pack_go.find(line, at + 1) != std::string::npos) return std::nullopt;
  return pack_go.substr(0, at + 1) + pack_go.substr(at + line.size());
}

void build_distpack(const Release& release, const fs::path& host, const BuildOptions& options,
                    const fs::path& program, Progress& progress) {
  const BuildPlace place = place_of(options);
  BuildCommand command;
  command.doing = "build distpack of " + release.name();
  command.argv = {host / "bin" / "go", "build", "-trimpath", "-o", program};
  if (const auto json = overlay(host, options.work)) command.argv.push_back("-overlay=" + json->string());
  command.argv.push_back("cmd/distpack");
  // said in full: an SDK's own go.env would make it a program for another port
  command.environment = with(base_environment(place), {{"GOROOT", host.string()},
                                                       {"GOOS", own_port().goos},
                                                       {"GOARCH", own_port().goarch},
                                                       {"CGO_ENABLED", "0"}});
  command.directory = host / "src";
  command.log = options.log;
  command.user = options.conditions.user;
  progress.phase("Building distpack");
  make_directories(program.parent_path());
  run_build(command, progress);
}

BuildRun build_archives(const Release& release, const Port& port, const fs::path& distpack,
                        const fs::path& toolchain, const BuildOptions& options, const fs::path& out,
                        Progress& progress) {
  require_hosted(port);
  const BuildPlace place = place_of(options);
  const fs::path tree = tree_to_pack(toolchain, port, options);
  progress.phase("Packing " + archive_name(release.version.text(), port));
  BuildCommand command;
  command.doing = "pack " + release.name() + " for " + port.text();
  command.argv = {distpack};
  command.environment = port_environment(place, tree, port);
  command.directory = tree;
  command.log = options.log;
  command.user = options.conditions.user;
  const BuildRun run = run_build(command, progress);
  const fs::path packed = tree / "pkg" / "distpack";
  const std::string source = release.name() + ".src.tar.gz";
  // a patched Go calls itself otherwise, and its source is packed under that name
  if (fs::exists(packed / source)) check_source_archive(release, port, packed / source);
  // distpack says linux-arm where upstream's archive is called linux-armv6l; the module's files are not
  const std::string distpack_name = release.name() + "." + port.dashed() + ".tar.gz";
  for (const TreeEntry& entry : list_tree(packed)) {
    if (entry.type != TreeEntry::Type::file || entry.path == source) continue;
    const std::string name =
        entry.path == distpack_name ? archive_name(release.version.text(), port) : entry.path;
    place_file(packed / entry.path, out / name, Place::copy);
  }
  return run;
}

}  // namespace gostrap
