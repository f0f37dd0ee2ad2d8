// The script of a contract, which makes the same bytes from it with nothing but the SDK and the sources.
#pragma once

#include "support/json.hpp"

#include <string>

namespace gostrap {

/// A script for bash and coreutils. It is made from the JSON alone, so that nothing is in it that the
/// contract does not say. Its variables SDK, SRC, … say where things are, if not where they were.
std::string replay_script(const Json& contract);

}  // namespace gostrap
