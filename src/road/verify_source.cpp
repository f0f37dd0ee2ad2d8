#include "road/verify_source.hpp"

#include "sdk/manifest.hpp"
#include "source/goroot.hpp"
#include "source/source.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "support/nar.hpp"

#include <optional>
#include <string>

namespace gostrap {
namespace {

/// Nothing for one that is not patched, or a stranger's: that is held against the pin.
std::optional<Check> verify_patched_source(const Subject& subject, const Store& store) {
  if (!subject.entry || subject.entry->profile.patches.empty() || subject.entry->is_strangers())
    return std::nullopt;
  const StoreEntry& entry = *subject.entry;
  const Provenance provenance = read_provenance(store.provenance_file(entry.entry));
  const std::string nar = provenance.making ? provenance.making->nar : std::string();
  const std::string found = sri(nar_hash(subject.tree).digest);
  if (found == nar)
    return Check{"source",
                 Check::Result::passed,
                 "the pinned source of go" + entry.release + " with " + entry.profile.text(),
                 {}};
  return Check{"source", Check::Result::failed, "its NAR hash is " + found + ", and was " + nar, {}};
}

}  // namespace

bool is_source(const fs::path& output) {
  return is_source_tree(output) && !fs::exists(manifest_path(output)) && !fs::exists(output / "bin");
}

Check verify_source(const Subject& subject, const Releases& releases, const Store& store) {
  if (auto patched = verify_patched_source(subject, store)) return *patched;
  const fs::path& tree = subject.tree;
  const Release& release = releases.get(version_line(tree));
  try {
    require_source(release, tree);
    return {"source",
            Check::Result::passed,
            "the source of " + release.name() + ", as pinned: " + sri(release.nar()),
            {}};
  } catch (const Error& error) {
    if (is_trouble_of_machine(error)) throw;
    return {"source", Check::Result::failed, error.why(), {}};
  }
}

}  // namespace gostrap
