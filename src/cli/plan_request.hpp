// The words that build and plan share: ports, goals, release, bootstrap, origins.
#pragma once

#include "cli/common_words.hpp"
#include "cli/profile_options.hpp"
#include "road/plan.hpp"
#include "road/realise.hpp"

namespace gostrap {

/// How to make something: processors, limits, bootstrap, origins.
struct MakingWords {
  JobsWord jobs;
  LimitsWords limits;
  PatienceWords patience;
  std::optional<fs::path> bootstrap;
  std::vector<std::string> from;

  void declare(Options& options);
};

/// These, and what to make.
struct PlanWords {
  CommonWords common;
  ReleaseWord release;
  bool all = false, hosted = false, archives = false, reference = false, accept_unsigned = false;
  ProfileWords profile;
  MakingWords making;

  void declare(Options& options);
};

PlanRequest plan_request(const PlanWords& words, const Releases& releases);
/// What the plan has to say of strangers' entries, on standard error.
void tell_notes(const Plan& plan);
RealiseOptions realise_options(const MakingWords& words, bool offline, const Release& release);

}  // namespace gostrap
