#include "sdk/goproxy.hpp"

#include "sdk/module.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "support/interrupt.hpp"

#include <array>
#include <set>

namespace gostrap {
namespace {

constexpr std::array endings{".info", ".mod", ".zip"};

}  // namespace

ProxiedModule module_in(const fs::path& archives, const Manifest& manifest) {
  const std::string doing = "serve the toolchain module in " + archives.string();
  if (manifest.kind != Kind::archives) {
    throw Error(doing, "it is a " + text(manifest.kind) + ", and has no module",
                "gostrap build " + manifest.hosted_on.text() + " --archives --release " + manifest.release);
  }
  ProxiedModule module{module_version(manifest.release, manifest.hosted_on), archives};
  for (const char* ending : endings) {
    const std::string name = module.version + ending;
    const auto record = manifest.files.find(name);
    if (record == manifest.files.end() || !fs::is_regular_file(archives / name)) {
      throw Error(doing, name + " is not there");
    }
    if (sha256_file(archives / name) != record->second.digest) {
      throw Error(doing, name + " is not what the manifest says",
                  "gostrap verify --repair " + archives.string());
    }
  }
  return module;
}

void write_goproxy(const std::vector<ProxiedModule>& modules, const fs::path& directory) {
  const fs::path place = directory / toolchain_module / "@v";
  make_directories(place);
  std::set<std::string> versions;
  for (const ProxiedModule& module : modules) {
    if (!versions.insert(module.version).second) continue;
    for (const char* ending : endings) {
      check_interrupt();
      place_file(module.archives / (module.version + ending), place / (module.version + ending),
                 CopyMode::link_if_possible);
    }
  }
  std::string list;
  for (const std::string& version : versions) list += version + "\n";
  create_file(place / "list", list);
}

}  // namespace gostrap
