#include "cli/release_choice.hpp"

#include <iostream>
#include <vector>

namespace gostrap {

const Release& chosen_release(const CommonWords& common, const ReleaseWord& named, const Releases& releases,
                              const WantedOutput& wanted) {
  const std::vector<StoreEntry> entries = common.store().entries();
  std::vector<StoreEntry> ours;
  for (const StoreEntry& entry : entries) {
    if (!entry.is_strangers()) ours.push_back(entry);
  }
  // a stranger's is taken only where nothing of ours would do: it must not win by being newer
  ChosenRelease chosen = choose_release(releases, named.text(), ours, wanted);
  if (chosen.there == StoreHas::nothing) chosen = choose_release(releases, named.text(), entries, wanted);
  if (!chosen.why.empty()) {
    std::cerr << "gostrap: " << chosen.release->name() << " is taken, not "
              << releases.default_release().name() << ": " << chosen.why << " (--release chooses another)\n";
  }
  return *chosen.release;
}

}  // namespace gostrap
