// Which files of a built Go tree make a toolchain: those that cmd/distpack packs (src/cmd/distpack/pack.go,
// binArch). Only the tree below bin and pkg is touched: what make.bash generates in src is part of upstream's
// archives too.
#pragma once

#include "release/port.hpp"
#include "release/version.hpp"
#include "support/files.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gostrap {

/// Where a built tree keeps the programs of `port`: bin and pkg/tool/… of the machine that built it, or below
/// bin/GOOS_GOARCH when it was cross-compiled.
struct BuiltTree {
  std::filesystem::path goroot;
  Port port;
  bool cross = false;
};

/// The tools that the release's distribution keeps: before 1.25 all but api, dist, distpack and metadata;
/// since then only those that builds need.
bool is_distributed_tool(const Version& version, const std::string& tool);

/// Puts the toolchain's files from `built` to `goroot` (new), with distpack's modes. Files that are the same
/// in `shared` (a GOROOT; may be empty) are linked from there when `how` says so.
void place_distribution(const BuiltTree& built, const Version& version, const std::filesystem::path& shared,
                        CopyMode how, const std::filesystem::path& goroot);

/// Removes what make.bash generated from a built or distributed GOROOT, so that the canonical source is left
/// (distpack's srcArch).
void strip_to_source(const std::filesystem::path& goroot);

}  // namespace gostrap
