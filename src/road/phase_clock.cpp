#include "road/phase_clock.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace gostrap {
namespace {

double to_milliseconds(double seconds) {
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

void PhaseClock::stop(Json& provenance) const {
  const double end = now();
  provenance["seconds"] = to_milliseconds(end);
  provenance["phases"] = Json::array();
  for (std::size_t i = 0; i < phases_.size(); ++i) {
    const double next = i + 1 < phases_.size() ? phases_[i + 1].begin : end;
    Json phase = Json::object();
    phase["name"] = phases_[i].name;
    phase["begin"] = to_milliseconds(phases_[i].begin);
    phase["seconds"] = to_milliseconds(next - phases_[i].begin);
    provenance["phases"].push_back(std::move(phase));
  }
}

double PhaseClock::now() const {
  return std::chrono::duration<double>(Clock::now() - start_).count();
}

}  // namespace gostrap
