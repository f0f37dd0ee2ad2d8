// What goes into images: a program alone, or an SDK with what its go command needs around it.
#pragma once

#include "image/image.hpp"
#include "sdk/manifest.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace gostrap {

struct ImageOptions {
  Compression compression = Compression::gzip;
  std::optional<std::filesystem::path> certificates;  ///< a bundle in PEM; none goes in without it
  std::optional<std::int64_t> created;                ///< SOURCE_DATE_EPOCH; else what the content says
  std::string user;                                   ///< "" is the default: nobody, or root in an SDK
  std::string variant;  ///< of an arm program, where its build settings say none
  std::map<std::string, std::string> annotations;
};

/// An image of nothing but a static program (linux, or wasip1) and certificates. With `port` it must be for
/// that. Throws Error, saying why, for programs that would not run by themselves.
PlatformImage write_app_image(const std::filesystem::path& layout, const std::filesystem::path& program,
                              const std::optional<Port>& port, const ImageOptions& options);

/// An image of an SDK or hosted toolchain: for the port that it runs on. `output` is put in place as it is,
/// so that `gostrap verify` holds there too.
PlatformImage write_sdk_image(const std::filesystem::path& layout, const std::filesystem::path& output,
                              const Manifest& manifest, const ImageOptions& options);

/// What describes an image that holds these: title, version, revision, source, licence.
std::map<std::string, std::string> sdk_annotations(const Manifest& manifest);

/// The file of certificates that this machine trusts: SSL_CERT_FILE, or where distributions keep it.
std::optional<std::filesystem::path> own_certificates();

}  // namespace gostrap
