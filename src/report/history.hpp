// How outputs came to be, as their provenance tells: every step on the way, each once, in the order of time.
#pragma once

#include "store/provenance.hpp"

#include <string>
#include <vector>

namespace gostrap {

/// Of the step at the root of a provenance and of all that it came from, which they hold no more. `name` is
/// for one that does not tell its own.
std::vector<Provenance> history_of(Provenance provenance, const std::string& name);

/// All of them together: what several have in common stands there once.
std::vector<Provenance> merged(std::vector<Provenance> steps);

double begin_of(const Provenance& step);  ///< seconds since 1970; 0 where that is not told
double seconds_of(
    const Provenance& step);  ///< of the step, or of its commands where that is all that is told
double cpu_seconds_of(const Provenance& step);  ///< of its commands; 0 where that was not recorded
const std::vector<std::string>& command_of(const Provenance& step);
std::string port_of(const Provenance& step);  ///< "linux/riscv64"; empty where it has none

}  // namespace gostrap
