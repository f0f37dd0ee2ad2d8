#include "road/phase_clock.hpp"

#include "source/samples.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("phases follow each other from the step's begin to its end, and the watcher hears of them") {
  Heard heard;
  PhaseClock clock(heard);
  clock.phase("one");
  clock.note("careful");
  clock.phase("two");
  Json provenance = Json::object();
  clock.stop(provenance);
  CHECK(heard.phases == std::vector<std::string>{"one", "two"});
  CHECK(heard.notes == std::vector<std::string>{"careful"});
  REQUIRE(provenance["phases"].size() == 2);
  const Json& one = provenance["phases"][0];
  const Json& two = provenance["phases"][1];
  CHECK(one["name"] == "one");
  CHECK(one["begin"].get<double>() + one["seconds"].get<double>() ==
        doctest::Approx(two["begin"].get<double>()).epsilon(0.01));
  CHECK(two["begin"].get<double>() + two["seconds"].get<double>() ==
        doctest::Approx(provenance["seconds"].get<double>()).epsilon(0.01));
}
