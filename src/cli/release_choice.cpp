#include "cli/release_choice.hpp"

#include <iostream>

namespace gostrap {

const Release& chosen_release(const CommandLine& line, const Releases& releases, const WantedOutput& wanted) {
  const ChosenRelease chosen = choose_release(releases, line.text("release"), line.store().entries(), wanted);
  if (!chosen.why.empty()) {
    std::cerr << "gostrap: " << chosen.release->name() << " is taken, not "
              << releases.default_release().name() << ": " << chosen.why << " (--release chooses another)\n";
  }
  return *chosen.release;
}

}  // namespace gostrap
