#include "support/patience.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <thread>

using namespace gostrap;
using namespace gostrap::testing;
using std::chrono::milliseconds;

namespace {

class Notes final : public Progress {
 public:
  void phase(const std::string&) override {}
  void amount(std::uint64_t, std::uint64_t, const char*) override {}
  void note(const std::string& text) override { notes.push_back(text); }
  std::vector<std::string> notes;
};

Patience hasty(unsigned retries) {
  Patience patience;
  patience.timeout = milliseconds(1);
  patience.retries = retries;
  return patience;
}

}  // namespace

TEST_CASE("what may be better in a moment is done again, with a word, as often as was said") {
  Notes notes;
  int tries = 0;
  const auto third_time = [&]() -> int {
    if (++tries < 3) throw Transient("fetch it", "it is busy");
    return 7;
  };
  CHECK(patiently(hasty(2), notes, third_time) == 7);
  REQUIRE(notes.notes.size() == 2);
  CHECK(notes.notes[0] == "cannot fetch it: it is busy; trying again in 1 ms");
  CHECK(notes.notes[1] == "cannot fetch it: it is busy; trying again in 3 ms");
  tries = 0;
  CHECK_THROWS_AS(patiently(hasty(1), notes, third_time), Transient);
  CHECK(tries == 2);
}

TEST_CASE("any other failure is final") {
  Notes notes;
  int tries = 0;
  CHECK_THROWS_AS(patiently(hasty(5), notes,
                            [&] {
                              ++tries;
                              throw Error("fetch it", "it is not there");
                            }),
                  Error);
  CHECK(tries == 1);
  CHECK(notes.notes.empty());
}

TEST_CASE("a connection stands within the timeout, or within 15 seconds") {
  CHECK(Patience().connecting() == milliseconds(15'000));
  CHECK(hasty(0).connecting() == milliseconds(1));
  CHECK(Patience().pause() == milliseconds(1000));
}

TEST_CASE("seconds are written as short as they can be") {
  CHECK(seconds_text(milliseconds(300)) == "0.3 s");
  CHECK(seconds_text(milliseconds(60'000)) == "60 s");
  CHECK(seconds_text(milliseconds(1234)) == "1.2 s");
}

TEST_CASE("a line is too slow after five timeouts, and not before") {
  Patience patience = hasty(0);
  patience.min_speed = std::numeric_limits<std::uint64_t>::max();
  SpeedWatch patient(Patience{});
  SpeedWatch watch(patience);
  std::this_thread::sleep_for(milliseconds(6));
  CHECK_NOTHROW(patient.require(0, "fetch it"));
  CHECK(contains(error_of([&] { watch.require(10, "fetch it"); }), "it is too slow: 10 bytes in 0"));
  patience.min_speed = 0;
  SpeedWatch content(patience);
  std::this_thread::sleep_for(milliseconds(6));
  CHECK_NOTHROW(content.require(10, "fetch it"));
}
