#include "cli/release_choice.hpp"

#include "sdk/bent.hpp"
#include "support/error.hpp"
#include "support/process.hpp"

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

/// Nearer than a file of the project, as GOTOOLCHAIN is for the go command: whoever sets it means this shell.
std::optional<std::string> release_of_environment() {
  return environment_value("GOSTRAP_RELEASE");
}

ChosenRelease chosen_by_environment(const std::string& word, const Releases& releases) {
  const std::string says = "GOSTRAP_RELEASE is " + word;
  try {
    return {&releases.get(named_release(word, releases)), says, StoreHas::all};
  } catch (const UsageError& error) {
    throw UsageError(says + ": " + error.what(), error.next());
  }
}

/// Where nobody says it.
ChosenRelease chosen_by_store(const CommonWords& common, const Releases& releases,
                              const WantedOutput& wanted) {
  const std::vector<StoreEntry> entries = common.store().entries();
  std::vector<StoreEntry> ours;
  for (const StoreEntry& entry : entries) {
    if (!entry.is_strangers()) ours.push_back(entry);
  }
  // a stranger's is taken only where nothing of ours would do: it must not win by being newer
  const ChosenRelease best = choose_release(releases, {}, ours, wanted);
  return best.there == StoreHas::nothing ? choose_release(releases, {}, entries, wanted) : best;
}

/// Where --release does not say it.
ChosenRelease chosen_by_others(const CommonWords& common, const Releases& releases,
                               const WantedOutput& wanted, const Project& project) {
  if (const auto word = release_of_environment()) return chosen_by_environment(*word, releases);
  if (const auto wish = wish_of(project, releases.versions()))
    return {releases.find(wish->version), wish->why, StoreHas::all};
  return chosen_by_store(common, releases, wanted);
}

}  // namespace

Project project_of(const ReleaseWord& named) {
  const fs::path directory = named.project.empty() ? fs::current_path() : named.project;
  return read_project(directory, without_defaults(own_environment()));
}

const Release& chosen_release(const CommonWords& common, const ReleaseWord& named, const Releases& releases,
                              const WantedOutput& wanted) {
  // a project that cannot be read is nobody's business where the release is named
  const bool is_named = named.name || release_of_environment();
  return chosen_release(common, named, releases, wanted, is_named ? Project() : project_of(named));
}

const Release& chosen_release(const CommonWords& common, const ReleaseWord& named, const Releases& releases,
                              const WantedOutput& wanted, const Project& project) {
  if (named.name) return releases.get(named_release(*named.name, releases));
  const ChosenRelease taken = chosen_by_others(common, releases, wanted, project);
  const Release& otherwise = releases.default_release();
  if (!taken.why.empty() && taken.release->version != otherwise.version) {
    std::cerr << "gostrap: " << taken.release->name() << " is taken, not " << otherwise.name() << ": "
              << taken.why
              << (project.lock && !release_of_environment() ? " (`gostrap use` changes it)\n"
                                                            : " (--release chooses another)\n");
  }
  return *taken.release;
}

}  // namespace gostrap
