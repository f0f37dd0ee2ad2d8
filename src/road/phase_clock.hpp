// Times the phases of a step while they are told to whoever watches: the provenance keeps them.
#pragma once

#include "store/provenance.hpp"
#include "support/progress.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace gostrap {

class PhaseClock final : public Progress {
 public:
  explicit PhaseClock(Progress& watcher);

  void phase(const std::string& text) override;
  void amount(std::uint64_t done, std::uint64_t total, const char* unit) override;
  void note(const std::string& text) override;

  /// Puts how long it took, and what of that each phase, into a provenance: to the millisecond.
  void stop(Provenance& provenance) const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Phase {
    std::string name;
    double begin;
  };
  double now() const;

  Progress& watcher_;
  Clock::time_point start_ = Clock::now();
  std::vector<Phase> phases_;
};

}  // namespace gostrap
