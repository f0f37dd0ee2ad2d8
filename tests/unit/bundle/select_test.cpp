#include "bundle/select.hpp"

#include "bundle/samples.hpp"
#include "sdk/layout.hpp"
#include "store/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

BundleInput of_directory(const fs::path& directory, Records records = Records::portable) {
  return input_of_directory(directory, sample_pins(), records);
}

/// An SDK of the store, with its manifest.
std::string put_sdk(const Shelf& shelf) {
  const std::string entry = shelf.put('a');
  put_output(shelf.scratch, "store/" + entry, sample_manifest(Kind::sdk));
  return entry;
}

}  // namespace

TEST_CASE("an output elsewhere is what its manifest says, and is named by it") {
  const Scratch scratch;
  const BundleInput input = of_directory(put_output(scratch, "any name", sample_manifest(Kind::sdk)));
  CHECK(input.entry.name == "go1.99.0-sdk-linux-riscv64");
  CHECK(input.entry.kind == Kind::sdk);
  CHECK(input.entry.release == "1.99.0");
  CHECK(input.entry.source == sample_pin().source);
  CHECK(input.entry.port == Port{"linux", "riscv64"});
  CHECK(input.entry.hosted_on == Port{"linux", "amd64"});
  CHECK(input.tree == fs::canonical(scratch / "any name"));
  CHECK(input.manifest.has_value());
}

TEST_CASE("what no step made gets its key with its contents") {
  const Scratch scratch;
  const BundleInput input = of_directory(put_output(scratch, "out", sample_manifest(Kind::archives)));
  CHECK(input.entry.key.empty());
  CHECK(input.provenance.name == "go1.99.0-archives-linux-riscv64");
  REQUIRE(input.provenance.inputs.has_value());
  CHECK(input.provenance.inputs->kind == Kind::archives);
  CHECK(input.provenance.inputs->release == "1.99.0");
}

TEST_CASE("a profile ends the name of an output") {
  const Scratch scratch;
  Manifest manifest = sample_manifest(Kind::sdk);
  manifest.profile.settings["GORISCV64"] = "rva22u64";
  CHECK(of_directory(put_output(scratch, "out", manifest)).entry.name ==
        "go1.99.0-sdk-linux-riscv64-GORISCV64-rva22u64");
}

TEST_CASE("a toolchain that packs is a host, and another is none") {
  const Scratch scratch;
  CHECK(of_directory(put_output(scratch, "one", sample_manifest(Kind::toolchain))).entry.kind ==
        Kind::toolchain);
  scratch.file("two/" + std::string(packer_place), "", true);
  const BundleInput host = of_directory(put_output(scratch, "two", sample_manifest(Kind::toolchain)));
  CHECK(host.entry.kind == Kind::host);
  CHECK(host.entry.name == "go1.99.0-host-linux-riscv64");
}

TEST_CASE("a source is known by its files, and pinned by its VERSION") {
  const Scratch scratch;
  scratch.file("go/VERSION", "go1.99.0\n");
  scratch.file("go/src/make.bash", "");
  const BundleInput input = of_directory(scratch / "go");
  CHECK(input.entry.kind == Kind::source);
  CHECK(input.entry.name == "go1.99.0-source");
  CHECK(input.entry.source == sample_pin().source);
  CHECK_FALSE(input.entry.port.has_value());
  CHECK_FALSE(input.manifest.has_value());
}

TEST_CASE("a source of a release that nobody pinned is refused") {
  const Scratch scratch;
  scratch.file("go/VERSION", "go1.97.0\n");
  scratch.file("go/src/make.bash", "");
  CHECK(contains(error_of([&] { of_directory(scratch / "go"); }), "1.97.0"));
}

TEST_CASE("a directory that is neither output nor source is refused") {
  const Scratch scratch;
  CHECK(contains(error_of([&] { of_directory(scratch.directory("tree")); }), "manifest.json"));
  CHECK(contains(error_of([&] { of_directory(scratch / "none"); }), "there is nothing of that name"));
}

TEST_CASE("of the provenance beside an output goes what does not tell of the machine, or all") {
  const Scratch scratch;
  const fs::path out = put_output(scratch, "out", sample_manifest(Kind::sdk));
  Provenance provenance = begun_now();
  provenance.inputs = inputs_of(Kind::sdk, "1.99.0", sample_pin().source, Port{"linux", "riscv64"});
  scratch.file("out.provenance.json", to_text(provenance));
  CHECK_FALSE(of_directory(out, Records::portable).provenance.machine.has_value());
  CHECK(of_directory(out, Records::full).provenance.machine.has_value());
}

TEST_CASE("an entry of a store keeps its key and its name, by whatever way it is named") {
  const Shelf shelf;
  const std::string entry = put_sdk(shelf);
  shelf.scratch.link("root", shelf.store.path(entry).string());
  for (const fs::path& named : {shelf.store.path(entry), shelf.scratch / "root"}) {
    CAPTURE(named);
    const BundleInput input = of_directory(named);
    CHECK(input.entry.key == std::string(32, 'a'));
    CHECK(input.entry.name == "go1.99.0-sdk");
    CHECK(input.tree == fs::canonical(shelf.store.path(entry)));
  }
}

TEST_CASE("of a store's entry the manifest says what it is, and not its provenance") {
  const Shelf shelf;
  StoreEntry entry = *read_entry(shelf.store.provenance_file(put_sdk(shelf)));
  entry.path = shelf.store.path(entry.entry);
  entry.release = "1.98.0";
  const BundleInput input = input_of_store(shelf.store, entry, Records::portable);
  CHECK(input.entry.release == "1.99.0");
  CHECK(input.entry.source == sample_pin().source);
}

TEST_CASE("a tree of modules is called as its directory, however that is written") {
  const Scratch scratch;
  scratch.directory("modules/x");
  scratch.link("link", "modules");
  for (const std::string named : {"modules", "modules/", "modules/.", "modules/x/.."}) {
    CAPTURE(named);
    const BundleInput input = input_of_modules(scratch / named, Records::portable);
    CHECK(input.entry.name == "modules");
    CHECK(input.entry.kind == Kind::modules);
    CHECK(input.entry.key.empty());
    CHECK(input.tree == fs::canonical(scratch / "modules"));
  }
  CHECK(input_of_modules(scratch / "link", Records::portable).entry.name == "link");
  CHECK(input_of_modules(scratch / "link", Records::portable).tree == fs::canonical(scratch / "modules"));
}
