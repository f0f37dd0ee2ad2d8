// What a pipe sees of a plan: whole lines, each with its step, so that steps side by side can be told apart.
#include "cli/log_group.hpp"
#include "cli/terminal.hpp"
#include "support/url.hpp"

#include <iostream>
#include <map>
#include <mutex>
#include <optional>

namespace gostrap {
namespace {

/// The one place that writes: a line at a time.
class Lines {
 public:
  void say(const std::string& name, const std::string& text) {
    const std::lock_guard lock(mutex_);
    std::cerr << (name.empty() ? "gostrap" : name) << ": " << further_lines_in(without_secret_urls(text), 2)
              << "\n"
              << std::flush;
  }

 private:
  std::mutex mutex_;
};

class QuietStep final : public Progress {
 public:
  QuietStep(std::shared_ptr<Lines> lines, std::string name)
      : lines_(std::move(lines)), name_(std::move(name)) {}

  void phase(const std::string&) override {}
  void amount(std::uint64_t, std::uint64_t, const char*) override {}
  void note(const std::string& text) override { lines_->say(name_, text); }

 private:
  std::shared_ptr<Lines> lines_;
  std::string name_;
};

class Quiet final : public PlanProgress {
 public:
  void expect(std::size_t) override {}
  std::shared_ptr<Progress> begin(const std::string& name) override {
    return std::make_shared<QuietStep>(lines_, name);
  }
  void end(const std::string& name, const std::string& failure) override {
    if (!failure.empty()) lines_->say(name, "failed: " + failure);
  }
  void estimate(double) override {}

 private:
  std::shared_ptr<Lines> lines_ = std::make_shared<Lines>();
};

class PlainStep final : public Progress {
 public:
  PlainStep(std::shared_ptr<Lines> lines, std::string name)
      : lines_(std::move(lines)), name_(std::move(name)) {}

  void phase(const std::string& text) override {
    spoke_ = Clock::now();
    lines_->say(name_, text);
  }
  void amount(std::uint64_t done, std::uint64_t total, const char* unit) override {
    if (seconds_since(spoke_) < 10) return;
    spoke_ = Clock::now();
    lines_->say(name_, amount_text(done, total, unit));
  }
  void note(const std::string& text) override { lines_->say(name_, text); }

 private:
  std::shared_ptr<Lines> lines_;
  std::string name_;
  Clock::time_point spoke_ = Clock::now();
};

class Plain final : public PlanProgress {
 public:
  Plain() = default;
  ~Plain() override {
    group_.reset();
    const std::string spent = spent_text(std::move(spent_), seconds_since(start_));
    if (!spent.empty()) lines_->say({}, spent);
  }
  Plain(const Plain&) = delete;
  Plain& operator=(const Plain&) = delete;

  void expect(std::size_t steps) override {
    expected_ = steps;
    if (steps > 0) group_.emplace("gostrap: what it makes, step by step");
  }
  std::shared_ptr<Progress> begin(const std::string& name) override {
    if (!name.empty()) {
      const std::lock_guard lock(mutex_);
      starts_[name] = Clock::now();
      lines_->say(name, "step " + std::to_string(++begun_) + " of " + std::to_string(expected_));
    }
    return std::make_shared<PlainStep>(lines_, name);
  }
  void end(const std::string& name, const std::string& failure) override {
    const std::lock_guard lock(mutex_);
    if (!failure.empty()) return lines_->say(name, "failed: " + failure);
    ++done_;
    const double seconds = seconds_since(starts_[name]);
    spent_.emplace_back(seconds, name);
    std::string text = "done in " + duration_text(seconds);
    if (expected_ > 3 && done_ < expected_) {
      text +=
          "; " + std::to_string(done_) + " of " + std::to_string(expected_) + " done, " + left_text(left_);
    }
    lines_->say(name, text);
  }
  void estimate(double seconds) override {
    const std::lock_guard lock(mutex_);
    left_ = seconds;
  }

 private:
  std::shared_ptr<Lines> lines_ = std::make_shared<Lines>();
  std::optional<LogGroup> group_;
  std::mutex mutex_;
  std::map<std::string, Clock::time_point> starts_;
  std::size_t expected_ = 0, begun_ = 0, done_ = 0;
  double left_ = 0;
  std::vector<std::pair<double, std::string>> spent_;
  Clock::time_point start_ = Clock::now();
};

}  // namespace

std::unique_ptr<PlanProgress> plain_progress() {
  return std::make_unique<Plain>();
}

std::unique_ptr<PlanProgress> quiet_progress() {
  return std::make_unique<Quiet>();
}

}  // namespace gostrap
