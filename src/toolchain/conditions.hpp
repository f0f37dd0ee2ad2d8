// What must not matter to a build: it is varied when one is checked by building it again (verify --rebuild).
#pragma once

#include "support/files.hpp"
#include "support/process.hpp"

#include <optional>

namespace gostrap {

struct Conditions {
  Environment environment;                    ///< laid over the one that a build gets
  bool reversed = false;                      ///< files are put into the working copy in reverse order
  std::optional<fs::file_time_type> written;  ///< when the files of the working copy were last changed
  std::optional<unsigned> user;               ///< what the build sees as its own uid and gid
};

}  // namespace gostrap
