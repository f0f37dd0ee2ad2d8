// The plan: the steps from pinned releases to what was asked for, before anything is run.
#pragma once

#include "release/releases.hpp"
#include "road/step.hpp"
#include "store/store.hpp"
#include "toolchain/ladder.hpp"

#include <filesystem>
#include <optional>
#include <set>
#include <vector>

namespace gostrap {

struct Goal {
  Kind kind = Kind::sdk;  ///< not a source; a host is the machine's own
  ReleasePort at;
  bool reference = false;            ///< the toolchain (and the archives of it) by GOOS/GOARCH make.bash
  std::optional<Profile> profile{};  ///< where it is not the request's
};

struct PlanRequest {
  const Release* release = nullptr;
  std::vector<Goal> goals;
  /// A GOROOT or go command to start from. Without one, a host toolchain that is in the store already will
  /// do, whatever it was built from: canonical bits do not depend on it.
  /// `published` stands for an older Go out of upstream's own archive.
  std::optional<std::filesystem::path> bootstrap;
  /// Take the host toolchain from upstream's own archive, unless the store has one that was built.
  bool published = false;
  std::set<Version> rungs{};  ///< releases of which the user has named a source: rungs before others
  /// Take a stranger's host toolchain where there is no other: what it compiles is then a stranger's too.
  bool accept_strangers = false;
  Profile profile{};             ///< of all goals that have none of their own
  std::vector<Patch> patches{};  ///< that the profile names
};

struct PlannedStep {
  std::optional<Step> step;  ///< nothing for what the store has already
  Output output;
  std::vector<Need> needs;
  std::string inputs;     ///< all that decides its output, as a JSON object; empty where there is no step
  std::string key;        ///< of the inputs, or of the entry that is there
  std::string why;        ///< for whoever reads the plan
  std::string stored;     ///< the entry's name, where the plan takes one that is there, whatever it is called
  bool stranger = false;  ///< it is a stranger's, or is made with what is: the user accepted that

  std::string name() const { return output.name(); }
  std::string entry() const { return stored.empty() ? key + "-" + name() : stored; }  ///< in the store
};

/// The Go from outside of the store that a step starts from, if it does.
const Bootstrap* bootstrap_of(const PlannedStep& step);

/// Upstream's archive that a step unpacks, if it does.
std::optional<PublishedArchive> published_by(const PlannedStep& step);

/// Whether the store has what the step makes. What a stranger brought is not that, under whatever key it
/// lies.
bool is_made(const Store& store, const PlannedStep& step);

struct Plan {
  std::vector<PlannedStep> steps;  ///< a step after those it needs
  std::vector<std::size_t> goals;  ///< the steps that make what was asked for, in the order of asking
  std::string passed_over;         ///< why GOROOT_BOOTSTRAP was not looked at any further; empty where it was
  std::vector<std::string> notes;  ///< what is a stranger's in it, or was left aside because it is

  /// The step's number: that of the one with the same key, where it is in the plan already.
  std::size_t add(PlannedStep step);
  /// The same of a step that is to be run, with its inputs and key.
  std::size_t add(Step step, std::string why);
};

/// Throws UsageError for toolchains that cannot be hosted where they are wanted, Error where no ladder leads
/// to the release.
Plan make_plan(const PlanRequest& request, const Releases& releases, const Store& store);

/// The steps that have to run because a goal is not in the store, by index, in order.
std::vector<std::size_t> missing_steps(const Plan& plan, const Store& store);

}  // namespace gostrap
