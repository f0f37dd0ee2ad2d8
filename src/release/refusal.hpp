// A refusal: something that was asked for and that a port or a release cannot do, said before anything runs.
#pragma once

#include "support/error.hpp"

#include <optional>
#include <string>

namespace gostrap {

struct Refusal {
  std::string port;    ///< "linux/riscv64"; empty where it does not matter
  std::string option;  ///< what was asked for: "GOAMD64=v5", "-race"
  std::string reason;  ///< why not, as a sentence without its full stop
  std::string next;    ///< the nearest thing that works, as a sentence
  /// What --fallback takes instead: a value, or "" to leave the option out. Nothing where no choice is near.
  std::optional<std::string> instead;

  /// "GOARM=7 cannot be for linux/riscv64: …"
  std::string text() const {
    return option + " cannot be" + (port.empty() ? "" : " for " + port) + ": " + reason;
  }
  UsageError error() const { return UsageError(text(), next); }
};

}  // namespace gostrap
