// What `gostrap compile` is asked for and cannot make, said before anything runs.
#pragma once

#include "release/feature.hpp"

#include <optional>

namespace gostrap {

/// Why it makes no program with that feature: the port cannot have it in this release, or it takes a C
/// toolchain, which `gostrap compile` never runs, or it makes no such thing. Nothing where it does.
std::optional<Refusal> why_not_compiled(const Port& port, Feature feature, const Release& release);

}  // namespace gostrap
