#include "cli/terminal.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <iostream>
#include <mutex>
#include <string_view>
#include <thread>

namespace gostrap {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// One line a phase; amounts only where something takes long.
class Plain final : public Progress {
 public:
  void step(const std::string& name, std::size_t number, std::size_t total) override {
    name_ = name;
    start_ = Clock::now();
    say("step " + std::to_string(number) + " of " + std::to_string(total));
  }
  void step_done() override { say("done in " + duration_text(seconds_since(start_))); }
  void phase(const std::string& text) override {
    spoke_ = Clock::now();
    say(text);
  }
  void amount(std::uint64_t done, std::uint64_t total, const char* unit) override {
    if (seconds_since(spoke_) < 10) return;
    spoke_ = Clock::now();
    say(amount_text(done, total, unit));
  }
  void note(const std::string& text) override { say(text); }

 private:
  void say(const std::string& text) const {
    std::cerr << (name_.empty() ? "gostrap" : name_) << ": " << harmless(text) << "\n" << std::flush;
  }
  std::string name_;
  Clock::time_point start_ = Clock::now(), spoke_ = Clock::now();
};

/// "[2/3] go1.24.4-host-linux-amd64  1m 12s  Building Go toolchain2", rewritten in place every half second.
class Terminal final : public Progress {
 public:
  Terminal() : ticker_([this] { tick(); }) {}
  ~Terminal() override {
    {
      const std::lock_guard lock(mutex_);
      over_ = true;
    }
    wake_.notify_one();
    ticker_.join();
    clear();
  }
  void step(const std::string& name, std::size_t number, std::size_t total) override {
    const std::lock_guard lock(mutex_);
    name_ = name;
    counter_ = "[" + std::to_string(number) + "/" + std::to_string(total) + "] ";
    start_ = Clock::now();
    phase_.clear();
    amount_.clear();
    draw();
  }
  void step_done() override {
    const std::lock_guard lock(mutex_);
    clear();
    std::cerr << counter_ << name_ << "  done in " << duration_text(seconds_since(start_)) << "\n";
    name_.clear();
  }
  void phase(const std::string& text) override {
    const std::lock_guard lock(mutex_);
    phase_ = text;
    amount_.clear();
    draw();
  }
  void amount(std::uint64_t done, std::uint64_t total, const char* unit) override {
    const std::lock_guard lock(mutex_);
    amount_ = amount_text(done, total, unit);
  }
  void note(const std::string& text) override {
    const std::lock_guard lock(mutex_);
    clear();
    std::cerr << harmless(text) << "\n";
    draw();
  }

 private:
  void tick() {
    std::unique_lock lock(mutex_);
    while (!over_) {
      wake_.wait_for(lock, std::chrono::milliseconds(500));
      if (!over_) draw();
    }
  }
  static void clear() { std::cerr << "\r\033[K" << std::flush; }
  void draw() const {
    if (name_.empty() && phase_.empty()) return;
    std::string line = counter_ + name_ + "  " + duration_text(seconds_since(start_)) + "  " + phase_;
    if (!amount_.empty()) line += ": " + amount_;
    winsize size = {};
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1)
      line.resize(std::min<std::size_t>(line.size(), size.ws_col - 1U));
    std::cerr << "\r\033[K" << line << std::flush;
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  bool over_ = false;
  std::string counter_, name_, phase_, amount_;
  Clock::time_point start_ = Clock::now();
  std::thread ticker_;  // last: it uses all of the above
};

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

std::string harmless(const std::string& text) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string result;
  for (const char each : text) {
    const auto byte = static_cast<unsigned char>(each);
    if ((byte >= 0x20 && byte != 0x7f) || each == '\n' || each == '\t') {
      result += each;
    } else {
      result += {'\\', 'x', digits[byte >> 4U], digits[byte & 15U]};
    }
  }
  return result;
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

std::string amount_text(std::uint64_t done, std::uint64_t total, const std::string& unit) {
  std::string text = count_text(done, unit);
  if (total != 0) text += " of " + count_text(total, unit);
  return unit == "bytes" ? text : text + " " + unit;
}

std::unique_ptr<Progress> terminal_progress() {
  return std::make_unique<Terminal>();
}
std::unique_ptr<Progress> plain_progress() {
  return std::make_unique<Plain>();
}

}  // namespace gostrap
