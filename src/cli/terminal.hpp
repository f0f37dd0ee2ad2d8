// The two watchers: a status line that is rewritten, for a terminal, and plain lines, for a pipe.
#pragma once

#include "support/progress.hpp"

#include <memory>
#include <string>

namespace gostrap {

std::unique_ptr<Progress> terminal_progress();
std::unique_ptr<Progress> plain_progress();

/// Where standard input, output or error is closed, puts something there: the next file that is opened must
/// not be taken for it. What goes to a closed standard output is an error, as it should be.
void occupy_standard_streams();

/// The text without what a terminal would act on: strangers' words may stand in it. Line ends and tabs stay.
std::string harmless(const std::string& text);

/// "3m 18s", "0.4s"
std::string duration_text(double seconds);
/// "43 MB of 140 MB", "1200 objects"
std::string amount_text(std::uint64_t done, std::uint64_t total, const std::string& unit);

}  // namespace gostrap
