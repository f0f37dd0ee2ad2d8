#include "cli/terminal.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

namespace gostrap {
namespace {

std::string count_text(std::uint64_t count, const std::string& unit) {
  if (unit != "bytes") return std::to_string(count);
  static constexpr std::array units{"bytes", "kB", "MB", "GB"};
  std::size_t which = 0;
  double value = static_cast<double>(count);
  for (; value >= 1000 && which + 1 < units.size(); ++which) value /= 1000;
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), which > 1 ? "%.1f %s" : "%.0f %s", value, units.at(which));
  return text.data();
}

}  // namespace

void occupy_standard_streams() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(fd, F_GETFD) >= 0) continue;
    const int there = ::open("/dev/null", fd == STDERR_FILENO ? O_WRONLY : O_RDONLY);
    if (there >= 0 && there != fd) ::dup2(there, fd);
  }
}

std::string further_lines_in(std::string_view text, std::size_t columns) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    result += text[at];
    const bool indented = at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '\n';
    if (text[at] == '\n' && !indented) result += std::string(columns, ' ');
  }
  return result;
}

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string duration_text(double seconds) {
  std::array<char, 32> text{};
  if (seconds < 10) {
    std::snprintf(text.data(), text.size(), "%.1fs", seconds);
  } else if (seconds < 60) {
    std::snprintf(text.data(), text.size(), "%.0fs", seconds);
  } else {
    const int whole = static_cast<int>(seconds);
    std::snprintf(text.data(), text.size(), "%dm %02ds", whole / 60, whole % 60);
  }
  return text.data();
}

std::string spent_text(std::vector<std::pair<double, std::string>> steps, double seconds) {
  if (steps.size() < 2 || seconds < 10) return {};
  std::sort(steps.begin(), steps.end(), std::greater<>());
  std::string text = std::to_string(steps.size()) + " steps in " + duration_text(seconds) + "; longest: ";
  for (std::size_t i = 0; i < std::min<std::size_t>(steps.size(), 3) && (i == 0 || steps[i].first >= 1); ++i)
    text += (i == 0 ? "" : ", ") + steps[i].second + " " + duration_text(steps[i].first);
  return text;
}

std::string left_text(double seconds) {
  if (seconds < 60) return "under a minute left";
  const long minutes = std::lround(seconds / 60);
  if (minutes < 60) return "about " + std::to_string(minutes) + "m left";
  return "about " + std::to_string(minutes / 60) + "h " + std::to_string(minutes % 60) + "m left";
}

std::string amount_text(std::uint64_t done, std::uint64_t total, const std::string& unit) {
  std::string text = count_text(done, unit);
  if (total != 0) text += " of " + count_text(total, unit);
  return unit == "bytes" ? text : text + " " + unit;
}

}  // namespace gostrap
