#include "road/plan.hpp"

#include "seed/seed.hpp"
#include "support/error.hpp"

#include <algorithm>

namespace gostrap {
namespace {

/// Of an entry that nobody vouches for.
std::string makes_nothing(const StoreEntry& entry) {
  return entry.path.filename().string() + " is not used to make anything: it is " + entry.whence();
}

constexpr const char* how_to_vouch =
    "To vouch for it, install its bundle again with --key FILE.pub, the key of whoever made it; "
    "--accept-unsigned takes it as it is.";

/// Builds up a plan; a step with the same key is added once.
class Planner {
 public:
  Planner(const PlanRequest& request, const Releases& releases, const Store& store)
      : request_(request), releases_(releases), entries_(store.entries()) {
    if (request.published) return;
    // from source, unless it is asked for
    const auto built = std::stable_partition(entries_.begin(), entries_.end(),
                                             [](const StoreEntry& entry) { return !entry.is_published(); });
    left_aside_.assign(built, entries_.end());
    entries_.erase(built, entries_.end());
  }

  Plan run() {
    for (const Goal& goal : request_.goals) check(goal);
    for (const Goal& goal : request_.goals) plan_.goals.push_back(add_goal(goal));
    return std::move(plan_);
  }

 private:
  const Profile& profile_of(const Goal& goal) const {
    return goal.profile ? *goal.profile : request_.profile;
  }

  void check(const Goal& goal) const {
    if (const Profile host = profile_of(goal).of_host(); request_.published && !host.empty()) {
      throw UsageError("upstream's own toolchain (--published) cannot have " + host.text() +
                           ": that is what a toolchain is built with",
                       "Leave --published out, and it is built from source.");
    }
    if (!is_cross(goal.kind)) HostedPort{goal.at};
    if (const auto why = why_no_seed(goal.at.port()); why && goal.kind == Kind::compiled_std)
      throw UsageError("there is no compiled std for " + goal.at.port().text() + ": " + *why,
                       "Leave --std out for it.");
    const Profile sdk = profile_of(goal).of_sdk();
    if (!is_cross(goal.kind) && !sdk.empty()) {
      throw UsageError("a " + text(goal.kind) + " for " + goal.at.port().text() + " cannot have " +
                           sdk.text() + ": that is bound in an SDK's go.env and runtime",
                       sdk.c ? "Leave --cgo and its kind out: an SDK compiles C."
                       : sdk.defaults.empty()
                           ? "--bake has make.bash bake settings into the toolchain itself."
                           : "Leave it out, or build an SDK.");
    }
  }

  std::size_t add_goal(const Goal& goal) {
    if (goal.kind == Kind::compiled_std) return add_std(goal);
    if (const StoreEntry* const there = brought(goal)) {
      return add_stored(goal.kind, *request_.release, goal.at.port(), *there);
    }
    const std::size_t host = add_host(*request_.release, profile_of(goal).of_host());
    if (goal.kind == Kind::host) return host;
    const Profile& profile = profile_of(goal);
    if (goal.kind == Kind::sdk) return plan_.add(SdkStep{goal.at, profile, host}, "asked for");
    const bool asked = goal.kind == Kind::toolchain;
    const std::size_t toolchain =
        plan_.add(ToolchainStep{HostedPort(goal.at), goal.reference, profile.of_host(), host},
                  asked ? "asked for" : "the archives are packed from it");
    if (asked) return toolchain;
    return plan_.add(ArchivesStep{HostedPort(goal.at), goal.reference, profile.of_host(), host, toolchain},
                     "asked for");
  }

  std::size_t add_std(const Goal& goal) {
    if (const StoreEntry* const there = brought(goal))
      return add_stored(goal.kind, *request_.release, goal.at.port(), *there);
    Goal of_sdk = goal;
    of_sdk.kind = Kind::sdk;
    if (const StoreEntry* const there = brought(of_sdk);
        there != nullptr && there->is_strangers() && !request_.accept_strangers) {
      throw Error("compile std of " + request_.release->name() + " for " + goal.at.port().text(),
                  makes_nothing(*there), how_to_vouch);
    }
    const std::size_t sdk = add_goal(of_sdk);
    return plan_.add(StdStep{goal.at, profile_of(goal), sdk}, "asked for");
  }

  /// What a bundle brought without the host toolchain that it was made from: nothing newer can be made of
  /// that.
  const StoreEntry* brought(const Goal& goal) {
    const Profile& profile = profile_of(goal);
    if (request_.bootstrap || goal.reference || usable_host(*request_.release, profile.of_host()) != nullptr)
      return nullptr;
    return find_entry(entries_, goal.kind, *request_.release, goal.at.port(), profile);
  }

