// Which release a verb takes that was told none: what the store has comes before a default that it has not,
// so that what was built, or carried in, is found by the next command.
#pragma once

#include "release/releases.hpp"
#include "store/store.hpp"

#include <string>
#include <vector>

namespace gostrap {

/// What the verb is about to look for, or to make.
struct WantedOutput {
  Kind kind = Kind::sdk;
  std::vector<Port> ports;  ///< none: whatever the store has of that kind
  Profile profile{};        ///< as it was asked for
};

/// How much of what is wanted the store has of a release.
enum class StoreHas { nothing, some, host, all };

struct ChosenRelease {
  const Release* release = nullptr;
  /// Why it is not the default, for whoever did not name one: "the store has an SDK of it for linux/riscv64".
  /// Empty where it was named, or is the default.
  std::string why;
  StoreHas there = StoreHas::nothing;
  bool in_place = false;  ///< of the one that the project names
};

/// The release that `named` names; without a name the first of these that there is, the default before
/// others and newer before older ones: one of which the store has all that is wanted; one of which it has the
/// host toolchain that makes it; one of which it has some of what is wanted; the default.
ChosenRelease choose_release(const Releases& releases, const std::string& named,
                             const std::vector<StoreEntry>& entries, const WantedOutput& wanted);

}  // namespace gostrap
