#include "cli/release_choice.hpp"

#include "sdk/bent.hpp"

#include <iostream>
#include <vector>

namespace gostrap {
namespace {

/// --release may name a file too.
std::string named_release(const std::string& word, const Releases& releases) {
  const bool is_file =
      word.find('/') != std::string::npos || word.ends_with(".mod") || word.ends_with(".work");
  return is_file ? release_of_file(word, releases.versions()).text() : word;
}

ChosenRelease chosen(const CommonWords& common, const ReleaseWord& named, const Releases& releases,
                     const WantedOutput& wanted) {
  if (named.name) return {&releases.get(named_release(*named.name, releases)), {}, StoreHas::all};
  if (const auto wish = project_wishes(named, releases).release)
    return {releases.find(wish->version), wish->why, StoreHas::all};
  const std::vector<StoreEntry> entries = common.store().entries();
  std::vector<StoreEntry> ours;
  for (const StoreEntry& entry : entries) {
    if (!entry.is_strangers()) ours.push_back(entry);
  }
  // a stranger's is taken only where nothing of ours would do: it must not win by being newer
  const ChosenRelease best = choose_release(releases, {}, ours, wanted);
  return best.there == StoreHas::nothing ? choose_release(releases, {}, entries, wanted) : best;
}

}  // namespace

ProjectWishes project_wishes(const ReleaseWord& named, const Releases& releases) {
  const fs::path directory = named.project.empty() ? fs::current_path() : named.project;
  return wishes_of(directory, without_defaults(own_environment()), releases.versions());
}

const Release& chosen_release(const CommonWords& common, const ReleaseWord& named, const Releases& releases,
                              const WantedOutput& wanted) {
  const ChosenRelease taken = chosen(common, named, releases, wanted);
  const Release& otherwise = releases.default_release();
  if (!taken.why.empty() && taken.release->version != otherwise.version) {
    const bool is_locked = !named.name && project_wishes(named, releases).lock;
    std::cerr << "gostrap: " << taken.release->name() << " is taken, not " << otherwise.name() << ": "
              << taken.why
              << (is_locked ? " (`gostrap use` changes it)\n" : " (--release chooses another)\n");
  }
  return *taken.release;
}

}  // namespace gostrap
