#include "store/toolchain_links.hpp"

#include "sdk/layout.hpp"
#include "store/roots.hpp"
#include "support/error.hpp"
#include "support/files.hpp"

#include <algorithm>

namespace gostrap {
namespace {

/// A toolchain of that release that runs here; a stranger's is none.
const StoreEntry* toolchain_among(const std::vector<StoreEntry>& entries, const Release& release) {
  for (const Kind kind : {Kind::host, Kind::sdk}) {
    const StoreEntry* const found = find_entry(entries, kind, release, own_port());
    if (found != nullptr && !found->is_strangers()) return found;
  }
  return nullptr;
}

ToolchainLink link_to(const Store& store, const StoreEntry& entry, const Release& release,
                      const fs::path& directory) {
  const fs::path go = (goroot_of(entry.path) / "bin" / "go").lexically_relative(entry.path);
  ToolchainLink made{entry.entry, directory / release.name()};
  add_root(store, entry.entry, made.link, go);
  return made;
}

void remove_stale(const Store& store, const std::vector<ToolchainLink>& kept, const fs::path& directory) {
  for (const fs::directory_entry& each : fs::directory_iterator(directory)) {
    const std::string name = each.path().filename().string();
    const bool is_kept = std::any_of(kept.begin(), kept.end(),
                                     [&](const ToolchainLink& link) { return link.link == each.path(); });
    if (!is_kept && name.starts_with("go") && parse_version(name) && leads_into(store, each.path()))
      fs::remove(each.path());
  }
}

}  // namespace

std::vector<ToolchainLink> link_toolchains(const Store& store, const Releases& releases,
                                           const std::vector<Version>& named, const fs::path& directory) {
  const std::vector<StoreEntry> entries = store.entries();
  make_directories(directory);
  std::vector<ToolchainLink> made;
  for (const Version& version : named) {
    const Release& release = releases.get(version.text());
    const StoreEntry* const entry = toolchain_among(entries, release);
    if (entry == nullptr) {
      throw Error("link " + release.name(),
                  "the store at " + store.root().string() + " has no toolchain of it that runs here",
                  "Build it: gostrap build " + own_port().text() + " --release " + version.text());
    }
    made.push_back(link_to(store, *entry, release, directory));
  }
  if (!named.empty()) return made;
  for (const Release& release : releases_in(entries, releases)) {
    if (const StoreEntry* const entry = toolchain_among(entries, release))
      made.push_back(link_to(store, *entry, release, directory));
  }
  remove_stale(store, made, directory);
  return made;
}

}  // namespace gostrap
