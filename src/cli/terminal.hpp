// The watchers: lines that are rewritten, for a terminal; plain lines, for a pipe; JSON lines, for a program.
// And how they put times and amounts.
#pragma once

#include "support/progress.hpp"
#include "support/text.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gostrap {

/// A line for each step that runs, one for the whole, rewritten in place.
std::unique_ptr<PlanProgress> terminal_progress();
/// One line a phase; amounts only where something takes long. A log of GitHub or GitLab has a plan in a
/// group, which opens by a click.
std::unique_ptr<PlanProgress> plain_progress();
/// Nothing but what must not be lost.
std::unique_ptr<PlanProgress> quiet_progress();
/// One JSON object a line: {"event": "begin|phase|amount|note|end|expect|estimate", "step": NAME, …}.
std::unique_ptr<PlanProgress> event_progress();

/// Where standard input, output or error is closed, puts something there: the next file that is opened must
/// not be taken for it. What goes to a closed standard output is an error, as it should be.
void occupy_standard_streams();

/// With each further line behind `columns` spaces, unless it is indented already: what a stranger says on
/// several lines must not look like lines of ours.
std::string further_lines_in(std::string_view text, std::size_t columns);

using Clock = std::chrono::steady_clock;
double seconds_since(Clock::time_point start);
/// "3m 18s", "0.4s"
std::string duration_text(double seconds);
/// Where the time of a plan went: "4 steps in 6m 12s; longest: go1.24.4-host-linux-amd64 5m 40s". Empty of a
/// plan that has one step or took no time to speak of.
std::string spent_text(std::vector<std::pair<double, std::string>> steps, double seconds);
/// "about 12m left", "under a minute left"
std::string left_text(double seconds);
/// "43 MB of 140 MB", "1200 objects"
std::string amount_text(std::uint64_t done, std::uint64_t total, const std::string& unit);

}  // namespace gostrap
