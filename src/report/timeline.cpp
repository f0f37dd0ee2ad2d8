#include "report/timeline.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>

namespace gostrap {
namespace {

constexpr double label_width = 150;
constexpr double bars_width = 850;
constexpr double row_height = 18;
constexpr double bar_height = 12;
constexpr double head_height = 24;
constexpr double longest_gap = 30;  ///< seconds in which nothing is made; what is longer is left out
constexpr double gap_width = 14;

std::string rounded(double number) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.2f", number);
  return text.data();
}

struct Stretch {
  double begin, end;
  double seconds() const { return end - begin; }
};

/// The times in which something was made.
std::vector<Stretch> stretches_of(const std::vector<Provenance>& steps, double gap) {
  std::vector<Stretch> stretches;
  for (const Provenance& step : steps) {
    const Stretch own{begin_of(step), begin_of(step) + seconds_of(step)};
    if (!stretches.empty() && own.begin <= stretches.back().end + gap) {
      stretches.back().end = std::max(stretches.back().end, own.end);
    } else {
      stretches.push_back(own);
    }
  }
  return stretches;
}

/// From times to places: stretches one behind the other, with a mark between them.
class Axis {
 public:
  explicit Axis(std::vector<Stretch> stretches) : stretches_(std::move(stretches)) {
    double seconds = 0;
    for (const Stretch& each : stretches_) seconds += each.seconds();
    const double gaps = gap_width * static_cast<double>(stretches_.size() - 1);
    scale_ = (bars_width - std::min(gaps, bars_width / 2)) / std::max(seconds, 1e-3);
  }

  double at(double time) const {
    double place = label_width;
    for (const Stretch& each : stretches_) {
      if (time <= each.end) return place + std::max(0.0, time - each.begin) * scale_;
      place += each.seconds() * scale_ + gap_width;
    }
    return place - gap_width;
  }
  double scale() const { return scale_; }
  const std::vector<Stretch>& stretches() const { return stretches_; }

 private:
  std::vector<Stretch> stretches_;
  double scale_ = 1;
};

/// Seconds between two lines of the grid: few enough to be read.
double grid_step(double scale) {
  for (const double step : {0.1, 1.0, 5.0, 15.0, 30.0, 60.0, 300.0, 600.0, 1200.0, 1800.0, 3600.0}) {
    if (step * scale >= 60) return step;
  }
  return 7200;
}

std::string line(double x1, double y1, double x2, double y2, const char* kind) {
  return "<line class=\"" + std::string(kind) + "\" x1=\"" + rounded(x1) + "\" y1=\"" + rounded(y1) +
         "\" x2=\"" + rounded(x2) + "\" y2=\"" + rounded(y2) + "\"/>\n";
}

std::string grid(const Axis& axis, double height) {
  std::string svg;
  const double step = grid_step(axis.scale());
  double before = 0;  // time counts on over what is left out
  for (std::size_t i = 0; i < axis.stretches().size(); ++i) {
    const Stretch& stretch = axis.stretches()[i];
    for (double time = std::ceil(before / step) * step; time <= before + stretch.seconds(); time += step) {
      const double x = axis.at(stretch.begin + time - before);
      svg += line(x, head_height - 6, x, height, "grid");
      svg += "<text class=\"tick\" x=\"" + rounded(x + 3) + "\" y=\"" + rounded(head_height - 10) + "\">" +
             span_text(time) + "</text>\n";
    }
    before += stretch.seconds();
    if (i + 1 < axis.stretches().size()) {
      const double x = axis.at(stretch.end) + gap_width / 2;
      svg += line(x, head_height - 6, x, height, "gap");
    }
  }
  return svg;
}

bool starts_with_any(const std::string& text, std::initializer_list<const char*> starts) {
  return std::any_of(starts.begin(), starts.end(),
                     [&](const char* start) { return text.starts_with(start); });
}

const char* kind_of_phase(const std::string& phase) {
  if (starts_with_any(phase, {"Packing", "Packaging", "Building distpack"})) return "pack";
  if (starts_with_any(phase, {"Hashing"})) return "seal";
  if (starts_with_any(phase, {"Compiling", "Building packages", "Building commands"})) return "compile";
  if (starts_with_any(phase, {"Building"})) return "make";
  return "files";
}

std::string bar(const Axis& axis, const Stretch& time, double y, const char* kind, const std::string& title) {
  const double x = axis.at(time.begin);
  const double width = std::max(1.0, axis.at(time.end) - x);
  return "<rect class=\"" + std::string(kind) + "\" x=\"" + rounded(x) + "\" y=\"" + rounded(y) +
         "\" width=\"" + rounded(width) + "\" height=\"" + rounded(bar_height) + "\"><title>" + html(title) +
         "</title></rect>\n";
}

std::string bars(const Axis& axis, const Provenance& step, double y) {
  if (step.phases.empty()) {
    const std::optional<Kind> made = step.inputs ? std::optional(step.inputs->kind) : std::nullopt;
    const char* const kind = made == Kind::archives ? "pack" : made == Kind::toolchain ? "compile" : "make";
    return bar(axis, {begin_of(step), begin_of(step) + seconds_of(step)}, y, kind,
               step.name + ": " + span_text(seconds_of(step)));
  }
  std::string svg;
  for (const TimedPhase& phase : step.phases) {
    const double begin = begin_of(step) + phase.begin;
    svg += bar(axis, {begin, begin + phase.seconds}, y, kind_of_phase(phase.name),
               step.name + ": " + phase.name + ", " + span_text(phase.seconds));
  }
  return svg;
}

/// What a step's line is called: its port, or the step itself where it is not for one.
std::string label_of(const Provenance& step) {
  const std::string port = port_of(step);
  if (step.inputs && (step.inputs->kind == Kind::source || step.inputs->kind == Kind::host))
    return "go" + step.inputs->release + " " + text(step.inputs->kind);
  return port.empty() ? step.name : port;
}

}  // namespace

