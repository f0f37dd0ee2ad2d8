#include "road/repair.hpp"

#include "road/rebuild.hpp"
#include "sdk/layout_check.hpp"
#include "sdk/manifest.hpp"
#include "sdk/verify.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "support/nar.hpp"
#include "support/stage.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <list>

namespace gostrap {
namespace {

/// The plan by which an entry was made, from its provenance, which holds those of all that it was made from.
class Replay {
 public:
  Replay(const Releases& releases, const Store& store, std::string doing)
      : releases_(releases), store_(store), doing_(std::move(doing)) {}

  std::size_t add(const Provenance& provenance) {
    const auto same = std::find_if(plan.steps.begin(), plan.steps.end(),
                                   [&](const PlannedStep& each) { return each.key == provenance.key; });
    if (same != plan.steps.end()) return static_cast<std::size_t>(same - plan.steps.begin());

    const StepInputs& inputs = inputs_of(provenance);
    const Release& release = releases_.get(inputs.release);
    if (release.nar() != inputs.source)
      refuse(provenance, release.name() + " is now pinned to " + sri(release.nar()));
    PlannedStep planned;
    planned.output = {inputs.kind, &release, inputs.port.value_or(Port()), inputs.reference, inputs.profile};
    planned.inputs = inputs.text;
    planned.key = provenance.key;
    planned.why = provenance.why;
    std::vector<Made> made;
    for (const Provenance& from : provenance.from) made.push_back({&inputs_of(from), add(from)});
    planned.step = step_of(provenance, planned, made);
    planned.needs = needs_of(*planned.step);
    if (inputs.kind == Kind::host && inputs.bootstrap && !inputs.bootstrap->go.empty())
      outside_.push_back({plan.steps.size(), *inputs.bootstrap});
    return plan.add(std::move(planned));
  }

  /// A host that is to be built again needs the very bootstrap that it was built from.
  void find_bootstraps(const std::vector<bool>& wanted, const std::optional<fs::path>& named) {
    for (const auto& [index, identity] : outside_) {
      if (wanted[index]) std::get<HostStep>(*plan.steps[index].step).from = find_bootstrap(identity, named);
    }
  }

  Plan plan;

 private:
  struct Outside {
    std::size_t step;
    BootstrapId identity;
  };

  /// What a step was made from, and the number of the step that makes it.
  struct Made {
    const StepInputs* inputs;
    std::size_t step;
  };

  /// The one of that kind; the pinned source, where it is a source that is wanted.
  Need need(const Provenance& provenance, const std::vector<Made>& made, Kind kind) const {
    for (const Made& each : made) {
      if (each.inputs->kind == kind && (kind != Kind::source || each.inputs->profile.empty()))
        return each.step;
    }
    refuse(provenance, "it does not say what " + text(kind) + " it was made from");
  }

  Step step_of(const Provenance& provenance, const PlannedStep& planned,
               const std::vector<Made>& made) const {
    const auto& [kind, release, port, reference, profile] = planned.output;
    const auto needed = [&](Kind which) { return need(provenance, made, which); };
    const auto patches = [&] {
      return ::gostrap::patches_of(planned.output.profile, store_.path(planned.entry()), store_);
    };
    switch (kind) {
      case Kind::source:
        if (profile.empty()) return SourceStep{release};
        return PatchedSourceStep{release, profile, patches(), needed(Kind::source)};
      case Kind::host:
        if (inputs_of(provenance).published) return PublishedHostStep{release};
        return host_step(planned, patches(), needed(Kind::source), made);
      case Kind::toolchain:
        return ToolchainStep{HostedPort(release->at(port)), reference, profile, needed(Kind::host)};
      case Kind::sdk:
        return SdkStep{release->at(port), profile, needed(Kind::host)};
      case Kind::archives:
        return ArchivesStep{HostedPort(release->at(port)), reference, profile, needed(Kind::host),
                            needed(Kind::toolchain)};
      case Kind::compiled_std:
        return StdStep{release->at(port), profile, needed(Kind::sdk)};
      case Kind::modules:
        break;
    }
    refuse(provenance, "no step makes " + text(kind));
  }

  HostStep host_step(const PlannedStep& planned, std::vector<Patch> patches, Need source,
                     const std::vector<Made>& made) const {
    HostStep step{planned.output.release, planned.output.profile, std::move(patches), Bootstrap(), source};
    for (const Made& each : made) {
      if (each.inputs->kind == Kind::host)
        step.from = RungBelow{&releases_.get(each.inputs->release), each.step};
      if (each.inputs->kind == Kind::source && !each.inputs->profile.empty()) step.patched = each.step;
    }
    return step;
  }

  [[noreturn]] void refuse(const Provenance& provenance, const std::string& why) const {
    throw Error(doing_, "the provenance of " + provenance.name + " cannot be followed: " + why,
                "Remove the entry, and `gostrap build` it anew.");
  }

  const StepInputs& inputs_of(const Provenance& provenance) const {
    if (!provenance.inputs) refuse(provenance, "it does not say what it was made from");
    if (key_of(provenance.inputs->text) != provenance.key)
      refuse(provenance, "its inputs do not hash to its key");
    return *provenance.inputs;
  }

