#include "support/time.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>

namespace gostrap {
namespace {

using namespace std::chrono;

constexpr Time first = sys_days(year(0) / January / 1);
constexpr Time last = sys_days(year(9999) / December / 31) + hours(24) - seconds(1);
constexpr std::string_view shape = "0000-00-00T00:00:00Z";

}  // namespace

Time time_now() {
  return floor<seconds>(system_clock::now());
}

std::string utc_text(Time time) {
  time = std::clamp(time, first, last);
  const sys_days day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(time - day);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text.data();
}

std::optional<Time> parse_utc(std::string_view text) {
  const bool shaped =
      text.size() == shape.size() &&
      std::equal(text.begin(), text.end(), shape.begin(), [](char each, char wanted) {
        return wanted == '0' ? std::isdigit(static_cast<unsigned char>(each)) != 0 : each == wanted;
      });
  if (!shaped) return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t digits) {
    int value = 0;
    for (const char each : text.substr(at, digits)) value = 10 * value + (each - '0');
    return value;
  };
  const year_month_day date(year(number(0, 4)), month(static_cast<unsigned>(number(5, 2))),
                            day(static_cast<unsigned>(number(8, 2))));
  const int hour = number(11, 2), minute = number(14, 2), second = number(17, 2);
  if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return sys_days(date) + hours(hour) + minutes(minute) + seconds(second);
}

}  // namespace gostrap
