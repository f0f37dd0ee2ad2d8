// The release that a verb works with.
#pragma once

#include "cli/common_words.hpp"
#include "road/choose_release.hpp"

namespace gostrap {

/// The release that --release names, else one that the store has (choose_release.hpp), which is said on
/// standard error where it is not the default. Lives as long as `releases`.
const Release& chosen_release(const CommonWords& common, const ReleaseWord& named, const Releases& releases,
                              const WantedOutput& wanted);

}  // namespace gostrap
