#include "bundle/install.hpp"

#include "bundle/claims.hpp"
#include "bundle/entry_check.hpp"
#include "support/error.hpp"

#include <memory>
#include <optional>
#include <utility>

namespace gostrap {
namespace {

/// Nothing where it is there already.
std::unique_ptr<EntryVisitor> begin_entry(Installation& installation, const Releases& releases,
                                          std::size_t number, const Contents& contents,
                                          const std::string& provenance_text) {
  const BundleReader& reader = installation.reader;
  const InstallTarget& place = installation.place;
  const BundleEntry& told = reader.index().entries[number];
  require_pin(reader, told, releases);
  BundleEntry entry = as_installed(told, installation.voucher, releases);
  Provenance provenance = installed_provenance(reader, told, entry, provenance_text, installation.voucher);
  installation.progress.phase("Unpacking " + entry.name);
  InstalledEntry& installed = installation.installed[number];
  installed.path = place.path(entry);
  installed.store_name = entry.store_name();
  std::optional<FileLock> lock = place.lock(entry, installation.progress);
  installed.was_there = place.has(entry, contents);
  if (installed.was_there) {
    if (place.is_raised(entry)) place.write_provenance(entry, provenance);
    installation.done += entry.new_bytes;
    return nullptr;
  }
  return std::make_unique<EntryInstaller>(installation,
                                          EntryToInstall{.number = number,
                                                         .entry = std::move(entry),
                                                         .provenance = std::move(provenance),
                                                         .lock = std::move(lock)},
                                          contents);
}

}  // namespace

std::vector<InstalledEntry> install_bundle(BundleReader& reader, const InstallTarget& place, Voucher voucher,
                                           const Releases& releases, Progress& progress) {
  const std::vector<BundleEntry>& entries = reader.index().entries;
  Installation installation{
      reader, place, voucher, progress, std::vector<InstalledEntry>(entries.size()), FilesThere(reader)};
  for (const BundleEntry& entry : entries) installation.total += entry.new_bytes;
  reader.walk([&](std::size_t number, const Contents& contents, const std::string& provenance) {
    return begin_entry(installation, releases, number, contents, provenance);
  });
  return std::move(installation.installed);
}

std::vector<std::optional<FileLock>> use_entries(const Store& store, const BundleIndex& index,
                                                 Voucher voucher, const Releases& releases) {
  std::vector<std::optional<FileLock>> uses;
  store.prepare();
  for (const BundleEntry& entry : index.entries)
    uses.push_back(store.use(as_installed(entry, voucher, releases).key));
  return uses;
}

void require_runs_here(const BundleIndex& index) {
  for (const BundleEntry& entry : index.entries) {
    if (entry.kind != Kind::sdk && entry.kind != Kind::host) continue;
    if (entry.hosted_on == own_port()) continue;
    throw Error(
        "install " + entry.name + " into a store",
        "it runs on " + entry.hosted_on->text() + ", and this is " + own_port().text(),
        "`gostrap bundle install --to DIR` unpacks it into a directory all the same; a board needs the "
        "toolchain that is hosted on it: gostrap bundle create --hosted " +
            own_port().text());
  }
}

}  // namespace gostrap
