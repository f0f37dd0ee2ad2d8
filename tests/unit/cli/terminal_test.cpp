#include "cli/terminal.hpp"

#include <doctest/doctest.h>

#include <iostream>
#include <sstream>

using namespace gostrap;

TEST_CASE("a terminal does not act on strangers' words") {
  CHECK(harmless("a\x1b[2Jb\r\x7f\tc\n\xc3\xa4") == "a\\x1b[2Jb\\x0d\\x7f\tc\n\xc3\xa4");
}

TEST_CASE("a status line is drawn by a thread of its own, and notes are not lost") {
  const std::ostringstream seen;
  std::streambuf* const before = std::cerr.rdbuf(seen.rdbuf());
  {
    const auto progress = terminal_progress();
    progress->step("a step", 1, 2);
    for (std::uint64_t each = 0; each < 100; ++each) {
      progress->phase("phase " + std::to_string(each));
      progress->amount(each, 100, "files");
      progress->note("note " + std::to_string(each));
    }
    progress->step_done();
  }
  std::cerr.rdbuf(before);
  const std::string text = seen.str();
  CHECK(text.find("note 0\n") != std::string::npos);
  CHECK(text.find("note 99\n") != std::string::npos);
  CHECK(text.find("[1/2] a step  done in ") != std::string::npos);
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
