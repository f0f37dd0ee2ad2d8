#include "cli/terminal.hpp"

#include <doctest/doctest.h>

#include <iostream>
#include <sstream>

using namespace gostrap;

TEST_CASE("further lines of what strangers say do not look like lines of ours") {
  CHECK(further_lines_in("a\nok b\n  c\n", 4) == "a\n    ok b\n  c\n");
}

TEST_CASE("at the end it is said where the time went") {
  CHECK(spent_text({{3.0, "source"}, {340.0, "host"}, {0.4, "sdk"}}, 345) ==
        "3 steps in 5m 45s; longest: host 5m 40s, source 3.0s");
  CHECK(spent_text({{20.0, "one"}}, 20).empty());
  CHECK(spent_text({{0.1, "one"}, {0.1, "two"}}, 0.3).empty());
}

TEST_CASE("a terminal does not act on strangers' words") {
  CHECK(harmless("a\x1b[2Jb\r\x7f\tc\n\xc3\xa4") == "a\\x1b[2Jb\\x0d\\x7f\tc\n\xc3\xa4");
}

TEST_CASE("status lines are drawn by a thread of their own, and notes of steps side by side are not lost") {
  const std::ostringstream seen;
  std::streambuf* const before = std::cerr.rdbuf(seen.rdbuf());
  {
    const auto watcher = terminal_progress();
    watcher->expect(2);
    const auto work = [&](const std::string& name) {
      const auto progress = watcher->begin(name);
      for (std::uint64_t each = 0; each < 100; ++each) {
        progress->phase("phase " + std::to_string(each));
        progress->amount(each, 100, "files");
        progress->note(name + " " + std::to_string(each));
      }
      watcher->end(name, name == "bad" ? "it cannot be done" : "");
    };
    std::thread other([&] { work("bad"); });
    work("good");
    other.join();
  }
  std::cerr.rdbuf(before);
  const std::string text = seen.str();
  for (const char* const part : {"good 0\n", "good 99\n", "bad 0\n", "bad 99\n", "good  done in ",
                                 "bad  failed: it cannot be done\n", "1 of 2 steps done"}) {
    CHECK(text.find(part) != std::string::npos);
  }
}

TEST_CASE("durations read as people say them") {
  CHECK(duration_text(0.42) == "0.4s");
  CHECK(duration_text(42.4) == "42s");
  CHECK(duration_text(198) == "3m 18s");
}

TEST_CASE("amounts have a unit, and a total where it is known") {
  CHECK(amount_text(1200, 0, "objects") == "1200 objects");
  CHECK(amount_text(1200, 14000, "objects") == "1200 of 14000 objects");
  CHECK(amount_text(43'000'000, 140'000'000, "bytes") == "43.0 MB of 140.0 MB");
  CHECK(amount_text(999, 0, "bytes") == "999 bytes");
}
