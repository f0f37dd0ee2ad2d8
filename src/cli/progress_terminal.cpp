// What a terminal sees of a plan: a line for each step that runs, and one for the whole, rewritten in place.
#include "cli/safe_streams.hpp"
#include "cli/terminal.hpp"
#include "support/interrupt.hpp"
#include "support/url.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <iostream>
#include <mutex>
#include <streambuf>
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

/// Stands in for a standard stream while lines are shown: what anybody else writes comes where they were, and
/// they come again below it once its line is over.
class Guest final : public StreamLayer {
 public:
  Guest(std::ostream& stream, Screen& screen) : stream_(stream), screen_(screen), own_(stream.rdbuf(this)) {}
  ~Guest() override {
    const std::ios::iostate state =
        stream_.rdstate();  // of a disk that is full, say: rdbuf() would forget it
    stream_.rdbuf(own_);
    stream_.setstate(state);
  }
  Guest(const Guest&) = delete;
  Guest& operator=(const Guest&) = delete;

  std::streambuf& own() { return *own_; }
  bool put_exact(std::string_view text) override;
  bool put_raw(std::string_view text) override;

 protected:
  int_type overflow(int_type each) override;
  std::streamsize xsputn(const char* text, std::streamsize size) override;
  int sync() override { return own_->pubsync(); }

 private:
  std::ostream& stream_;
  Screen& screen_;
  std::streambuf* own_;
};

class Screen final : public PlanProgress {
 public:
  Screen() : out_(std::cout, *this), err_(std::cerr, *this), ticker_([this] { tick(); }) {}
  ~Screen() override {
    {
      const std::lock_guard lock(mutex_);
      over_ = true;
    }
    wake_.notify_one();
    ticker_.join();
    clear();
    const std::string spent = spent_text(std::move(spent_), seconds_since(start_));
    if (!spent.empty()) screen_ << spent << "\n" << std::flush;
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
      if (failure.empty()) {
        ++done_;
        spent_.emplace_back(seconds_since((*row)->start), name);
      }
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
    screen_ << further_lines_in(without_secret_urls(text), 2) << "\n";
  }
  /// Words of others, for one of the streams: `put` gives them to what was there before the guest.
  template <typename Put>
  bool pass(std::string_view text, Put put) {
    const std::lock_guard lock(mutex_);
    clear();
    if (!text.empty()) inside_a_line_ = text.back() != '\n';
    return put(text);
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
    std::size_t rows = 0;
    if (const unsigned now = times_continued(); now != continued_) {
      continued_ = now;  // the shell has written since, and what was drawn stays above that
    } else {
      // a window that has become narrower has each of them on several rows
      const std::size_t width = std::max<std::size_t>(window().ws_col, 1);
      for (const std::size_t columns : drawn_) rows += columns == 0 ? 1 : (columns + width - 1) / width;
    }
    if (rows > 1) screen_ << TerminalSequence{"\033[" + std::to_string(rows - 1) + "A"};
    if (rows > 0) screen_ << TerminalSequence{"\r\033[J"} << std::flush;
    drawn_.clear();
  }

  /// Of a terminal that does not tell, so wide and high that nothing is cut.
  static winsize window() {
    winsize size = {};
    const bool told = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 && size.ws_row > 1;
    return told ? size : winsize{.ws_row = 10'000, .ws_col = 60'000, .ws_xpixel = 0, .ws_ypixel = 0};
  }

  void draw() {
    if (inside_a_line_) return;
    const winsize size = window();
    std::vector<std::string> lines;
    for (const std::shared_ptr<Row>& row : shown()) {
      std::string line = row->name.empty() ? "" : row->name + "  ";
      line += duration_text(seconds_since(row->start));
      if (!row->phase_text.empty()) line += "  " + row->phase_text;
      if (!row->amount_text.empty()) line += (row->phase_text.empty() ? "  " : ": ") + row->amount_text;
      lines.push_back(std::move(line));
    }
    if (expected_ > 1) lines.push_back(summary());
    if (lines.size() > size.ws_row - 1U) lines.erase(lines.begin(), lines.end() - (size.ws_row - 1));
    clear();
    for (const std::string& line : lines) {
      const std::string whole = on_one_line(without_secret_urls(line));
      const std::string_view shown = fit_columns(whole, size.ws_col - 1U);
      screen_ << (drawn_.empty() ? "" : "\n") << shown;
      drawn_.push_back(columns_of(shown));
    }
    screen_ << std::flush;
  }

  std::string summary() const {
    std::string text = std::to_string(done_) + " of " + std::to_string(expected_) + " steps done, " +
                       duration_text(seconds_since(start_));
    const double left = left_ - seconds_since(estimated_);
    return done_ < expected_ && left_ > 0 ? text + ", " + left_text(left) : text;
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  Guest out_, err_;
  std::ostream screen_{&err_.own()};
  bool over_ = false, inside_a_line_ = false;
  std::vector<std::weak_ptr<Row>> rows_;  // a step that nobody tells of any more is not shown
  std::size_t expected_ = 0, done_ = 0;
  std::vector<std::size_t> drawn_;  // how many columns each line on the screen has
  unsigned continued_ = times_continued();
  std::vector<std::pair<double, std::string>> spent_;
  double left_ = 0;
  Clock::time_point start_ = Clock::now(), estimated_ = start_;
  std::thread ticker_;  // last: it uses all of the above
};

Guest::int_type Guest::overflow(int_type each) {
  if (traits_type::eq_int_type(each, traits_type::eof())) return traits_type::not_eof(each);
  const char one = traits_type::to_char_type(each);
  return xsputn(&one, 1) == 1 ? each : traits_type::eof();
}

std::streamsize Guest::xsputn(const char* text, std::streamsize size) {
  const bool put = screen_.pass({text, static_cast<std::size_t>(size)}, [&](std::string_view) {
    return own_->sputn(text, size) == size && own_->pubsync() == 0;
  });
  return put ? size : 0;
}

bool Guest::put_exact(std::string_view text) {
  return screen_.pass(text, [&](std::string_view all) { return gostrap::put_exact(*own_, all); });
}

bool Guest::put_raw(std::string_view text) {
  return screen_.pass(text, [&](std::string_view all) { return gostrap::put_raw(*own_, all); });
}

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
