// What `gostrap compile` is asked for and cannot make, said before anything runs.
#pragma once

#include "release/feature.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gostrap {

/// Why it makes no program with that feature: the port cannot have it in this release, or it takes a C
/// toolchain, which `gostrap compile` never runs, or it makes no such thing. Nothing where it does.
std::optional<Refusal> why_not_compiled(const Port& port, Feature feature, const Release& release);

struct AskedMode {
  std::string mode;               ///< "" (what the port prefers) or "exe", where no feature says it
  std::vector<Feature> features;  ///< that the program is to have, such as pie or race
};

struct SettledMode {
  std::string mode;                   ///< "", "exe" or "pie"
  std::vector<std::string> left_out;  ///< of each feature that was left out, why
};

/// Throws Error for a feature that cannot be, unless with `fallback` there is something instead of it.
SettledMode settled_mode(const AskedMode& asked, bool fallback, const Port& port, const Release& release);

}  // namespace gostrap
