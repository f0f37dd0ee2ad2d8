// The release's own distpack, built once for all ports: only Go's compressor makes the published bits. What
// it would do again for every port is left out of it; the bits stay the same.
#pragma once

#include "toolchain/build.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace gostrap {

/// Builds distpack at `program` (new) with the toolchain at `host` (a GOROOT). It leaves the source archive
/// out, which is the same for every port, and compresses each file of a zip once for all runs that share a
/// directory GOSTRAP_DEFLATED. Where its source is not as expected, it is only slower.
void build_distpack(const Release& release, const std::filesystem::path& host,
                    const std::filesystem::path& program, const Workshop& workshop);

/// src/cmd/distpack/pack.go without the line that packs the source; nothing when it has not exactly one such
/// line.
std::optional<std::string> without_source_archive(const std::string& pack_go);

/// src/cmd/distpack/pack.go with deflateOnce where it makes a zip's compressor; nothing when it does not do
/// so in exactly one place.
std::optional<std::string> deflating_once(const std::string& pack_go);

}  // namespace gostrap
