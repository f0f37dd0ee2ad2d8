// Names such as go1.24.4 for the toolchains of a store. A go command of 1.21 or later that wants another
// release looks for such a name on PATH before it downloads one (GOTOOLCHAIN=auto or path; Exec in
// src/cmd/go/internal/toolchain/select.go).
#pragma once

#include "release/releases.hpp"
#include "store/store.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gostrap {

struct ToolchainLink {
  std::string entry;  ///< "KEY-NAME"
  std::filesystem::path link;
};

/// Makes links in `directory` for these versions, or where none is named for all of which the store has a
/// toolchain that runs here, upstream's bits and no stranger's; each is a root. What is named so there and
/// led into the store, to what has gone or to what is none of these any more, is removed, unless versions
/// were named. Throws Error for a version of which there is none, and where something else has such a name.
std::vector<ToolchainLink> link_toolchains(const Store& store, const Releases& releases,
                                           const std::vector<Version>& named,
                                           const std::filesystem::path& directory);

}  // namespace gostrap
