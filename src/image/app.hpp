// Images of one program: no shell, no libc, nothing to keep up to date but the program itself.
#pragma once

#include "image/options.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace gostrap {

/// An image of nothing but a static program (linux, or wasip1) and certificates. With `port` it must be for
/// that. Throws Error, saying why, for programs that would not run by themselves.
PlatformImage write_app_image(const std::filesystem::path& layout, const std::filesystem::path& program,
                              const std::optional<Port>& port, const ImageOptions& options);

struct NamedProgram {
  std::filesystem::path program;
  std::optional<Port> port;  ///< that it must be for
};

/// "PORT=PROGRAM", or a program for `port`: what is there is a program, whatever its name has in it.
NamedProgram named_program(const std::string& word, const std::optional<std::string>& port);

/// What an image of the program is called: "server:latest", in characters that such a name may have.
std::string default_tag(const std::filesystem::path& program);

}  // namespace gostrap
