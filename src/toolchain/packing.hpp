// Upstream's archives of a toolchain, packed by the release's own distpack: only Go's compressor makes the
// published bits.
#pragma once

#include "toolchain/build.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace gostrap {

/// Builds distpack at `program` (new) with the toolchain at `host` (a GOROOT). It leaves the source archive
/// out, which is the same for every port; where its source is not as expected, it packs that too, and is only
/// slower.
void build_distpack(const Release& release, const std::filesystem::path& host, const BuildOptions& options,
                    const std::filesystem::path& program, Progress& progress);

/// src/cmd/distpack/pack.go without the line that packs the source; nothing when it has not exactly one such
/// line.
std::optional<std::string> without_source_archive(const std::string& pack_go);

/// Packs the toolchain at `toolchain` (a GOROOT hosted on `port`) with `distpack`. `out` (a directory that is
/// there) gets the archive and the module's .zip, .mod and .info. A source archive that distpack makes too is
/// held against its pin, then dropped.
BuildRun build_archives(const Release& release, const Port& port, const std::filesystem::path& distpack,
                        const std::filesystem::path& toolchain, const BuildOptions& options,
                        const std::filesystem::path& out, Progress& progress);

}  // namespace gostrap
