// How long the rest of a plan will take: from what its steps took so far, and until one of a kind is done
// from what such a step takes as a rule.
#pragma once

#include "release/kind.hpp"

#include <map>
#include <vector>

namespace gostrap {

class Estimate {
 public:
  /// `kinds` of the steps to be run, `workers` of them at a time.
  Estimate(std::vector<Kind> kinds, std::size_t workers);

  /// Times are seconds on any clock.
  void begin(std::size_t step, double now);
  void end(std::size_t step, double now);

  /// Seconds until all steps have ended.
  double remaining(double now) const;

 private:
  double expected(Kind kind) const;

  struct Taken {
    double seconds = 0;
    int steps = 0;
  };
  enum class State { waiting, running, ended };
  std::vector<Kind> kinds_;
  std::size_t workers_;
  std::vector<State> states_;
  std::vector<double> begun_;
  std::map<Kind, Taken> taken_;
};

}  // namespace gostrap
