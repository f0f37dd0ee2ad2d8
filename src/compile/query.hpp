// Asks the SDK's go command about a program, under an exact environment; the answer is kept, and not asked
// for again as long as nothing that it came from has changed.
#pragma once

#include "compile/program_query.hpp"
#include "compile/step_cache.hpp"
#include "support/process.hpp"

namespace gostrap {

/// Throws Error with what the go command says when it cannot list the package.
ProgramAnswer query_program(const ProgramQuery& query, const StepCache& cache);

/// The environment in which the SDK's go command is asked. What finds modules and fetches them (git, ssh,
/// proxies, certificates, helpers of any name) comes from the caller; Go's own settings and a C compiler's do
/// not, but for those of modules. No command of a step sees any of it. GOCACHE lies in the compile cache: the
/// go command keeps indexes of modules there, and no objects.
Environment query_environment(const ProgramQuery& query, const StepCache& cache);

}  // namespace gostrap
