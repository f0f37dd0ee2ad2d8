// How long to wait for a server on the network, and how often to try it again.
#pragma once

#include "support/error.hpp"

#include <chrono>
#include <cstdint>

namespace gostrap {

/// An origin that may answer in a moment: it hung up, was slow, or said that it is busy.
class Transient : public Error {
 public:
  using Error::Error;
};

struct Patience {
  /// Without a byte; and until a connection stands, should it be less than 15 seconds.
  std::chrono::milliseconds timeout = std::chrono::seconds(60);
  /// Bytes a second, on the average of five times as long.
  std::uint64_t min_speed = 1000;
  /// How often an origin is tried again that hung up, was too slow or said that it is busy.
  unsigned retries = 2;

  /// The pause before the first of these; each further one is three times as long.
  std::chrono::milliseconds pause() const {
    return timeout < std::chrono::seconds(1) ? timeout : std::chrono::seconds(1);
  }
};

}  // namespace gostrap
