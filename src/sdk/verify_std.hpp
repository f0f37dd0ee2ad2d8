// verify, of a compiled std: does the SDK make with it what it makes without?
#pragma once

#include "sdk/check.hpp"
#include "sdk/manifest.hpp"

#include <filesystem>

namespace gostrap {

/// Builds a hello with that SDK's go command twice, plain and with -trimpath: with the compiled std at
/// `output`, when no package of std may be compiled, and without. The programs must be the same.
Check check_std(const std::filesystem::path& output, const std::filesystem::path& sdk);

}  // namespace gostrap
