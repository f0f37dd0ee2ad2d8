// The releases that a bundle brings its own pins of. They may add to what is known here, and never change it.
#pragma once

#include "release/releases.hpp"

#include <string>
#include <vector>

namespace gostrap {

struct BroughtPins {
  Releases all;                ///< what is known here, and what the bundle adds
  std::vector<Release> added;  ///< that

  std::string names_added() const;  ///< "go1.24.4, go1.25.0"
};

/// Throws Error where the bundle's pin of a release is not the one that is known here.
BroughtPins with_pins(const Releases& known, const std::string& text, const std::string& bundle);

/// A stranger may not add releases unasked: throws Error where the bundle adds any.
void refuse_added(const BroughtPins& pins, const std::string& bundle);

}  // namespace gostrap
