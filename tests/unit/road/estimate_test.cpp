#include "road/estimate.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

TEST_CASE("what is left shrinks as time passes, and is nothing at the end") {
  Estimate estimate({Kind::toolchain, Kind::toolchain}, 1);
  const double whole = estimate.remaining(0);
  estimate.begin(0, 0);
  CHECK(estimate.remaining(10) == doctest::Approx(whole - 10));
  estimate.end(0, 100);
  estimate.begin(1, 100);
  estimate.end(1, 200);
  CHECK(estimate.remaining(200) == 0);
}

TEST_CASE("the second of a kind is expected to take what the first took") {
  Estimate estimate({Kind::toolchain, Kind::toolchain, Kind::toolchain}, 1);
  estimate.begin(0, 0);
  estimate.end(0, 1000);
  CHECK(estimate.remaining(1000) == doctest::Approx(2000));
}

TEST_CASE("a slow machine is slow for kinds not seen yet") {
  Estimate slow({Kind::source, Kind::host}, 1);
  const double rule = slow.remaining(0);
  slow.begin(0, 0);
  slow.end(0, 50);
  CHECK(slow.remaining(50) > rule);
}

TEST_CASE("steps side by side take less time, but never less than the longest") {
  const std::vector<Kind> kinds(4, Kind::archives);
  CHECK(Estimate(kinds, 2).remaining(0) == doctest::Approx(Estimate(kinds, 1).remaining(0) / 2));
  CHECK(Estimate({Kind::host}, 8).remaining(0) == doctest::Approx(Estimate({Kind::host}, 1).remaining(0)));
}

TEST_CASE("a step that takes longer than expected is about to end") {
  Estimate estimate({Kind::sdk}, 1);
  estimate.begin(0, 0);
  CHECK(estimate.remaining(100'000) == 0);
}
