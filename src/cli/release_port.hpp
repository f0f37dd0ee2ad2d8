// gostrap release show V PORT: what a profile can set for programs of a port, and what cannot work there.
#pragma once

#include "release/release.hpp"

namespace gostrap {

void show_port(const ReleasePort& at, bool as_json);

}  // namespace gostrap
