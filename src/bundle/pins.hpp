// The releases that a bundle brings its own pins of. They may add to what is known here, and never change it.
#pragma once

#include "release/release.hpp"

#include <string>
#include <vector>

namespace gostrap {

struct BroughtPins {
  Releases all;                ///< what is known here, and what the bundle adds
  std::vector<Release> added;  ///< that
};

/// Throws Error where the bundle's pin of a release is not the one that is known here.
BroughtPins with_pins(const Releases& known, const std::string& text, const std::string& bundle);

}  // namespace gostrap