  /// The store's host toolchain with that profile, unless it is a stranger's that nobody accepted.
  const StoreEntry* usable_host(const Release& release, const Profile& profile) {
    const StoreEntry* const there = find_entry(entries_, Kind::host, release, own_port(), profile);
    if (there == nullptr || !there->is_strangers() || request_.accept_strangers) return there;
    note(makes_nothing(*there) + ". " + how_to_vouch);
    return nullptr;
  }

  void note(std::string words) {
    if (std::find(plan_.notes.begin(), plan_.notes.end(), words) == plan_.notes.end())
      plan_.notes.push_back(std::move(words));
  }

  std::size_t add_source(const Release& release) {
    return plan_.add(SourceStep{&release},
                     "pinned as " + release.tag +
                         (release.commit.empty() ? ", by its published archive"
                                                 : ", commit " + release.commit.substr(0, 12)));
  }

  /// `profile` is empty for a rung that is not what was asked for.
  std::size_t add_host_step(const Rung& rung, std::variant<Bootstrap, RungBelow> from,
                            const Profile& profile) {
    HostStep step{rung.release, profile, {}, std::move(from), add_source(*rung.release)};
    if (!profile.patches.empty()) {
      step.patches = request_.patches;
      std::string why = "the pinned source, patched by";
      for (const Patch& patch : step.patches) why += " " + patch.name;
      step.patched =
          plan_.add(PatchedSourceStep{rung.release, profile, step.patches, step.source}, std::move(why));
    }
    return plan_.add(std::move(step), rung.why);
  }

  /// The host toolchain of the release asked for, with that profile: the store's own, or the last rung of a
  /// ladder.
  std::size_t add_host(const Release& release, const Profile& wanted) {
    for (const auto& [profile, step] : hosts_) {
      if (profile == wanted) return step;
    }
    return hosts_.emplace_back(wanted, new_host(release, wanted)).second;
  }

  std::size_t new_host(const Release& release, const Profile& wanted) {
    if (request_.bootstrap == std::filesystem::path("published"))
      return add_host_by_published(release, wanted);
    if (!request_.bootstrap) {
      if (const StoreEntry* const there = usable_host(release, wanted))
        return add_stored(Kind::host, release, own_port(), *there);
    }
    if (request_.published) return add_published(release, "");
    if (const StoreEntry* const there = find_entry(left_aside_, Kind::host, release, own_port(), wanted))
      note(there->path.filename().string() + " is not used to make anything: it was " + there->whence() +
           ". --published takes it as it is.");
    const Ladder ladder = ladder_to(release);
    std::optional<RungBelow> below = stored_start(ladder.start);
    for (const Rung& rung : ladder.rungs) {
      const Profile profile = &rung == &ladder.rungs.back() ? wanted : Profile();
      const std::variant<Bootstrap, RungBelow> from =
          below ? std::variant<Bootstrap, RungBelow>(*below) : ladder.start;
      below = RungBelow{rung.release, add_host_step(rung, from, profile)};
    }
    return below->host;
  }

  /// Out of upstream's archive.
  std::size_t add_published(const Release& release, const std::string& why) {
    return plan_.add(PublishedHostStep{&release},
                     "unpacked from upstream's " + published_archive(release, own_port()).file + why);
  }

  /// By make.bash, from an older Go out of upstream's archive.
  std::size_t add_host_by_published(const Release& release, const Profile& wanted) {
    const Release& rung = published_rung(release, own_port(), releases_, request_.rungs);
    const std::string floor = release.name() + " needs Go " + release.bootstrap.text() + " or newer";
    const StoreEntry* const there = usable_host(rung, {});
    const Need below = there != nullptr ? add_stored(Kind::host, rung, own_port(), *there)
                                        : add_published(rung, ": " + floor);
    return add_host_step({&release, floor + ": built with " + rung.name()}, RungBelow{&rung, below}, wanted);
  }

  Ladder ladder_to(const Release& release) {
    try {
      return plan_ladder(release, bootstraps(), releases_, request_.rungs);
    } catch (const Error& error) {
      if (plan_.notes.empty()) throw;
      throw Error(error.doing(), error.why() + "; and " + plan_.notes.front(), error.next());
    }
  }

