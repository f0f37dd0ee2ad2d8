// What a terminal sees of a plan: a line for each step that runs, and one for the whole, rewritten in place.
#include "cli/safe_streams.hpp"
#include "cli/terminal.hpp"
#include "support/url.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <iostream>
#include <mutex>
#include <thread>
#include <vector>

namespace gostrap {
namespace {

class Screen;

struct Row final : public Progress {
  Row(Screen& where, std::string what) : screen(where), name(std::move(what)) {}
  void phase(const std::string& text) override;
  void amount(std::uint64_t done, std::uint64_t total, const char* unit) override;
  void note(const std::string& text) override;

  Screen& screen;
  std::string name, phase_text, amount_text;
  Clock::time_point start = Clock::now();
};

class Screen final : public PlanProgress {
 public:
  Screen() : ticker_([this] { tick(); }) {}
  ~Screen() override {
    {
      const std::lock_guard lock(mutex_);
      over_ = true;
    }
    wake_.notify_one();
    ticker_.join();
    clear();
  }
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  void expect(std::size_t steps) override {
    change([&] { expected_ = steps; });
  }
  std::shared_ptr<Progress> begin(const std::string& name) override {
    const auto row = std::make_shared<Row>(*this, name);
    change([&] { rows_.push_back(row); });
    return row;
  }
  void end(const std::string& name, const std::string& failure) override {
    change([&] {
      const auto rows = shown();
      const auto ended = [&](const std::shared_ptr<Row>& row) { return row->name == name; };
      const auto row = std::find_if(rows.begin(), rows.end(), ended);
      if (row == rows.end()) return;
      if (failure.empty()) ++done_;
      say(name + (failure.empty() ? "  done in " + duration_text(seconds_since((*row)->start))
                                  : "  failed: " + failure));
      std::erase_if(rows_, [&](const std::weak_ptr<Row>& each) { return each.lock() == *row; });
    });
  }
  void estimate(double seconds) override {
    change([&] {
      left_ = seconds;
      estimated_ = Clock::now();
    });
  }

  /// Changes what is shown, and shows it.
  template <typename Change>
  void change(Change make_it) {
    const std::lock_guard lock(mutex_);
    make_it();
    draw();
  }
  /// The same, to be shown when the next half second is over.
  template <typename Change>
  void change_quietly(Change make_it) {
    const std::lock_guard lock(mutex_);
    make_it();
  }
  /// A line that stays. Called in a change.
  void say(const std::string& text) {
    clear();
    std::cerr << further_lines_in(without_secret_urls(text), 2) << "\n";
  }

 private:
  std::vector<std::shared_ptr<Row>> shown() {
    std::vector<std::shared_ptr<Row>> rows;
    for (const std::weak_ptr<Row>& each : rows_) {
      if (const auto row = each.lock()) rows.push_back(row);
    }
    return rows;
  }

  void tick() {
    std::unique_lock lock(mutex_);
    while (!over_) {
      wake_.wait_for(lock, std::chrono::milliseconds(500));
      if (!over_) draw();
    }
  }

  void clear() {
    if (drawn_ > 1) std::cerr << TerminalSequence{"\033[" + std::to_string(drawn_ - 1) + "A"};
    if (drawn_ > 0) std::cerr << TerminalSequence{"\r\033[J"} << std::flush;
    drawn_ = 0;
  }

  void draw() {
    winsize size = {};
    const bool sized = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 && size.ws_row > 1;
    std::vector<std::string> lines;
    for (const std::shared_ptr<Row>& row : shown()) {
      std::string line = row->name.empty() ? "" : row->name + "  ";
      line += duration_text(seconds_since(row->start)) + "  " + row->phase_text;
      if (!row->amount_text.empty()) line += ": " + row->amount_text;
      lines.push_back(std::move(line));
    }
    if (expected_ > 1) lines.push_back(summary());
    if (sized && lines.size() > size.ws_row - 1U) lines.erase(lines.begin(), lines.end() - (size.ws_row - 1));
    clear();
    for (std::string& line : lines) {
      line = on_one_line(without_secret_urls(line));
      if (sized) line.resize(std::min<std::size_t>(line.size(), size.ws_col - 1U));
      line.resize(line.size() - unfinished_bytes(line));
      std::cerr << (drawn_++ == 0 ? "" : "\n") << line;
    }
    std::cerr << std::flush;
  }

  std::string summary() const {
    std::string text = std::to_string(done_) + " of " + std::to_string(expected_) + " steps done, " +
                       duration_text(seconds_since(start_));
    const double left = left_ - seconds_since(estimated_);
    return done_ < expected_ && left_ > 0 ? text + ", " + left_text(left) : text;
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  bool over_ = false;
  std::vector<std::weak_ptr<Row>> rows_;  // a step that nobody tells of any more is not shown
  std::size_t expected_ = 0, done_ = 0, drawn_ = 0;
  double left_ = 0;
  Clock::time_point start_ = Clock::now(), estimated_ = start_;
  std::thread ticker_;  // last: it uses all of the above
};

void Row::phase(const std::string& text) {
  screen.change([&] {
    phase_text = text;
    amount_text.clear();
  });
}
void Row::amount(std::uint64_t done, std::uint64_t total, const char* unit) {
  screen.change_quietly([&] { amount_text = gostrap::amount_text(done, total, unit); });
}
void Row::note(const std::string& text) {
  screen.change([&] { screen.say(text); });
}

}  // namespace

std::unique_ptr<PlanProgress> terminal_progress() {
  return std::make_unique<Screen>();
}

}  // namespace gostrap
