// Which release a verb takes: the one that is named, else what the project says that one stands in, else what
// the store has, else the default.
#pragma once

#include "cli/common_words.hpp"
#include "project/wish.hpp"
#include "release/releases.hpp"
#include "road/choose_release.hpp"

namespace gostrap {

/// Says on standard error which one it is, and why, where nobody named it and it is not the default.
const Release& chosen_release(const CommonWords& common, const ReleaseWord& named, const Releases& releases,
                              const WantedOutput& wanted);

/// The same for whoever has read the project.
const Release& chosen_release(const CommonWords& common, const ReleaseWord& named, const Releases& releases,
                              const WantedOutput& wanted, const Project& project);

/// The project that the words are for.
Project project_of(const ReleaseWord& named);

}  // namespace gostrap
