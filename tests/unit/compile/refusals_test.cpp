#include "compile/refusals.hpp"

#include "release/releases.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const Release& go_1_24_4() {
  static const Releases releases = Releases::load("/no/such/file");
  return releases.get("1.24.4");
}

}  // namespace

TEST_CASE("PIE is compiled where Go links it by itself") {
  CHECK_FALSE(why_not_compiled({"linux", "arm64"}, Feature::pie, go_1_24_4()));
  CHECK_FALSE(why_not_compiled({"windows", "amd64"}, Feature::pie, go_1_24_4()));
  CHECK(why_not_compiled({"linux", "riscv64"}, Feature::pie, go_1_24_4()));
}

TEST_CASE("what takes C is refused where the port has it, with the command that does it") {
  const auto refusal = why_not_compiled({"linux", "amd64"}, Feature::race, go_1_24_4());
  REQUIRE(refusal);
  CHECK(contains(refusal->text(), "-race cannot be for linux/amd64: it takes a C toolchain"));
  CHECK(contains(refusal->next, "CGO_ENABLED=1 and CC"));
  CHECK(refusal->instead == "");
}

TEST_CASE("what the port has not is refused with the release's reason") {
  const auto refusal = why_not_compiled({"js", "wasm"}, Feature::cgo, go_1_24_4());
  REQUIRE(refusal);
  CHECK(contains(refusal->text(), "go1.24.4 has it for "));
}

TEST_CASE("libraries that need no C are refused too: it makes programs") {
  const auto refusal = why_not_compiled({"wasip1", "wasm"}, Feature::c_shared, go_1_24_4());
  REQUIRE(refusal);
  CHECK(contains(refusal->text(), "exe and pie"));
}

TEST_CASE("the mode that was asked for is taken where it can be") {
  const Release& release = go_1_24_4();
  CHECK(settled_mode({"exe", {}}, false, {"linux", "arm64"}, release).mode == "exe");
  CHECK(settled_mode({"", {Feature::pie}}, false, {"linux", "arm64"}, release).mode == "pie");
}

TEST_CASE("a feature that cannot be is refused, or left out where that was agreed to") {
  const Release& release = go_1_24_4();
  const Port port{"linux", "riscv64"};
  CHECK(contains(error_of([&] {
                   settled_mode({"", {Feature::race}}, false, port, release);
                 }),
                 "-race cannot be"));
  const SettledMode settled = settled_mode({"", {Feature::pie, Feature::race}}, true, port, release);
  CHECK(settled.mode == "");
  REQUIRE(settled.left_out.size() == 2);
  CHECK(contains(settled.left_out[0], "-buildmode=pie cannot be for linux/riscv64: "));
  CHECK(settled.left_out[1].ends_with(". -race is left out."));
}
