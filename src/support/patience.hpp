// How long to wait for a server on the network, how slow it may be, and how often to try it again.
#pragma once

#include "support/error.hpp"
#include "support/progress.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace gostrap {

/// An origin that may answer in a moment: it hung up, was slow, or said that it is busy.
class Transient : public Error {
 public:
  using Error::Error;
};

struct Patience {
  /// Without a byte; and until a connection stands, should it be less than `longest_connecting`.
  std::chrono::milliseconds timeout = std::chrono::seconds(60);
  /// Bytes a second, on the average of five times as long.
  std::uint64_t min_speed = 1000;
  /// How often an origin is tried again that hung up, was too slow or said that it is busy.
  unsigned retries = 2;

  static constexpr std::chrono::milliseconds longest_connecting{15'000};

  std::chrono::milliseconds connecting() const {
    return timeout < longest_connecting ? timeout : longest_connecting;
  }
  /// The pause before the first of these; each further one is three times as long.
  std::chrono::milliseconds pause() const {
    return timeout < std::chrono::seconds(1) ? timeout : std::chrono::seconds(1);
  }
};

/// "0.3 s"
std::string seconds_text(std::chrono::duration<double> time);

/// For who (a host and its port) sent no byte for Patience::timeout.
Transient silence(const std::string& doing, const std::string& who, const Patience& patience);

/// Holds a line to Patience::min_speed. A server may take its time to think, but what comes byte by byte
/// would come for weeks.
class SpeedWatch {
 public:
  explicit SpeedWatch(const Patience& patience) : patience_(patience) {}
  /// `received`: the bytes so far, all together. Throws Transient(doing, …).
  void require(std::uint64_t received, const std::string& doing);

 private:
  using Clock = std::chrono::steady_clock;

  Patience patience_;
  Clock::time_point since_ = Clock::now();
  std::uint64_t from_ = 0;
};

/// Tells the failure and sleeps, less than a minute even after many; an interrupt ends it. Makes `wait` the
/// next pause.
void pause_after(const Transient& failure, std::chrono::milliseconds& wait, Progress& progress);

/// Does `act`, and again after a pause when the network is to blame. What the last try throws is thrown.
template <class Act>
auto patiently(const Patience& patience, Progress& progress, Act act) {
  std::chrono::milliseconds wait = patience.pause();
  for (unsigned left = patience.retries; true; --left) {
    try {
      return act();
    } catch (const Transient& failure) {
      if (left == 0) throw;
      pause_after(failure, wait, progress);
    }
  }
}

}  // namespace gostrap
