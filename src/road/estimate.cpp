#include "road/estimate.hpp"

#include <algorithm>
#include <utility>

namespace gostrap {

Estimate::Estimate(std::vector<Kind> kinds, std::size_t workers)
    : kinds_(std::move(kinds)),
      workers_(std::max<std::size_t>(workers, 1)),
      states_(kinds_.size(), State::waiting),
      begun_(kinds_.size(), 0) {}

void Estimate::begin(std::size_t step, double now) {
  states_[step] = State::running;
  begun_[step] = now;
}

void Estimate::end(std::size_t step, double now) {
  if (states_[step] == State::running) {
    Taken& taken = taken_[kinds_[step]];
    taken.seconds += now - begun_[step];
    ++taken.steps;
  }
  states_[step] = State::ended;
}

double Estimate::expected(Kind kind) const {
  const auto same = taken_.find(kind);
  if (same != taken_.end()) return same->second.seconds / same->second.steps;
  // as much faster or slower than the rule as what has ended was
  double seconds = 0;
  double rule = 0;
  for (const auto& [ended, taken] : taken_) {
    seconds += taken.seconds;
    rule += taken.steps * facts_of(ended).seconds;
  }
  return rule > 0 ? facts_of(kind).seconds * seconds / rule : facts_of(kind).seconds;
}

double Estimate::remaining(double now) const {
  double work = 0;
  double longest = 0;
  for (std::size_t step = 0; step < kinds_.size(); ++step) {
    if (states_[step] == State::ended) continue;
    const double whole = expected(kinds_[step]);
    const double left = states_[step] == State::waiting ? whole : std::max(0.0, whole - (now - begun_[step]));
    work += left;
    longest = std::max(longest, left);
  }
  return std::max(longest, work / static_cast<double>(workers_));
}

}  // namespace gostrap
