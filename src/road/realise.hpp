// Runs a plan over a store: what is there is skipped, what is not is made, once, however many ask for it at a
// time. Steps that do not need each other run side by side.
#pragma once

#include "road/plan.hpp"
#include "source/source.hpp"
#include "store/store.hpp"
#include "support/progress.hpp"
#include "toolchain/conditions.hpp"

#include <optional>
#include <vector>

namespace gostrap {

struct RealiseOptions {
  SourceSettings sources;
  Conditions conditions;
  unsigned jobs = 0;  ///< processors to use; 0: all
};

/// What there is in the end.
struct Realised {
  std::vector<std::optional<std::filesystem::path>> goals;  ///< in the plan's order; nothing for one not made
  std::optional<Error> failure;  ///< of all steps that failed, in one; the others were made all the same
};

/// Makes every missing step of the plan. Throws Interrupted; steps that are done by then stay.
Realised realise(const Plan& plan, const Store& store, const RealiseOptions& options, PlanProgress& progress);

}  // namespace gostrap
