// Hours as people and provenances write them: UTC, to the second.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace gostrap {

using Time = std::chrono::sys_seconds;

Time time_now();
/// "2026-11-23T07:00:00Z"; of years that have no four digits the first or the last second that has them.
std::string utc_text(Time time);
/// Nothing for whatever is not written so, or no hour of any day.
std::optional<Time> parse_utc(std::string_view text);

}  // namespace gostrap
