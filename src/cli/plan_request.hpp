// The words that build and plan share: ports, goals, release, bootstrap, origins.
#pragma once

#include "cli/command_line.hpp"
#include "road/plan.hpp"
#include "road/realise.hpp"

namespace gostrap {

/// How to make something: processors, limits, bootstrap, origins.
void add_making_options(CommandLine& line);
/// These, and what to make.
void add_plan_options(CommandLine& line);
PlanRequest plan_request(const CommandLine& line, const Releases& releases);
/// What the plan has to say of strangers' entries, on standard error.
void tell_notes(const Plan& plan);
RealiseOptions realise_options(const CommandLine& line, const Release& release);

}  // namespace gostrap
