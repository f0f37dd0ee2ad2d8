#include "release/feature.hpp"

#include "release/releases.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const Release& release(const std::string& version) {
  static const Releases releases = Releases::load("/no/such/file");
  return releases.get(version);
}

std::string refusal(const Port& port, Feature feature, const std::string& version = "1.24.4") {
  const auto refusal = why_not(port, feature, release(version));
  return refusal ? refusal->text() + " / " + refusal->next : "";
}

}  // namespace

TEST_CASE("what cannot work is refused with port, option, reason and the nearest thing that does") {
  const std::string said = refusal({"linux", "riscv64"}, Feature::race);
  CHECK(contains(said, "-race cannot be for linux/riscv64: go1.24.4 has it for "));
  CHECK(contains(said, "linux/amd64"));
  CHECK(contains(said, "Run the tests with -race on"));
  CHECK(contains(refusal({"js", "wasm"}, Feature::cgo), "CGO_ENABLED=0"));
  CHECK(contains(refusal({"linux", "riscv64"}, Feature::plugin),
                 "-buildmode=exe, with what would be a plugin"));
  CHECK(contains(refusal({"linux", "mips"}, Feature::pie), "-buildmode=exe."));
  CHECK(contains(refusal({"js", "wasm"}, Feature::c_shared), "wasip1/wasm"));
}

TEST_CASE("facts belong to releases") {
  CHECK(refusal({"linux", "riscv64"}, Feature::race, "1.27.1") == "");
  CHECK(refusal({"wasip1", "wasm"}, Feature::c_shared) == "");
  CHECK(refusal({"wasip1", "wasm"}, Feature::c_shared, "1.23.1") != "");
  CHECK(refusal({"linux", "ppc64"}, Feature::cgo) != "");
  CHECK(refusal({"linux", "ppc64"}, Feature::cgo, "1.27.1") == "");
}

TEST_CASE("what works may need a C toolchain") {
  const Version version{1, 24, 4};
  CHECK_FALSE(needs_c({"linux", "arm64"}, Feature::pie, version));
  CHECK(needs_c({"linux", "riscv64"}, Feature::pie, version));
  CHECK(needs_c({"linux", "amd64"}, Feature::race, version));
  CHECK_FALSE(needs_c({"darwin", "arm64"}, Feature::race, version));
}

TEST_CASE("every feature is known by its word") {
  for (const Feature each : all_features()) CHECK(feature(text(each)) == each);
  CHECK_FALSE(feature("speed").has_value());
}
