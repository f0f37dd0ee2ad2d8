#include "road/plan.hpp"

#include "support/error.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace gostrap {
namespace {

constexpr const char* how_to_vouch =
    "To vouch for it, install its bundle again with --key FILE.pub, the key of whoever made it; "
    "--accept-unsigned takes it as it is.";

/// Builds up a plan; a step with the same key is added once.
class Planner {
 public:
  Planner(const PlanRequest& request, const Releases& releases, const Store& store)
      : request_(request), releases_(releases), entries_(store.entries()) {}

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
    request_.release->require(goal.port);
    const auto why = why_not_hosted(goal.port);
    if (goal.kind != Kind::sdk && why) {
      throw UsageError(
          "no toolchain can be hosted on " + goal.port.text() + ": " + *why,
          "`gostrap build " + goal.port.text() + "` makes an SDK that runs here and targets it.");
    }
    const Profile sdk = profile_of(goal).of_sdk();
    if (goal.kind != Kind::sdk && !sdk.empty()) {
      throw UsageError("a " + text(goal.kind) + " for " + goal.port.text() + " cannot have " + sdk.text() +
                           ": that is bound in an SDK's go.env and runtime",
                       sdk.defaults.empty() ? "--bake has make.bash bake settings into the toolchain itself."
                                            : "Leave it out, or build an SDK.");
    }
  }

  std::size_t add_goal(const Goal& goal) {
    if (const StoreEntry* const there = brought(goal)) {
      return add_stored(goal.kind, *request_.release, goal.port, *there);
    }
    const std::size_t host = add_host(*request_.release, profile_of(goal).of_host());
    if (goal.kind == Kind::host) return host;
    if (goal.kind == Kind::sdk) return add_derived(Kind::sdk, goal, {host}, "asked for");
    const bool asked = goal.kind == Kind::toolchain;
    const std::string why = asked ? "asked for" : "the archives are packed from it";
    const std::size_t toolchain = add_derived(Kind::toolchain, goal, {host}, why);
    return asked ? toolchain : add_derived(Kind::archives, goal, {host, toolchain}, "asked for");
  }

  /// What a bundle brought without the host toolchain that it was made from: nothing newer can be made of
  /// that.
  const StoreEntry* brought(const Goal& goal) {
    const Profile& profile = profile_of(goal);
    if (request_.bootstrap || goal.reference || usable_host(*request_.release, profile.of_host()) != nullptr)
      return nullptr;
    return find_entry(entries_, goal.kind, *request_.release, goal.port, profile);
  }

  /// The store's host toolchain with that profile, unless it is a stranger's that nobody accepted.
  const StoreEntry* usable_host(const Release& release, const Profile& profile) {
    const StoreEntry* const there = find_entry(entries_, Kind::host, release, own_port(), profile);
    if (there == nullptr || !there->is_strangers() || request_.accept_strangers) return there;
    const std::string name = there->path.filename().string();
    note(name + " is not used to make anything: it is " + there->whence() + ". " + how_to_vouch);
    return nullptr;
  }

  void note(std::string words) {
    if (std::find(plan_.notes.begin(), plan_.notes.end(), words) == plan_.notes.end())
      plan_.notes.push_back(std::move(words));
  }

  std::size_t add(Step step) {
    step.key = key_of(step.inputs);
    for (const std::size_t need : step.needs) step.stranger = step.stranger || plan_.steps[need].stranger;
    const auto same = std::find_if(plan_.steps.begin(), plan_.steps.end(),
                                   [&](const Step& each) { return each.key == step.key; });
    if (same != plan_.steps.end()) return static_cast<std::size_t>(same - plan_.steps.begin());
    plan_.steps.push_back(std::move(step));
    return plan_.steps.size() - 1;
  }

  std::size_t add_derived(Kind kind, const Goal& goal, const std::vector<std::size_t>& needs,
                          const std::string& why) {
    std::vector<std::string> keys;
    for (const std::size_t need : needs) keys.push_back(plan_.steps[need].key);
    Step step;
    step.kind = kind;
    step.release = request_.release;
    step.port = goal.port;
    step.reference = goal.reference && kind != Kind::sdk;
    step.needs = needs;
    step.profile = kind == Kind::sdk ? profile_of(goal) : profile_of(goal).of_host();
    step.inputs = derived_inputs(kind, *request_.release, goal.port, step.reference, keys, step.profile);
    step.why = why;
    return add(std::move(step));
  }

