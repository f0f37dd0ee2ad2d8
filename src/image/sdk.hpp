// Images of SDKs and hosted toolchains. They have no shell and no libc: a go command needs neither, only
// somewhere to write, certificates, and a home.
#pragma once

#include "image/options.hpp"
#include "sdk/manifest.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace gostrap {

struct PackedSdk {
  std::filesystem::path output;  ///< an SDK or hosted toolchain
  Manifest manifest;
  std::optional<std::filesystem::path> compiled_std;  ///< the SDK's
};

/// An image of it: for the port that it runs on. All is put in place as it is, so that `gostrap verify` holds
/// there too.
PlatformImage write_sdk_image(const std::filesystem::path& layout, const PackedSdk& sdk,
                              const ImageOptions& options);

/// What it is called: "go:1.24.4-linux-riscv64", or "go:1.24.4" of a toolchain, whose platform tells the
/// port.
std::string default_tag(const Manifest& manifest);

/// What describes an image that holds these: title, version, revision, source, licence.
std::map<std::string, std::string> sdk_annotations(const Manifest& manifest);

}  // namespace gostrap
