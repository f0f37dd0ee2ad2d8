#include "support/patience.hpp"

#include "support/interrupt.hpp"

#include <algorithm>
#include <thread>

namespace gostrap {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds longest_pause(60'000);
constexpr int windows = 5;  // Patience::min_speed is an average over so many timeouts

/// Sleeps in short steps, so that a signal ends it.
void pause(milliseconds time) {
  constexpr milliseconds step(50);
  for (milliseconds slept(0); slept < time; slept += step) {
    check_interrupt();
    std::this_thread::sleep_for(step);
  }
  check_interrupt();
}

}  // namespace

std::string seconds_text(std::chrono::duration<double> time) {
  const std::string text = std::to_string(time.count());  // "0.300000"
  const std::size_t last = text.find_last_not_of('0');
  return text.substr(0, text[last] == '.' ? last : std::min(last + 1, text.find('.') + 2)) + " s";
}

Transient silence(const std::string& doing, const std::string& who, const Patience& patience) {
  return {doing, who + " said nothing for " + seconds_text(patience.timeout),
          "If it only takes its time, give it more: --timeout SECONDS."};
}

void SpeedWatch::require(std::uint64_t received, const std::string& doing) {
  const std::chrono::duration<double> time = Clock::now() - since_;
  if (time < windows * patience_.timeout) return;
  const std::uint64_t bytes = received - from_;
  if (static_cast<double>(bytes) < static_cast<double>(patience_.min_speed) * time.count()) {
    throw Transient(doing,
                    "it is too slow: " + std::to_string(bytes) + " bytes in " + seconds_text(time) +
                        ", and " + std::to_string(patience_.min_speed) + " a second is the least",
                    "If the line is no better, be content with less: --min-speed BYTES.");
  }
  since_ = Clock::now();
  from_ = received;
}

void pause_after(const Transient& failure, milliseconds& wait, Progress& progress) {
  progress.note(std::string(failure.what()) + "; trying again in " +
                (wait < milliseconds(1000) ? std::to_string(wait.count()) + " ms"
                                           : std::to_string(wait.count() / 1000) + " s"));
  pause(wait);
  wait = std::min(wait * 3, longest_pause);
}

}  // namespace gostrap