  std::size_t add_source(const Release& release) {
    Step step;
    step.kind = Kind::source;
    step.release = &release;
    step.inputs = source_inputs(release);
    step.why = "pinned as " + release.tag + ", commit " + release.commit.substr(0, 12);
    return add(std::move(step));
  }

  std::size_t add_patched_source(const Release& release, const Profile& profile, std::size_t source) {
    Step step;
    step.kind = Kind::source;
    step.release = &release;
    step.profile.patches = profile.patches;
    step.patches = request_.patches;
    step.needs = {source};
    step.inputs = source_inputs(release, step.profile);
    step.why = "the pinned source, patched by";
    for (const Patch& patch : step.patches) step.why += " " + patch.name;
    return add(std::move(step));
  }

  /// `profile` is empty for a rung that is not what was asked for.
  std::size_t add_host_step(const Release& release, std::optional<Bootstrap> bootstrap,
                            const BootstrapId& identity, std::vector<std::size_t> needs,
                            const std::string& why, const Profile& profile) {
    Step step;
    step.kind = Kind::host;
    step.release = &release;
    step.port = own_port();
    step.bootstrap = std::move(bootstrap);
    step.needs = std::move(needs);
    step.profile = profile;
    if (!profile.patches.empty()) {
      const std::size_t source = step.needs.front();
      step.patches = request_.patches;
      step.needs.front() = add_patched_source(release, profile, source);
      step.needs.push_back(source);
    }
    step.inputs = host_inputs(release, identity, profile);
    step.why = why;
    return add(std::move(step));
  }

  /// The host toolchain of the release asked for, with that profile: the store's own, or the last rung of a
  /// ladder.
  std::size_t add_host(const Release& release, const Profile& wanted) {
    for (const auto& [profile, step] : hosts_) {
      if (profile == wanted) return step;
    }
    if (!request_.bootstrap) {
      if (const StoreEntry* const there = usable_host(release, wanted)) {
        return hosts_.emplace_back(wanted, add_stored(Kind::host, release, own_port(), *there)).second;
      }
    }
    const Ladder ladder = ladder_to(release);
    std::optional<std::size_t> below = stored_start(ladder.start);
    for (const Rung& rung : ladder.rungs) {
      const std::size_t source = add_source(*rung.release);
      const Profile profile = &rung == &ladder.rungs.back() ? wanted : Profile();
      if (below) {
        const BootstrapId identity{"", "", plan_.steps[*below].key};
        below = add_host_step(*rung.release, std::nullopt, identity, {source, *below}, rung.why, profile);
      } else {
        below = add_host_step(*rung.release, ladder.start, bootstrap_id(ladder.start), {source}, rung.why,
                              profile);
      }
    }
    return hosts_.emplace_back(wanted, *below).second;
  }

  Ladder ladder_to(const Release& release) {
    try {
      return plan_ladder(release, bootstraps(), releases_);
    } catch (const Error& error) {
      if (plan_.notes.empty()) throw;
      throw Error(error.doing(), error.why() + "; and " + plan_.notes.front(), error.next());
    }
  }

  /// What is in the store enters the plan with the key it was made under.
  std::size_t add_stored(Kind kind, const Release& release, const Port& port, const StoreEntry& entry) {
    Step step;
    step.kind = kind;
    step.release = &release;
    step.port = port;
    step.profile = entry.profile;
    step.key = entry.key();
    step.stored = entry.entry;
    step.stranger = entry.is_strangers();
    step.why = "in the store since " + utc_text(entry.made);
    if (!entry.whence().empty()) step.why += ", " + entry.whence();
    if (step.stranger) note(entry.path.filename().string() + " is " + entry.whence() + ". " + how_to_vouch);
    plan_.steps.push_back(std::move(step));
    return plan_.steps.size() - 1;
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
    for (const Release& release : releases_.all()) {
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

  std::optional<std::size_t> stored_start(const Bootstrap& start) {
    for (const auto& [go, release, entry] : stored_) {
      if (go == start.go) return add_stored(Kind::host, *release, own_port(), entry);
    }
    return std::nullopt;
  }

  const PlanRequest& request_;
  const Releases& releases_;
  const std::vector<StoreEntry> entries_;  // of the store
  Plan plan_;
  std::vector<std::pair<Profile, std::size_t>> hosts_;  // of the release asked for
  std::vector<std::tuple<std::filesystem::path, const Release*, StoreEntry>> stored_;
};

}  // namespace

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
