// A GOPROXY that is a directory: the toolchain modules laid out as https://go.dev/ref/mod#goproxy-protocol
// has it, so that GOPROXY=file://D serves them to any go command.
#pragma once

#include "sdk/manifest.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gostrap {

struct ProxiedModule {
  std::string version;  ///< "v0.0.1-go1.24.4.linux-riscv64"
  std::filesystem::path archives;
};

/// The module in an archives output. Throws Error when one of its three files is not there, or is not what
/// the manifest says.
ProxiedModule module_in(const std::filesystem::path& archives, const Manifest& manifest);

/// Fills `directory`: golang.org/toolchain/@v/list and each module's .info, .mod and .zip.
void write_goproxy(const std::vector<ProxiedModule>& modules, const std::filesystem::path& directory);

}  // namespace gostrap
