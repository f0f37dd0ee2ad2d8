#include "toolchain/packing.hpp"

#include "support/error.hpp"
#include "support/hash.hpp"
#include "toolchain/environment.hpp"

namespace gostrap {
namespace {

/// The toolchain, writable and laid out as distpack looks for a foreign port's: programs below
/// bin/GOOS_GOARCH.
fs::path tree_to_pack(const fs::path& toolchain, const Port& port, const Workshop& workshop) {
  const fs::path tree = workshop.work / "go";
  lay_out(toolchain, tree, workshop);
  if (port == own_port()) return tree;
  fs::rename(tree / "bin", workshop.work / "bin");
  make_directories(tree / "bin");
  fs::rename(workshop.work / "bin", tree / "bin" / port.underscored());
  return tree;
}

void check_source_archive(const Release& release, const Port& port, const fs::path& archive) {
  if (!release.source_archive) return;
  const Digest digest = sha256_file(archive);
  if (digest == *release.source_archive) return;
  throw Error("pack " + release.name() + " for " + port.text(),
              "its source packs to " + archive.filename().string() + " with SHA-256 " + hex(digest) +
                  ", but the pin is " + hex(*release.source_archive),
              "The toolchain was not made from the release's source.");
}

}  // namespace

BuildRun build_archives(const Packing& packing, const fs::path& out, const Workshop& workshop) {
  const Release& release = packing.at.release();
  const Port& port = packing.at.port();
  const EnvironmentSettings settings = environment_settings(workshop, release.version);
  const fs::path tree = tree_to_pack(packing.toolchain, port, workshop);
  workshop.progress.phase("Packing " + archive_name(release.version.text(), port));
  BuildCommand command;
  command.doing = "pack " + release.name() + " for " + port.text();
  command.argv = {packing.distpack};
  command.environment = port_environment(settings, tree, port);
  if (!workshop.deflated.empty()) command.environment.emplace_back("GOSTRAP_DEFLATED", workshop.deflated);
  command.directory = tree;
  command.log = workshop.log;
  command.user = workshop.conditions.user;
  const BuildRun run = run_build(command, workshop.progress);
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
    place_file(packed / entry.path, out / name, CopyMode::copy);
  }
  return run;
}

}  // namespace gostrap
