// The watchers: lines that are rewritten, for a terminal; plain lines, for a pipe; JSON lines, for a program.
// And how they put times and amounts.
#pragma once

#include "support/progress.hpp"
#include "support/text.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace gostrap {

/// A line for each step that runs, one for the whole, rewritten in place.
std::unique_ptr<PlanProgress> terminal_progress();
/// One line a phase; amounts only where something takes long.
std::unique_ptr<PlanProgress> plain_progress();
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
/// "about 12m left", "under a minute left"
std::string left_text(double seconds);
/// "43 MB of 140 MB", "1200 objects"
std::string amount_text(std::uint64_t done, std::uint64_t total, const std::string& unit);

}  // namespace gostrap
