// Whose something is, by a provenance that is at hand.
#pragma once

#include "support/json.hpp"

namespace gostrap {

/// Whether it is of something that a stranger made or brought: docs/TRUST.md.
bool is_strangers(const Json& provenance);

}  // namespace gostrap
