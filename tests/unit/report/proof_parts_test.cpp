#include "report/proof_parts.hpp"

#include "sdk/manifest.hpp"
#include "support/hash.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const Port riscv64{"linux", "riscv64"};
const Port arm64{"linux", "arm64"};

Release release(const std::string& version = "1.24.4") {
  Release release;
  release.version = *parse_version(version);
  release.source = sha256("source of " + version);
  release.ports = {riscv64, arm64};
  release.archives = {{"go" + version + ".linux-riscv64.tar.gz", sha256("bits")}};
  return release;
}

Releases releases() {
  Releases all;
  all.put(release("1.24.4"));
  all.put(release("1.25.0"));
  return all;
}

/// A store in which entries have a provenance and an empty directory.
struct Shelf {
  Scratch scratch;
  Store store{scratch / "store"};

  fs::path put(char key, const std::string& inputs, const std::string& made = "2026-01-01T00:00:00Z") {
    const std::string entry = std::string(32, key) + "-archives";
    scratch.file(
        "store/provenance/" + entry + ".json",
        R"({"made": ")" + made +
            R"(", "inputs": {"release": "1.24.4", "source": "sha256-toqT8ZqTB3hNBLZorl31cEIzb+M/BzGb3xqyAXEH6Lg=", )" +
            inputs + "}}");
    return scratch.directory("store/" + entry);
  }
};

/// An output of archives with one file in it.
fs::path output(const Scratch& scratch, const std::string& version, Kind kind = Kind::archives) {
  const fs::path output = scratch.directory(version + text(kind));
  fs::create_directories(goroot_of(output));
  write_file(output / ("go" + version + ".linux-riscv64.tar.gz"), "bits");
  Manifest manifest;
  manifest.kind = kind;
  manifest.release = version;
  manifest.hosted_on = riscv64;
  manifest.port = riscv64;
  manifest.canonical = true;
  record_contents(output, manifest);
  fs::create_directories(manifest_path(output).parent_path());
  write_file(manifest_path(output), to_text(to_json(manifest)));
  return output;
}

std::string refusal(const std::vector<fs::path>& outputs) {
  return error_of([&] { prove_outputs(outputs, releases(), {}); });
}

}  // namespace

TEST_CASE("of the store's archives the newest of each port counts, if it is canonical") {
  Shelf shelf;
  shelf.put('a', R"("step": "archives", "port": "linux/riscv64")", "2026-01-01T00:00:00Z");
  const fs::path newest =
      shelf.put('b', R"("step": "archives", "port": "linux/riscv64")", "2026-01-02T00:00:00Z");
  shelf.put('c', R"("step": "archives", "port": "linux/arm64", "reference": true)");
  shelf.put('d', R"("step": "archives", "port": "windows/arm64")");
  shelf.put('e', R"("step": "toolchain", "port": "linux/arm64")");
  CHECK(archives_in_store(release(), shelf.store) == std::map<Port, fs::path>{{riscv64, newest}});
}

TEST_CASE("a store without archives of the release proves nothing") {
  Shelf shelf;
  shelf.put('a', R"("step": "archives", "port": "linux/riscv64")");
  CHECK(error_of([&] { archives_in_store(release("1.25.0"), shelf.store); }) ==
        "cannot prove go1.25.0: the store has none of its archives\n"
        "gostrap build --all --archives --release 1.25.0");
}

TEST_CASE("archives among outputs have a row each; what else is there has none") {
  const Scratch scratch;
  const Proof proof = prove_outputs(
      {scratch.directory("plain"), output(scratch, "1.24.4", Kind::sdk), output(scratch, "1.24.4")},
      releases(), {});
  CHECK(proof.release.name() == "go1.24.4");
  REQUIRE(proof.rows.size() == 1);
  CHECK(proof.rows[0].verdict == Verdict::canonical);
}

TEST_CASE("a proof is about archives, and about one release") {
  const Scratch scratch;
  CHECK(refusal({scratch.directory("plain")}) == "--html is about archives, and none of these paths has any");
  CHECK(refusal({output(scratch, "1.24.4"), output(scratch, "1.25.0")}) ==
        "--html is about one release, and these are of go1.24.4 and go1.25.0");
}

TEST_CASE("a page has the steps by which its archives came to be") {
  const Scratch scratch;
  Proof proof = prove_outputs({output(scratch, "1.24.4")}, releases(), {});
  CHECK(!contains(page_of(proof), "made-by-hand"));
  write_file(proof.rows[0].archives.string() + ".provenance.json",
             R"({"name": "made-by-hand", "key": "k", "made": "2026-01-01T00:00:00Z", "seconds": 3})");
  CHECK(contains(page_of(proof), "made-by-hand"));
}
