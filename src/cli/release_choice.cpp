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

/// Of these entries, whoever made them.
ChosenRelease chosen_by_entries(const std::vector<StoreEntry>& entries, const Releases& releases,
                                const WantedOutput& wanted) {
  std::vector<StoreEntry> ours;
  for (const StoreEntry& entry : entries) {
    if (!entry.is_strangers()) ours.push_back(entry);
  }
  // a stranger's is taken only where nothing of ours would do: it must not win by being newer
  const ChosenRelease best = choose_release(releases, {}, ours, wanted);
  return best.there == StoreHas::nothing ? choose_release(releases, {}, entries, wanted) : best;
}

/// What is wished for, unless it leaves others open and the store has one of these, and not it: the go line
/// is a minimum to the go command, too.
ChosenRelease chosen_by_wish(const ReleaseWish& wish, const CommonWords& common, const Releases& releases,
                             const WantedOutput& wanted) {
  const ChosenRelease wished{releases.find(wish.version), wish.why, StoreHas::all};
  if (!wish.least) return wished;
  const std::vector<StoreEntry> all = common.store().entries();
  const auto of_store = [&](const auto& will_do) -> std::optional<ChosenRelease> {
    std::vector<StoreEntry> entries;
    for (const StoreEntry& entry : all) {
      const std::optional<Version> version = parse_version(entry.release);
      if (version && will_do(*version)) entries.push_back(entry);
    }
    ChosenRelease there = chosen_by_entries(entries, releases, wanted);
    if (there.there < StoreHas::host) return std::nullopt;
    there.why = wish.why + ", and " + (there.why.empty() ? "it will do" : there.why);
    return there;
  };
  const auto is_wished = [&](const Version& each) { return each == wish.version; };
  const auto of_line = [&](const Version& each) {
    return wish.is_met_by(each) && each.major == wish.version.major && each.minor == wish.version.minor;
  };
  if (of_store(is_wished)) return wished;
  if (auto there = of_store(of_line)) return *there;
  const auto will_do = [&](const Version& each) { return wish.is_met_by(each); };
  return of_store(will_do).value_or(wished);
}

/// Where --release does not say it.
ChosenRelease chosen_by_others(const CommonWords& common, const Releases& releases,
                               const WantedOutput& wanted, const Project& project) {
  if (const auto word = release_of_environment()) return chosen_by_environment(*word, releases);
  if (const auto wish = wish_of(project, releases.versions()))
    return chosen_by_wish(*wish, common, releases, wanted);
  return chosen_by_entries(common.store().entries(), releases, wanted);
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
  // what the lock says is no news to whoever keeps it
  const bool by_lock = project.lock && !is_outgrown(project) && !release_of_environment();
  const bool is_news = !taken.why.empty() && taken.release->version != otherwise.version && !by_lock;
  if (is_news && !common.quiet) {
    std::cerr << "gostrap: " << taken.release->name() << " is taken, not " << otherwise.name() << ": "
              << taken.why
              << (project.lock ? " (`gostrap use` changes it)\n" : " (--release chooses another)\n");
  }
  return *taken.release;
}

}  // namespace gostrap
