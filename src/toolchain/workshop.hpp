// What a step works with. None of it is in what the step makes.
#pragma once

#include "source/source.hpp"
#include "support/files.hpp"
#include "support/progress.hpp"
#include "toolchain/conditions.hpp"

namespace gostrap {

struct Workshop {
  fs::path work;  ///< a private directory, on the output's file system; left to the caller to remove
  fs::path log;
  Progress& progress;
  unsigned jobs = 0;     ///< commands of Go's at a time; 0: as many as there are processors
  unsigned threads = 0;  ///< of each compiler; 0: as many as jobs
  /// Whether the inputs' files may be linked into the output (both are sealed, in a store).
  CopyMode copy_mode = CopyMode::copy;
  Conditions conditions{};
  fs::path deflated{};       ///< where distpack keeps what it compressed, for other ports; "": nowhere
  SourceSettings sources{};  ///< where sources come from
};

}  // namespace gostrap
