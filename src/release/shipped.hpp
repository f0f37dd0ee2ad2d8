// nix/releases.json, compiled in by CMake.
#pragma once

#include <string_view>

namespace gostrap {

std::string_view shipped_releases();

}  // namespace gostrap
