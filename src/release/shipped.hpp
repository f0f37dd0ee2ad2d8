// nix/releases.json and nix/settings.json, compiled in by CMake.
#pragma once

#include <string_view>

namespace gostrap {

std::string_view shipped_releases();
std::string_view shipped_settings();

}  // namespace gostrap
