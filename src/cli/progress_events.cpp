// What a program sees of a plan: one JSON object a line on standard error.
#include "cli/terminal.hpp"
#include "support/json.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cmath>
#include <iostream>
#include <mutex>

namespace gostrap {
namespace {

/// The one place that writes: a line at a time, with the seconds since the beginning.
class Events {
 public:
  void tell(const char* event, const std::string& step, nlohmann::ordered_json more) {
    nlohmann::ordered_json line{{"event", event}};
    if (!step.empty()) line["step"] = step;
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
    line["seconds"] = static_cast<double>(static_cast<std::int64_t>(elapsed.count() * 1000)) / 1000;
    line.update(more);
    const std::lock_guard lock(mutex_);
    std::cerr << to_line(with_secrets_hidden(line)) << "\n" << std::flush;
  }

 private:
  std::mutex mutex_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

class EventStep final : public Progress {
 public:
  EventStep(std::shared_ptr<Events> events, std::string name)
      : events_(std::move(events)), name_(std::move(name)) {}
  void phase(const std::string& text) override { events_->tell("phase", name_, {{"text", text}}); }
  void amount(std::uint64_t done, std::uint64_t total, const char* unit) override {
    const auto now = std::chrono::steady_clock::now();
    if (now - spoke_ < std::chrono::seconds(1)) return;
    spoke_ = now;
    events_->tell("amount", name_, {{"done", done}, {"total", total}, {"unit", unit}});
  }
  void note(const std::string& text) override { events_->tell("note", name_, {{"text", text}}); }

 private:
  std::shared_ptr<Events> events_;
  std::string name_;
  std::chrono::steady_clock::time_point spoke_;
};

class EventPlan final : public PlanProgress {
 public:
  void expect(std::size_t steps) override { events_->tell("expect", {}, {{"steps", steps}}); }
  std::shared_ptr<Progress> begin(const std::string& name) override {
    if (!name.empty()) events_->tell("begin", name, nlohmann::ordered_json::object());
    return std::make_shared<EventStep>(events_, name);
  }
  void end(const std::string& name, const std::string& failure) override {
    nlohmann::ordered_json more{{"done", failure.empty()}};
    if (!failure.empty()) more["failure"] = failure;
    events_->tell("end", name, more);
  }
  void estimate(double seconds) override { events_->tell("estimate", {}, {{"left", std::lround(seconds)}}); }

 private:
  std::shared_ptr<Events> events_ = std::make_shared<Events>();
};

}  // namespace

std::unique_ptr<PlanProgress> event_progress() {
  return std::make_unique<EventPlan>();
}

}  // namespace gostrap