  /// What is in the store enters the plan with the key it was made under.
  std::size_t add_stored(Kind kind, const Release& release, const Port& port, const StoreEntry& entry) {
    PlannedStep step;
    step.output = {kind, &release, port, false, entry.profile};
    step.key = entry.key();
    step.stored = entry.entry;
    step.stranger = entry.is_strangers();
    step.why = "in the store since " + utc_text(entry.made);
    if (!entry.whence().empty()) step.why += ", " + entry.whence();
    if (step.stranger) note(entry.path.filename().string() + " is " + entry.whence() + ". " + how_to_vouch);
    return plan_.add(std::move(step));
  }

  BootstrapSearch bootstraps() {
    BootstrapSearch search;
    if (request_.bootstrap) {
      std::string why;
      std::optional<Bootstrap> named = probe_bootstrap(*request_.bootstrap, "--bootstrap", why);
      if (!named) {
        throw Error("use the bootstrap " + request_.bootstrap->string(), why,
                    "Name a GOROOT whose bin/go runs here, such as /usr/lib/go-1.23.");
      }
      search.found.push_back(std::move(*named));
      return search;
    }
    search = search_bootstraps();
    plan_.passed_over = search.passed_over;
    for (const Release& release : releases_in(entries_, releases_)) {
      const StoreEntry* const there = find_entry(entries_, Kind::host, release, own_port());
      if (!there || (there->is_strangers() && !request_.accept_strangers)) continue;
      Bootstrap bootstrap;
      bootstrap.go = there->path / "share" / "go" / "bin" / "go";
      bootstrap.version = release.version;
      bootstrap.description = release.name() + " " + own_port().text();
      bootstrap.found = "the store";
      stored_.emplace_back(bootstrap.go, &release, *there);
      search.found.push_back(std::move(bootstrap));
    }
    return search;
  }

  std::optional<RungBelow> stored_start(const Bootstrap& start) {
    for (const auto& [go, release, entry] : stored_) {
      if (go == start.go) return RungBelow{release, add_stored(Kind::host, *release, own_port(), entry)};
    }
    return std::nullopt;
  }

  const PlanRequest& request_;
  const Releases& releases_;
  std::vector<StoreEntry> entries_;     // of the store
  std::vector<StoreEntry> left_aside_;  // of those, what upstream has built, where that is not asked for
  Plan plan_;
  std::vector<std::pair<Profile, std::size_t>> hosts_;  // of the release asked for
  std::vector<std::tuple<std::filesystem::path, const Release*, StoreEntry>> stored_;
};

}  // namespace

const Bootstrap* bootstrap_of(const PlannedStep& step) {
  const auto* const host = step.step ? std::get_if<HostStep>(&*step.step) : nullptr;
  return host != nullptr ? std::get_if<Bootstrap>(&host->from) : nullptr;
}

std::optional<PublishedArchive> published_by(const PlannedStep& step) {
  const auto* const host = step.step ? std::get_if<PublishedHostStep>(&*step.step) : nullptr;
  return host != nullptr ? std::optional(published_archive(*host->release, own_port())) : std::nullopt;
}

bool is_made(const Store& store, const PlannedStep& step) {
  return store.has(step.entry()) && (step.stranger || !store.is_strangers(step.entry()));
}

std::size_t Plan::add(PlannedStep step) {
  const auto same =
      std::find_if(steps.begin(), steps.end(), [&](const PlannedStep& each) { return each.key == step.key; });
  if (same != steps.end()) return static_cast<std::size_t>(same - steps.begin());
  for (const Need need : step.needs) step.stranger = step.stranger || steps[need].stranger;
  steps.push_back(std::move(step));
  return steps.size() - 1;
}

std::size_t Plan::add(Step step, std::string why) {
  Keys keys;
  for (const PlannedStep& each : steps) keys.push_back(each.key);
  PlannedStep planned;
  planned.output = output_of(step);
  planned.needs = needs_of(step);
  planned.inputs = inputs_of(step, keys);
  planned.key = key_of(planned.inputs);
  planned.why = std::move(why);
  planned.step = std::move(step);
  return add(std::move(planned));
}

Plan make_plan(const PlanRequest& request, const Releases& releases, const Store& store) {
  return Planner(request, releases, store).run();
}

std::vector<std::size_t> missing_steps(const Plan& plan, const Store& store) {
  std::vector<bool> wanted(plan.steps.size(), false);
  for (const std::size_t goal : plan.goals) wanted[goal] = true;
  std::vector<std::size_t> missing;
  for (std::size_t i = plan.steps.size(); i-- > 0;) {
    if (!wanted[i] || is_made(store, plan.steps[i])) continue;
    missing.push_back(i);
    for (const std::size_t need : plan.steps[i].needs) wanted[need] = true;
  }
  std::reverse(missing.begin(), missing.end());
  return missing;
}

}  // namespace gostrap
