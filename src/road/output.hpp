// What an output is: all that its name tells.
#pragma once

#include "release/kind.hpp"
#include "release/profile.hpp"
#include "release/release.hpp"

#include <string>

namespace gostrap {

struct Output {
  Kind kind = Kind::source;
  const Release* release = nullptr;
  Port port{};             ///< what it is for; a host's is the machine's own, a source has none
  bool reference = false;  ///< a toolchain made by GOOS/GOARCH make.bash, or the archives of one
  Profile profile{};       ///< what it was, or will be, made with: a source has only patches

  std::string name() const;  ///< "go1.24.4-sdk-linux-riscv64"
};

}  // namespace gostrap
