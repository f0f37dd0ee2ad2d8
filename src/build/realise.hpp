// Runs a plan over a store: what is there is skipped, what is not is made, once, however many ask for it at a
// time.
#pragma once

#include "build/plan.hpp"
#include "build/store.hpp"
#include "source/source.hpp"
#include "support/progress.hpp"
#include "toolchain/conditions.hpp"

#include <map>
#include <string>
#include <vector>

namespace gostrap {

struct RealiseOptions {
  std::map<Version, std::vector<std::string>>
      origins;                            ///< where to get a release's source; else its own origins
  std::vector<std::string> every_origin;  ///< tried instead of a release's own origins (GOSTRAP_MIRROR)
  bool offline = false;
  Limits limits;
  Patience patience;
  unsigned jobs = 0;
  Conditions conditions;
};

/// Makes every missing step of the plan; the goals' paths, in their order.
std::vector<std::filesystem::path> realise(const Plan& plan, const Store& store,
                                           const RealiseOptions& options, Progress& progress);

}  // namespace gostrap
