#include "road/count_as_built.hpp"

#include "road/rebuild.hpp"
#include "sdk/manifest.hpp"
#include "support/error.hpp"
#include "support/stage.hpp"

#include <optional>
#include <vector>

namespace gostrap {
namespace {

/// Logs that went with the other store.
Provenance without_logs(Provenance provenance) {
  provenance.log.reset();
  for (Provenance& each : provenance.from) each = without_logs(std::move(each));
  return provenance;
}

/// Why the host that the entry was made with does not count as the one that was built; empty where it does.
std::string why_another(const Store& store, const StoreEntry& entry, const Provenance& host,
                        const fs::path& built) {
  if (entry.kind == Kind::host) return {};
  const fs::path unpacked = store.path(host.key + "-" + host.name);
  if (!fs::is_directory(unpacked)) {
    // an SDK holds all that its host does
    return entry.kind == Kind::sdk ? std::string() : "its host toolchain is not in the store any more";
  }
  const std::vector<std::string> differ = differences(goroot_of(unpacked), goroot_of(built));
  return differ.empty() ? std::string() : unpacked.string() + " is another one: " + differ.front();
}

/// All that tells of the host: its own provenance, and of what was made with it.
void tell_all(const Store& store, const std::string& key, const Provenance& built) {
  store.prepare();
  const HeldDirectory work(store.work(), key + ".rebuilt", 0755);
  for (const StoreEntry& each : store.entries()) {
    if (!each.published) continue;
    const auto told = with_rebuilt_host(read_provenance(store.provenance_file(each.entry)), key, built);
    if (told) store.keep_provenance(each.entry, *told, work.path());
  }
}

}  // namespace

std::string count_as_built(const Store& store, const StoreEntry& entry, const Store& other,
                           const Release& release) {
  const Provenance provenance = read_provenance(store.provenance_file(entry.entry));
  const Provenance* const host = published_host(provenance);
  const auto built = other.find(Kind::host, release, own_port());
  if (host == nullptr || !built) return "it still counts as upstream's: nothing says what it was made with";
  const std::string another = why_another(store, entry, *host, built->path);
  if (!another.empty()) return "it still counts as upstream's: " + another;
  try {
    tell_all(store, host->key, without_logs(read_provenance(other.provenance_file(built->entry))));
  } catch (const Error& error) {
    return std::string("it still counts as upstream's: ") + error.what();
  }
  return "from now on the store counts it as built here";
}

}  // namespace gostrap
