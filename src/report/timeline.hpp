// A picture of when what was made: a line for each port, a bar for each phase of its steps.
#pragma once

#include "report/history.hpp"

#include <string>
#include <vector>

namespace gostrap {

/// Text that stands in HTML or SVG as it is.
std::string html(std::string_view text);
/// "1m 40s", "3h 02m", "0.4s"
std::string span_text(double seconds);

/// What the picture shows in numbers.
struct TimeUsed {
  double seconds = 0;       ///< in which at least one step ran
  double work_seconds = 0;  ///< of all steps together
  double cpu_seconds = 0;   ///< of their commands
  double busy = 0;          ///< cpu_seconds of what all processors had to give in that time; 0: not recorded
};
TimeUsed time_used(const std::vector<Provenance>& steps);

/// An SVG element that needs nothing from outside. Times in which nothing was made are left out, and a mark
/// stands there. It is coloured by the classes files, make, compile, pack and seal of the page around it.
std::string timeline(const std::vector<Provenance>& steps);

}  // namespace gostrap
