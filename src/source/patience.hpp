// How long a server on the network is borne with.
#pragma once

#include <chrono>
#include <cstdint>

namespace gostrap {

struct Patience {
  /// Without a byte; and until a connection stands, should it be less than 15 seconds.
  std::chrono::milliseconds silence = std::chrono::seconds(60);
  /// Bytes a second, on the average of five times as long.
  std::uint64_t slowest = 1000;
  /// How often an origin is tried again that hung up, was too slow or said that it is busy.
  unsigned retries = 2;

  /// The pause before the first of these; each further one is three times as long.
  std::chrono::milliseconds pause() const {
    return silence < std::chrono::seconds(1) ? silence : std::chrono::seconds(1);
  }
};

}  // namespace gostrap