std::string html(std::string_view text) {
  std::string escaped;
  for (const char each : text) {
    switch (each) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += each;
    }
  }
  return escaped;
}

std::string span_text(double seconds) {
  std::array<char, 32> text{};
  const auto whole = static_cast<long>(std::lround(seconds));
  if (seconds < 9.95 && seconds != std::floor(seconds)) {
    std::snprintf(text.data(), text.size(), "%.1fs", seconds);
  } else if (whole < 60) {
    std::snprintf(text.data(), text.size(), "%lds", whole);
  } else if (whole < 3600) {
    std::snprintf(text.data(), text.size(), "%ldm %02lds", whole / 60, whole % 60);
  } else {
    std::snprintf(text.data(), text.size(), "%ldh %02ldm", whole / 3600, whole % 3600 / 60);
  }
  return text.data();
}

TimeUsed time_used(const std::vector<Provenance>& steps) {
  TimeUsed used;
  double processor_seconds = 0;
  for (const Stretch& stretch : stretches_of(steps, 0)) {
    used.seconds += stretch.seconds();
    unsigned processors = 0;
    for (const Provenance& step : steps) {
      if (step.machine && begin_of(step) >= stretch.begin && begin_of(step) <= stretch.end)
        processors = std::max(processors, step.machine->processors);
    }
    processor_seconds += stretch.seconds() * processors;
  }
  for (const Provenance& step : steps) {
    used.work_seconds += seconds_of(step);
    used.cpu_seconds += cpu_seconds_of(step);
  }
  const bool all_recorded = std::all_of(steps.begin(), steps.end(), [](const Provenance& step) {
    return command_of(step).empty() || cpu_seconds_of(step) > 0;
  });
  if (processor_seconds > 0 && all_recorded) used.busy = used.cpu_seconds / processor_seconds;
  return used;
}

std::string timeline(const std::vector<Provenance>& steps) {
  if (steps.empty()) return {};
  const Axis axis(stretches_of(steps, longest_gap));
  std::map<std::string, std::size_t> rows;
  std::string labels;
  std::string shapes;
  for (const Provenance& step : steps) {
    const std::string label = label_of(step);
    const auto [row, added] = rows.emplace(label, rows.size());
    const double y = head_height + row_height * static_cast<double>(row->second);
    if (added) {
      labels += "<text class=\"label\" x=\"" + rounded(label_width - 8) + "\" y=\"" +
                rounded(y + bar_height - 2) + "\">" + html(label) + "</text>\n";
    }
    shapes += bars(axis, step, y);
  }
  const double height = head_height + row_height * static_cast<double>(rows.size());
  return "<svg class=\"timeline\" role=\"img\" aria-label=\"when what was made\" viewBox=\"0 0 " +
         rounded(label_width + bars_width + 10) + " " + rounded(height) + "\">\n" + grid(axis, height) +
         labels + shapes + "</svg>\n";
}

}  // namespace gostrap
