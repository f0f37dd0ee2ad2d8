// What must not matter to a build: it is varied when one is checked by building it again (verify --rebuild).
#pragma once

#include "support/process.hpp"

namespace gostrap {

struct Conditions {
  Environment environment;  ///< laid over the one that a build gets
  bool reversed = false;    ///< files are put into the working copy in reverse order
};

}  // namespace gostrap
