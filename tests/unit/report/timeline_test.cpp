#include "report/timeline.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

Provenance step(const std::string& port, int begin, double seconds, double cpu = 0) {
  Provenance step;
  step.name = "go1.24.4-toolchain-" + port;
  step.made = Time(std::chrono::seconds(begin));
  step.inputs = inputs_of(Kind::toolchain, "1.24.4", sha256("S"), parse_port(port));
  step.seconds = seconds;
  step.machine = Machine{"Linux", "x86_64", 2};
  BuildRun run;
  run.argv = {"go"};
  run.cpu_seconds = cpu;
  step.making = Making();
  step.making->run = run;
  return step;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("times are put as people say them") {
  CHECK(span_text(0.42) == "0.4s");
  CHECK(span_text(9.97) == "10s");
  CHECK(span_text(59.6) == "1m 00s");
  CHECK(span_text(100) == "1m 40s");
  CHECK(span_text(10'920) == "3h 02m");
}

TEST_CASE("a line for each port, a bar for each phase") {
  Provenance a = step("linux/a", 1000, 100);
  a.phases = {{"Compiling and linking the commands for linux/a", 2, 90}, {"Hashing and sealing", 92, 8}};
  const std::string svg = timeline({a, step("linux/b", 1010, 50), step("linux/a", 1100, 20)});
  CHECK(count(svg, "class=\"label\"") == 2);
  CHECK(count(svg, "<rect") == 4);
  CHECK(contains(svg, "class=\"compile\""));
  CHECK(contains(svg, "class=\"seal\""));
  CHECK(contains(svg, "Hashing and sealing, 8s</title>"));
}

TEST_CASE("strangers' words stay words") {
  Provenance one = step("linux/a", 0, 1);
  one.phases = {{"</title><script>", 0, 1}};
  CHECK_FALSE(contains(timeline({one}), "<script"));
  CHECK(html("a<b>&\"c\"") == "a&lt;b&gt;&amp;&quot;c&quot;");
}

TEST_CASE("days in which nothing was made take no room") {
  const std::string svg = timeline({step("linux/a", 0, 100), step("linux/b", 500'000, 100)});
  CHECK(count(svg, "class=\"gap\"") == 1);
  CHECK(count(svg, "class=\"grid\"") < 20);
}

TEST_CASE("the time used: wall, work and how busy the processors were") {
  const TimeUsed used =
      time_used({step("linux/a", 0, 100, 90), step("linux/b", 50, 100, 120), step("linux/c", 1000, 50, 90)});
  CHECK(used.seconds == 200);
  CHECK(used.work_seconds == 250);
  CHECK(used.busy == doctest::Approx(300.0 / 400));
  CHECK(time_used({step("linux/a", 0, 100, 90), step("linux/b", 50, 100)}).busy == 0);  // not recorded
  CHECK(timeline({}).empty());
}
