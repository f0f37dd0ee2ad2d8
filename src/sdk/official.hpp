// The comparison with what upstream published.
#pragma once

#include "release/releases.hpp"
#include "sdk/check.hpp"
#include "sdk/manifest.hpp"
#include "sdk/upstream_archive.hpp"
#include "support/progress.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

/// Holds one archive (by its file name) against the published checksum of its release.
Check check_official_archive(const std::filesystem::path& file, const Releases& releases);

/// darwin archives as published carry Apple's signatures, which nobody else can make.
bool is_signed_by_apple(const std::string& file);

/// The module's hashes as the lines that https://sum.golang.org/lookup/golang.org/toolchain@VERSION has, for
/// whoever can ask it.
Check check_module(const std::filesystem::path& output, const Manifest& manifest);

/// The archives themselves of an output of archives, without the modules beside them.
std::vector<std::filesystem::path> archives_in(const std::filesystem::path& output, const Manifest& manifest);

/// Every archive of an archives output, and its module.
std::vector<Check> check_official_archives(const std::filesystem::path& output, const Manifest& manifest,
                                           const Releases& releases);

/// Files that an SDK keeps as upstream has them, since its own are otherwise.
Originals originals_of(const std::filesystem::path& output, const Manifest& manifest);

/// Packs the toolchain (an SDK's without its go.env) into upstream's archive again and holds that against the
/// published checksum. gostrap packs it itself; where it cannot (a zip, a release with another compressor),
/// `host` does, another GOROOT of the release that runs here. Nothing of the output is run.
Check check_official_toolchain(const std::filesystem::path& output, const Manifest& manifest,
                               const std::optional<std::filesystem::path>& host, const Releases& releases,
                               Progress& progress);

/// Of a host toolchain that was found canonical: the program that it has beside its GOROOT, built again by
/// it.
std::optional<Check> check_packer(const std::filesystem::path& output, const Manifest& manifest,
                                  const Releases& releases, Progress& progress);

}  // namespace gostrap
