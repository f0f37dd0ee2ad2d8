// Upstream's archives of a toolchain, packed by the release's own distpack.
#pragma once

#include "toolchain/build.hpp"

#include <filesystem>

namespace gostrap {

struct Packing {
  HostedPort at;
  std::filesystem::path distpack;
  std::filesystem::path toolchain;  ///< a GOROOT hosted there
};
/// Packs it; `out` (a directory that is there) gets the archive and the module's .zip, .mod and .info. A
/// source archive that distpack makes too is held against its pin, then dropped.
BuildRun build_archives(const Packing& packing, const std::filesystem::path& out, const Workshop& workshop);

}  // namespace gostrap
