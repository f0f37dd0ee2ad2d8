// The plan: the steps from pinned releases to what was asked for, before anything is run.
#pragma once

#include "road/step.hpp"
#include "store/store.hpp"
#include "toolchain/ladder.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace gostrap {

struct Goal {
  Kind kind = Kind::sdk;  ///< not a source; a host is the machine's own
  Port port;
  bool reference = false;            ///< the toolchain (and the archives of it) by GOOS/GOARCH make.bash
  std::optional<Profile> profile{};  ///< where it is not the request's
};

struct PlanRequest {
  const Release* release = nullptr;
  std::vector<Goal> goals;
  /// A GOROOT or go command to start from. Without one, a host toolchain that is in the store already will
  /// do, whatever it was built from: canonical bits do not depend on it.
  std::optional<std::filesystem::path> bootstrap;
  /// Take a stranger's host toolchain where there is no other: what it compiles is then a stranger's too.
  bool accept_strangers = false;
  Profile profile{};             ///< of all goals that have none of their own
  std::vector<Patch> patches{};  ///< that the profile names
};

struct Plan {
  std::vector<Step> steps;         ///< a step after those it needs
  std::vector<std::size_t> goals;  ///< the steps that make what was asked for, in the order of asking
  std::string passed_over;         ///< why GOROOT_BOOTSTRAP was not looked at any further; empty where it was
  std::vector<std::string> notes;  ///< what is a stranger's in it, or was left aside because it is
};

/// Throws UsageError for ports that the release does not have or that cannot be hosted, Error where no ladder
/// leads to the release.
Plan make_plan(const PlanRequest& request, const Releases& releases, const Store& store);

/// The steps that have to run because a goal is not in the store, by index, in order.
std::vector<std::size_t> missing_steps(const Plan& plan, const Store& store);

}  // namespace gostrap
