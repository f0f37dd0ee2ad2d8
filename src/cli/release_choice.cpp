#include "cli/release_choice.hpp"

#include "sdk/bent.hpp"
#include "support/error.hpp"
#include "support/process.hpp"

#include <algorithm>
#include <iostream>
#include <iterator>
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

std::vector<StoreEntry> entries_that(const std::vector<StoreEntry>& entries, const auto& will_do) {
  std::vector<StoreEntry> those;
  std::copy_if(entries.begin(), entries.end(), std::back_inserter(those), will_do);
  return those;
}

/// A stranger's is taken only where nothing of ours would do: it must not win by being newer, or nearer.
std::vector<StoreEntry> without_strangers(const std::vector<StoreEntry>& entries) {
  return entries_that(entries, [](const StoreEntry& entry) { return !entry.is_strangers(); });
}

/// Where nobody says it.
ChosenRelease chosen_by_store(const CommonWords& common, const Releases& releases,
                              const WantedOutput& wanted) {
  const std::vector<StoreEntry> entries = common.store().entries();
  const ChosenRelease best = choose_release(releases, {}, without_strangers(entries), wanted);
  return best.there == StoreHas::nothing ? choose_release(releases, {}, entries, wanted) : best;
}

/// The release that is wished for, else one of its line that will do, else a later one: of which these
/// entries have at least `there`. Nothing where there is none.
std::optional<ChosenRelease> will_do(const ReleaseWish& wish, const std::vector<StoreEntry>& entries,
                                     StoreHas there, const Releases& releases, const WantedOutput& wanted) {
  const auto best_of = [&](const auto& matches) -> std::optional<ChosenRelease> {
    const auto those = entries_that(entries, [&](const StoreEntry& entry) {
      const std::optional<Version> version = parse_version(entry.release);
      return version && matches(*version);
    });
    const ChosenRelease best = choose_release(releases, {}, those, wanted);
    return best.there >= there ? std::optional(best) : std::nullopt;
  };
  if (auto best = best_of([&](const Version& each) { return each == wish.version; })) return best;
  const auto of_line = [&](const Version& each) {
    return wish.is_met_by(each) && same_line(each, wish.version);
  };
  if (auto best = best_of(of_line)) return best;
  return best_of([&](const Version& each) { return wish.is_met_by(each); });
}

/// What is wished for, unless it leaves others open and the store has one of these, and not it: the go line
/// is a minimum to the go command, too.
ChosenRelease chosen_by_wish(const ReleaseWish& wish, const CommonWords& common, const Releases& releases,
                             const WantedOutput& wanted) {
  const ChosenRelease wished{releases.find(wish.version), wish.why, StoreHas::all};
  if (!wish.least) return wished;
  const std::vector<StoreEntry> all = common.store().entries();
  const std::vector<StoreEntry> ours = without_strangers(all);
  // a host toolchain may be no more than a rung of another's ladder
  auto best = will_do(wish, ours, StoreHas::all, releases, wanted);
  if (!best) best = will_do(wish, ours, StoreHas::host, releases, wanted);
  if (!best) best = will_do(wish, all, StoreHas::all, releases, wanted);
  if (!best || best->release->version == wish.version) return wished;
  best->why = wish.why + ", and " + (best->why.empty() ? "the store has this one" : best->why);
  best->in_place = true;
  return *best;
}

/// Where --release does not say it.
ChosenRelease chosen_by_others(const CommonWords& common, const Releases& releases,
                               const WantedOutput& wanted, const Project& project) {
  if (const auto word = release_of_environment()) return chosen_by_environment(*word, releases);
  if (const auto wish = wish_of(project, releases.versions()))
    return chosen_by_wish(*wish, common, releases, wanted);
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
  const bool by_lock = project.lock && !release_of_environment();
  // what the lock says is no news to whoever keeps it
  const bool is_news = !taken.why.empty() &&
                       (taken.release->version != otherwise.version || taken.in_place) &&
                       !(by_lock && !is_outgrown(project));
  if (is_news && !common.quiet) {
    std::cerr << "gostrap: " << taken.release->name() << " is taken"
              << (taken.release->version == otherwise.version ? "" : ", not " + otherwise.name()) << ": "
              << taken.why << (by_lock ? " (`gostrap use` changes it)\n" : " (--release chooses another)\n");
  }
  return *taken.release;
}

}  // namespace gostrap