  Bootstrap find_bootstrap(const BootstrapId& identity, const std::optional<fs::path>& named) const {
    std::vector<Bootstrap> found;
    if (named) {
      std::string why;
      if (auto bootstrap = probe_bootstrap(*named, "--bootstrap", why))
        found.push_back(std::move(*bootstrap));
    } else {
      found = search_bootstraps().found;
    }
    for (Bootstrap& bootstrap : found) {
      if (bootstrap_id(bootstrap) == identity) return std::move(bootstrap);
    }
    throw Error(doing_,
                "it was built from " + identity.name + " with SHA-256 " + identity.go +
                    ", which is not here any more",
                "Name it: --bootstrap GOROOT. Or remove the entry, and `gostrap build` it anew.");
  }

  const Releases& releases_;
  const Store& store_;
  std::string doing_;
  std::list<Outside> outside_;
};

/// A patched source has no pin: its provenance says what it was.
bool is_sound_patched(const PlannedStep& step, const Store& store) {
  const Provenance provenance = read_provenance(store.provenance_file(step.entry()));
  return provenance.making && sri(nar_hash(store.path(step.entry())).digest) == provenance.making->nar;
}

bool is_sound(const PlannedStep& step, const Store& store) {
  const fs::path path = store.path(step.entry());
  try {
    if (step.output.kind == Kind::source) {
      if (!step.output.profile.empty()) return is_sound_patched(step, store);
      require_source(*step.output.release, path);
      return true;
    }
    const Manifest manifest = read_manifest(path);
    return check_files(path, manifest).result == Check::Result::passed &&
           check_layout(path, manifest, step.output.release).result == Check::Result::passed;
  } catch (const std::exception&) {
    return false;  // not there, or not to be read
  }
}

/// A damaged entry, out of the way; put back when nothing took its place.
class DamagedEntry {
 public:
  DamagedEntry(const Store& store, const PlannedStep& step)
      : place_(store.path(step.entry())), held_(store.work(), step.entry() + ".damaged", 0700) {
    struct stat status = {};
    if (::lstat(place_.c_str(), &status) != 0) throw system_error("move " + place_.string());
    if (S_ISDIR(status.st_mode)) ::chmod(place_.c_str(), 0755);  // or only root may move it
    mode_ = status.st_mode & 07777U;
    if (::rename(place_.c_str(), aside().c_str()) != 0) throw system_error("move " + place_.string());
  }
  ~DamagedEntry() {
    std::error_code ignored;
    if (fs::exists(fs::symlink_status(place_, ignored))) return;
    if (::rename(aside().c_str(), place_.c_str()) == 0) ::chmod(place_.c_str(), mode_);
  }
  DamagedEntry(const DamagedEntry&) = delete;
  DamagedEntry& operator=(const DamagedEntry&) = delete;

 private:
  fs::path aside() const { return held_.path() / "entry"; }

  fs::path place_;
  HeldDirectory held_;
  mode_t mode_ = 0;
};

}  // namespace

std::vector<std::string> repair(const fs::path& path, const BuildSetup& setup, PlanProgress& watcher) {
  const Store& store = setup.store;
  const std::string doing = "make " + path.string() + " again";
  const fs::path file = store.provenance_file(path.filename().string());
  if (path.parent_path() != store.root() || !fs::exists(file)) {
    throw Error(
        doing, "it is no entry of the store " + store.root().string(),
        "Only those can be repaired (--store DIR names another store): run the step that made it once more.");
  }
  const Provenance provenance = read_provenance(file);
  const bool has_own_key = provenance.inputs && key_of(provenance.inputs->text) == provenance.key;
  if (provenance.installed && (!has_own_key || store.is_strangers(path.filename().string()))) {
    throw Error(doing, "it came with a bundle that does not say what it was made from",
                "Remove it, and install that bundle again: chmod -R u+w " + path.string() + " && rm -r " +
                    path.string());
  }
  Replay replay(setup.releases, store, doing);
  Plan& plan = replay.plan;
  plan.goals = {replay.add(provenance)};

  const std::shared_ptr<Progress> progress = watcher.begin({});
  // from the goal down: what a sound entry was made from does not matter
  progress->phase("Looking for what is damaged");
  std::vector<bool> wanted(plan.steps.size(), false), damaged(plan.steps.size(), false);
  wanted[plan.goals.front()] = true;
  for (std::size_t i = plan.steps.size(); i-- > 0;) {
    damaged[i] = wanted[i] && !is_sound(plan.steps[i], store);
    for (const std::size_t need : plan.steps[i].needs) wanted[need] = wanted[need] || damaged[i];
  }
  std::vector<std::string> names;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    if (damaged[i]) names.push_back(plan.steps[i].name());
  }
  if (names.empty()) return names;
  replay.find_bootstraps(damaged, setup.bootstrap);

  store.prepare();
  std::list<DamagedEntry> moved;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    if (!damaged[i] || !fs::exists(fs::symlink_status(store.path(plan.steps[i].entry())))) continue;
    const FileLock lock =
        store.lock(plan.steps[i].key, [&] { progress->note("Another gostrap is at work on it: waiting."); });
    progress->note(plan.steps[i].name() + " is damaged: it is made again.");
    moved.emplace_back(store, plan.steps[i]);
  }
  const Realised realised = realise(plan, store, setup.options, watcher);
  if (realised.failure) throw Error(*realised.failure);
  return names;
}

}  // namespace gostrap
