#include "road/phase_clock.hpp"

#include <cmath>

namespace gostrap {
namespace {

double whole_milliseconds(double seconds) {
  return std::round(seconds * 1000) / 1000;
}

}  // namespace

PhaseClock::PhaseClock(Progress& watcher) : watcher_(watcher) {}

void PhaseClock::phase(const std::string& text) {
  phases_.push_back({text, now()});
  watcher_.phase(text);
}

void PhaseClock::amount(std::uint64_t done, std::uint64_t total, const char* unit) {
  watcher_.amount(done, total, unit);
}

void PhaseClock::note(const std::string& text) {
  watcher_.note(text);
}

void PhaseClock::stop(Provenance& provenance) const {
  const double end = now();
  provenance.seconds = whole_milliseconds(end);
  provenance.phases.clear();
  for (std::size_t i = 0; i < phases_.size(); ++i) {
    const double next = i + 1 < phases_.size() ? phases_[i + 1].begin : end;
    provenance.phases.push_back(
        {phases_[i].name, whole_milliseconds(phases_[i].begin), whole_milliseconds(next - phases_[i].begin)});
  }
}

double PhaseClock::now() const {
  return std::chrono::duration<double>(Clock::now() - start_).count();
}

}  // namespace gostrap
