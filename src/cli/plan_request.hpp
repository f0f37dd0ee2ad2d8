// The words that build and plan share: ports, goals, release, bootstrap, origins.
#pragma once

#include "cli/common_words.hpp"
#include "cli/profile_options.hpp"
#include "release/releases.hpp"
#include "road/plan.hpp"
#include "road/realise.hpp"
#include "road/see_source.hpp"

#include <memory>

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
  bool with_std = false;  ///< with each SDK
  bool from_published = false;
  ProfileWords profile;
  MakingWords making;

  void declare(Options& options);
};

/// Whether the host toolchain is to be upstream's own: --published, or GOSTRAP_PUBLISHED where the words do
/// not say what it is to be built from.
bool wants_published(const PlanWords& words);
/// The release that the words name, or the one that the store speaks for.
const Release& asked_release(const PlanWords& words, const Releases& releases);
PlanRequest plan_request(const PlanWords& words, const Release& release);
/// What the plan has to say of strangers' entries, on standard error.
void tell_notes(const Plan& plan);
RealiseOptions realise_options(const MakingWords& words, bool offline, const Release& release);
/// Looks at the source of a release of which no NAR hash is known: completes it in `releases` and in the
/// user's own file, and makes its tree the first origin for as long as the result lives. Where the toolchain
/// is `published`, nothing is built from it, and the origins stay: they may name that toolchain's archive.
std::unique_ptr<SeenSource> see_source(const CommonWords& words, const Version& version, Releases& releases,
                                       SourceSettings& settings, bool published);

}  // namespace gostrap
