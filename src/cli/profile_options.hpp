// The words that name a profile: --profile, --patch, --bake and --fallback.
#pragma once

#include "cli/command_line.hpp"
#include "release/profile.hpp"
#include "source/patch.hpp"

#include <vector>

namespace gostrap {

void add_profile_options(CommandLine& line);

struct AskedProfile {
  Profile profile;
  std::vector<Patch> patches;
};

/// What the words ask for, checked for programs of `ports` (none: see checked_profile); where the store has
/// the release's source, against that too. What --fallback takes instead is said on standard error.
AskedProfile asked_profile(const CommandLine& line, const Release& release, const std::vector<Port>& ports);

}  // namespace gostrap
