// The words that name a profile: --profile, --patch, --bake and --fallback, and those for C.
#pragma once

#include "cli/c_compiler_words.hpp"
#include "cli/common_words.hpp"
#include "release/profile.hpp"
#include "source/patch.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace gostrap {

struct ProfileWords {
  std::vector<std::string> values, patches;
  bool bake = false, fallback = false;
  CCompilerWords c;

  void declare(Options& options);
  void declare_without_c(Options& options);  ///< for what compiles none
  /// Whether they name anything.
  bool asked() const { return !values.empty() || !patches.empty() || bake || c.asked(); }
};

struct AskedProfile {
  Profile profile;
  std::vector<Patch> patches;
};

/// Where a profile is chosen, not where one is looked for: what its settings do that many expect otherwise,
/// each once.
void say_remarks(const Profile& profile, std::set<std::string>& said);

/// Whether a C compiler is asked what it is, or an SDK of the store says so as long as none of its parts has
/// changed.
enum class CSearch { anew, known_first };

/// What the words ask for, checked for programs of `ports` (none: see checked_profile); where the store has
/// the release's source, against that too. What --fallback takes instead is said on standard error.
AskedProfile asked_profile(const ProfileWords& words, const Store& store, const Release& release,
                           const std::vector<Port>& ports, CSearch search = CSearch::anew);

/// The same for several ports, each for itself: what one cannot have is no reason to take it from another.
struct AskedProfiles {
  std::map<Port, Profile> profiles;
  std::vector<Patch> patches;
};
AskedProfiles asked_profiles(const ProfileWords& words, const Store& store, const Release& release,
                             const std::vector<Port>& ports);

/// The words that ask for that profile again: " --profile GOAMD64=v4 --bake --patch FILE".
std::string profile_words(const ProfileWords& words, const Profile& profile);

/// What the words name, before a release has been chosen to check it for; C aside, since which compiler that
/// is takes a look at the machine.
Profile unchecked_profile(const ProfileWords& words);

}  // namespace gostrap
