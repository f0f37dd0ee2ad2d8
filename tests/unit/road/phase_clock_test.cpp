#include "road/phase_clock.hpp"

#include "source/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("phases follow each other from the step's begin to its end, and the watcher hears of them") {
  Heard heard;
  PhaseClock clock(heard);
  clock.phase("one");
  clock.note("careful");
  clock.phase("two");
  Provenance provenance;
  clock.stop(provenance);
  CHECK(heard.phases == std::vector<std::string>{"one", "two"});
  CHECK(heard.notes == std::vector<std::string>{"careful"});
  REQUIRE(provenance.phases.size() == 2);
  const TimedPhase& one = provenance.phases[0];
  const TimedPhase& two = provenance.phases[1];
  CHECK(one.name == "one");
  CHECK(one.begin + one.seconds == doctest::Approx(two.begin).epsilon(0.01));
  CHECK(two.begin + two.seconds == doctest::Approx(provenance.seconds).epsilon(0.01));
}
