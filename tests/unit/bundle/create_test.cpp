#include "bundle/create.hpp"

#include "bundle/reader.hpp"
#include "bundle/samples.hpp"
#include "sdk/layout.hpp"
#include "store/samples.hpp"
#include "support/nar.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

struct Bench : Shelf {
  Releases releases = sample_pins();
  std::vector<BundleInput> inputs;
  MemorySink sink;
  Silent silent;

  void modules(const std::string& name, const std::string& text) {
    scratch.file(name + "/a", text);
    inputs.push_back(input_of_modules(scratch / name, Records::portable));
  }
  fs::path output(Kind kind, const std::string& name) {
    const fs::path tree = put_output(scratch, name, sample_manifest(kind));
    inputs.push_back(input_of_directory(tree, releases, Records::portable));
    return tree;
  }
  /// A source, pinned as it is.
  fs::path source() {
    scratch.file("go/VERSION", "go1.99.0\n");
    scratch.file("go/src/make.bash", "", true);
    Release release = sample_pin();
    release.source = nar_hash(scratch / "go").digest;
    releases.put(release);
    inputs.push_back(input_of_directory(scratch / "go", releases, Records::portable));
    return scratch / "go";
  }
  CreatedBundle create() { return create_bundle(inputs, releases, nullptr, sink, silent); }
  std::string refusal() {
    return error_of([&] { create(); });
  }
};

std::vector<std::string> names(const BundleIndex& index) {
  std::vector<std::string> names;
  for (const BundleEntry& entry : index.entries) names.push_back(entry.name);
  return names;
}

}  // namespace

TEST_CASE("a bundle's digest and size are those of its bytes") {
  Bench bench;
  bench.modules("tree", "text");
  const CreatedBundle bundle = bench.create();
  CHECK(bundle.digest == sha256(bench.sink.text));
  CHECK(bundle.size == bench.sink.text.size());
}

TEST_CASE("what others are made from comes first, and modules last, in whatever order they were asked for") {
  Bench bench;
  bench.modules("a", "text");
  bench.output(Kind::archives, "archives");
  bench.output(Kind::sdk, "sdk");
  bench.scratch.file("host/" + std::string(packer_place), "", true);
  bench.output(Kind::toolchain, "host");
  bench.output(Kind::toolchain, "toolchain");
  CHECK(names(bench.create().index) ==
        std::vector<std::string>{"go1.99.0-host-linux-riscv64", "go1.99.0-sdk-linux-riscv64",
                                 "go1.99.0-toolchain-linux-riscv64", "go1.99.0-archives-linux-riscv64", "a"});
}

TEST_CASE("what is asked for twice goes in once") {
  Bench bench;
  bench.modules("tree", "text");
  bench.modules("tree", "text");
  CHECK(bench.create().index.entries.size() == 1);
}

TEST_CASE("two trees of one name, also where case does not count, do not go into one bundle") {
  Bench bench;
  bench.modules("one/tree", "text");
  bench.modules("two/Tree", "text");
  CHECK(contains(bench.refusal(), "there are two entries of the name "));
  CHECK(bench.sink.text.empty());
}

TEST_CASE("the index counts files and bytes, and which of them came before") {
  Bench bench;
  bench.scratch.file("a/b", "more");
  bench.modules("a", "text");
  bench.modules("b", "text");
  const std::vector<BundleEntry> entries = bench.create().index.entries;
  CHECK(entries[0].files == 2);
  CHECK(entries[0].bytes == 8);
  CHECK(entries[0].new_bytes == 8);
  CHECK(entries[1].bytes == 4);
  CHECK(entries[1].new_bytes == 0);
}

TEST_CASE("what no step made is called by its contents") {
  Bench bench;
  bench.modules("tree", "text");
  const BundleEntry entry = bench.create().index.entries[0];
  CHECK(entry.key == key_of_contents(Kind::modules, entry.contents.digest));
}

TEST_CASE("modules that are not what their key in the store says are damaged") {
  Bench bench;
  bench.modules("tree", "text");
  bench.inputs[0].entry.key = std::string(32, '0');
  CHECK(contains(bench.refusal(), "not to the key in its name"));
}

TEST_CASE("an output that is not what its manifest says is damaged, and nothing of it is written") {
  Bench bench;
  SUBCASE("a file too much") {
    bench.output(Kind::sdk, "sdk");
    bench.scratch.file("sdk/more", "");
    CHECK(contains(bench.refusal(), "\"more\" is not what its manifest says"));
    CHECK(bench.sink.text.empty());
  }
  SUBCASE("a file that is gone") {
    bench.output(Kind::sdk, "sdk");
    fs::remove(bench.scratch / "sdk/share/go/VERSION");
    CHECK(contains(bench.refusal(), "its manifest names files that are missing"));
    CHECK(bench.sink.text.empty());
  }
  SUBCASE("a file with other bytes, which is found when it is written") {
    bench.output(Kind::sdk, "sdk");
    bench.scratch.file("sdk/share/go/VERSION", "go1.99.1\n");
    CHECK(contains(bench.refusal(), "\"share/go/VERSION\" is not what its manifest says"));
  }
  CHECK(contains(bench.refusal(), "verify --repair " + (bench.scratch / "sdk").string()));
}

TEST_CASE("a source goes in as it is pinned, or not at all") {
  Bench bench;
  bench.source();
  CHECK(names(bench.create().index) == std::vector<std::string>{"go1.99.0-source"});
  bench.scratch.file("go/more", "");
  CHECK(contains(bench.refusal(), "its NAR hash is sha256-"));
}

TEST_CASE("an output of another source than the pin's does not go in") {
  Bench bench;
  bench.output(Kind::sdk, "sdk");
  Release other = sample_pin();
  other.source = sha256("another");
  bench.releases.put(other);
  CHECK(contains(bench.refusal(), "it was made from the source " + sri(sample_pin().nar()) +
                                      ", and the pin of go1.99.0 is " + sri(other.nar())));
}

TEST_CASE("a bundle brings the pins of the releases in it, and no others") {
  Bench bench;
  bench.releases.put(sample_pin("1.98.0"));
  bench.output(Kind::sdk, "sdk");
  bench.create();
  BundleReader reader(memory_source(bench.sink.text, "bundle"), bundle_limits());
  reader.read_sbom();
  const std::string pins = reader.read_releases();
  CHECK(contains(pins, "\"1.99.0\""));
  CHECK_FALSE(contains(pins, "\"1.98.0\""));
}

TEST_CASE("a name that could not be read again is not written") {
  Bench bench;
  bench.modules("a tree", "text");
  CHECK(contains(bench.refusal(), "is not a plain name"));
  CHECK(bench.sink.text.empty());
}
