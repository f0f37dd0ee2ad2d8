// An SDK of a host toolchain that was unpacked for it alone: its files are moved, where those of a store's
// would be linked. There are fifteen thousand of them.
#pragma once

#include "sdk/layout.hpp"

#include <filesystem>

namespace gostrap {

/// As make_sdk(). `parts.host` lies on the output's file system, below the output if need be, and is gone
/// afterwards.
void make_sdk_of_own_host(const SdkParts& parts, const std::filesystem::path& output);

}  // namespace gostrap
