// Upstream's archives of a toolchain, packed by the release's own distpack.
#pragma once

#include "toolchain/build.hpp"

#include <filesystem>

namespace gostrap {

/// Packs the toolchain at `toolchain` (a GOROOT hosted on `port`) with `distpack`. `out` (a directory that is
/// there) gets the archive and the module's .zip, .mod and .info. A source archive that distpack makes too is
/// held against its pin, then dropped.
BuildRun build_archives(const Release& release, const Port& port, const std::filesystem::path& distpack,
                        const std::filesystem::path& toolchain, const BuildOptions& options,
                        const std::filesystem::path& out, Progress& progress);

}  // namespace gostrap
