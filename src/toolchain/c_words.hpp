// What a C compiler is given before all else, so that what it makes depends on its own parts and the sysroot
// alone: not on the directory, not on the host's headers, not on where the compiler lies.
#pragma once

#include "release/c_compiler.hpp"

#include <string>
#include <vector>

namespace gostrap {

/// For C, for C++, and whatever is linked with either.
struct CWords {
  std::vector<std::string> c, cxx, link;
};
CWords c_words(const CCompiler& compiler);

}  // namespace gostrap
