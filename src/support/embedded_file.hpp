// One of a folder of files that the program has inside (src/CMakeLists.txt, gostrap_embed).
#pragma once

#include <string_view>

namespace gostrap::embedded {

struct EmbeddedFile {
  std::string_view name;  ///< without its ending
  std::string_view text;
};

}  // namespace gostrap::embedded
