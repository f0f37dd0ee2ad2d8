// JSON as in-toto signs it (OLPC's canonical form): keys in the order of their bytes, no space, and in
// strings no escape but that of a quote and a backslash.
#pragma once

#include "support/json.hpp"

#include <string>

namespace gostrap {

/// Throws Error, with `name`, for a number that is no integer: it has no canonical form.
std::string canonical_json(const Json& json, const std::string& name);

}  // namespace gostrap
