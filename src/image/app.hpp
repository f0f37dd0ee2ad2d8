// Images of one program: no shell, no libc, nothing to keep up to date but the program itself.
#pragma once

#include "image/options.hpp"

#include <filesystem>
#include <optional>

namespace gostrap {

/// An image of nothing but a static program (linux, or wasip1) and certificates. With `port` it must be for
/// that. Throws Error, saying why, for programs that would not run by themselves.
PlatformImage write_app_image(const std::filesystem::path& layout, const std::filesystem::path& program,
                              const std::optional<Port>& port, const ImageOptions& options);

/// The file of certificates that this machine trusts: SSL_CERT_FILE, or where distributions keep it.
std::optional<std::filesystem::path> own_certificates();

}  // namespace gostrap
