#include "bundle/sbom.hpp"

#include "advisory/samples.hpp"
#include "bundle/samples.hpp"
#include "sdk/layout.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

using Refs = std::vector<std::string>;

BundleInput input(Kind kind) {
  BundleInput input;
  input.manifest = sample_manifest(kind == Kind::host ? Kind::toolchain : kind);
  input.entry.kind = kind;
  input.entry.name = "go1.99.0-" + text(kind);
  input.entry.key = std::string(32, 'a');
  input.entry.release = "1.99.0";
  input.entry.source = sample_pin().source;
  input.entry.port = input.manifest->port;
  input.entry.hosted_on = input.manifest->hosted_on;
  return input;
}

BundleInput modules() {
  BundleInput input;
  input.entry.kind = Kind::modules;
  input.entry.name = "tree";
  input.entry.key = std::string(32, 'b');
  return input;
}

Item file(const std::string& path) {
  Item item;
  item.type = Item::Type::file;
  item.path = path;
  item.digest = sha256(path);
  return item;
}

Provenance rung(const std::string& name) {
  Provenance provenance;
  provenance.name = name;
  provenance.key = std::string(32, 'c');
  provenance.inputs = inputs_of(Kind::host, "1.98.0", sample_pin("1.98.0").source, own_port());
  return provenance;
}

Json bill(const std::vector<BundleInput>& inputs, std::vector<Contents> contents = {}) {
  contents.resize(inputs.size());
  return sbom_of(inputs, contents, sample_pins(), "0.1.0");
}

Json component(const Json& bill, const std::string& ref) {
  for (const Json& each : bill["components"]) {
    if (each["bom-ref"] == ref) return each;
  }
  FAIL("no component " << ref << " in " << bill.dump());
  return {};
}
Refs needs(const Json& bill, const std::string& ref) {
  for (const Json& each : bill["dependencies"]) {
    if (each["ref"] == ref) return each["dependsOn"];
  }
  return {};
}
std::string property(const Json& component, const std::string& name) {
  for (const Json& each : component["properties"]) {
    if (each["name"] == "gostrap:" + name) return each["value"];
  }
  return "none";
}

}  // namespace

TEST_CASE("a bill of materials is CycloneDX 1.6 of a bundle, made by this gostrap") {
  const Json json = bill({input(Kind::sdk)});
  CHECK(json["bomFormat"] == "CycloneDX");
  CHECK(json["specVersion"] == "1.6");
  CHECK(json["metadata"]["component"]["bom-ref"] == "bundle");
  CHECK(json["metadata"]["tools"]["components"][0]["version"] == "0.1.0");
}

TEST_CASE("the same bundle has the same bill, and another one another number") {
  const Json once = bill({input(Kind::sdk)});
  CHECK(bill({input(Kind::sdk)}) == once);
  BundleInput other = input(Kind::sdk);
  other.entry.key = std::string(32, 'd');
  CHECK(bill({other})["serialNumber"] != once["serialNumber"]);
  const std::string number = once["serialNumber"];
  CHECK(number.size() == std::string("urn:uuid:").size() + 36);
  CHECK(number[23] == '8');
}

TEST_CASE("an entry is Go of its release, with licence, CPE, purl and the commit it was made from") {
  const Json sdk = component(bill({input(Kind::sdk)}), "entry:go1.99.0-sdk");
  const std::string commit = sample_pin().commit;
  CHECK(sdk["name"] == "go");
  CHECK(sdk["version"] == "1.99.0");
  CHECK(sdk["cpe"] == "cpe:2.3:a:golang:go:1.99.0:*:*:*:*:*:*:*");
  CHECK(sdk["purl"] == "pkg:generic/go@1.99.0?vcs_url=git%2Bhttps://go.googlesource.com/go%40" + commit);
  CHECK(sdk["licenses"][0]["license"]["id"] == "BSD-3-Clause");
  CHECK(sdk["description"] == "SDK of Go 1.99.0 for linux/riscv64, runs on linux/amd64");
  CHECK(sdk["pedigree"]["commits"][0]["uid"] == commit);
}

TEST_CASE("what gostrap knows of an entry stands in its properties") {
  BundleInput sdk = input(Kind::sdk);
  sdk.manifest->differences = {"go.env"};
  const Json json = component(bill({sdk}), "entry:go1.99.0-sdk");
  CHECK(property(json, "kind") == "sdk");
  CHECK(property(json, "key") == sdk.entry.key);
  CHECK(property(json, "source") == sri(sample_pin().nar()));
  CHECK(property(json, "port") == "linux/riscv64");
  CHECK(property(json, "hostedOn") == "linux/amd64");
  CHECK(property(json, "contents") == "sha256:" + hex(sha256("")));
  CHECK(property(json, "canonical") == "true");
  CHECK(property(json, "differs") == "go.env");
}

TEST_CASE("of a stranger's entry nobody says that it is canonical") {
  BundleInput sdk = input(Kind::sdk);
  sdk.provenance.installed.emplace();
  CHECK(property(component(bill({sdk}), "entry:go1.99.0-sdk"), "canonical") == "none");
}

TEST_CASE("the bundle depends on its entries, and those on the rungs of the ladder, which are not in it") {
  BundleInput sdk = input(Kind::sdk);
  sdk.provenance.from = {rung("go1.98.0-host")};
  const Json json = bill({sdk});
  CHECK(needs(json, "bundle") == Refs{"entry:go1.99.0-sdk"});
  CHECK(needs(json, "entry:go1.99.0-sdk") == Refs{"rung:go1.98.0-host"});
  CHECK(component(json, "rung:go1.98.0-host")["scope"] == "excluded");
  CHECK(component(json, "rung:go1.98.0-host")["version"] == "1.98.0");
}

TEST_CASE("a rung that is in the bundle is that entry, in whatever order they come") {
  BundleInput host = input(Kind::host);
  BundleInput sdk = input(Kind::sdk);
  sdk.provenance.from = {rung("go1.99.0-host")};
  for (const auto& inputs : {std::vector{sdk, host}, std::vector{host, sdk}})
    CHECK(needs(bill(inputs), "entry:go1.99.0-sdk") == Refs{"entry:go1.99.0-host"});
}

TEST_CASE("the ladder begins with a Go, or another compiler, that is not in the bundle") {
  const std::string go = hex(sha256("go"));
  BundleInput host = input(Kind::host);
  host.provenance.inputs = rung("").inputs;
  host.provenance.inputs->bootstrap = BootstrapId{"go1.23.5", go, ""};
  const std::string first = "bootstrap:go1.23.5:" + go.substr(0, 16);
  const Json with_go = bill({host});
  CHECK(needs(with_go, "entry:go1.99.0-host") == Refs{first});
  CHECK(component(with_go, first)["version"] == "1.23.5");
  CHECK(property(component(with_go, first), "goCommand") == "sha256:" + go);
  host.provenance.inputs->bootstrap = BootstrapId{"gccgo 12.2.0", go, ""};
  const Json gccgo = component(bill({host}), "bootstrap:gccgo 12.2.0:" + go.substr(0, 16));
  CHECK(gccgo["purl"] == "pkg:generic/gccgo%2012.2.0");
  CHECK_FALSE(gccgo.contains("cpe"));
  CHECK_FALSE(gccgo.contains("licenses"));
}

TEST_CASE("modules are libraries by the zips in them, from a proxy's tree or a module cache") {
  const Json json = bill({modules()}, {{file("example.com/!burnt/m/@v/v1.0.0+incompatible.zip"),
                                        file("cache/download/example.com/n/@v/v0.1.0.zip"),
                                        file("example.com/n/@v/v0.1.0.mod"), file("other.zip")}});
  const std::string burnt = "pkg:golang/example.com/Burnt/m@v1.0.0%2Bincompatible";
  CHECK(needs(json, "entry:tree") == Refs{burnt, "pkg:golang/example.com/n@v0.1.0"});
  CHECK(component(json, burnt)["name"] == "example.com/Burnt/m");
  CHECK(component(json, burnt)["version"] == "v1.0.0+incompatible");
  CHECK(component(json, burnt)["hashes"][0]["content"] ==
        hex(sha256("example.com/!burnt/m/@v/v1.0.0+incompatible.zip")));
  CHECK(component(json, "entry:tree")["type"] == "data");
}

TEST_CASE("a patch stands in the pedigree with its text, and by its hash alone where that is another") {
  const Scratch scratch;
  BundleInput sdk = input(Kind::sdk);
  sdk.tree = scratch.path();
  sdk.manifest->profile.patches = {sha256("the patch")};
  const std::string kept = patch_file({}, sha256("the patch")).string();
  scratch.file(kept, "the patch");
  Json json = component(bill({sdk}), "entry:go1.99.0-sdk");
  CHECK(json["pedigree"]["patches"][0]["diff"]["text"]["content"] == "the patch");
  CHECK(json["externalReferences"][0]["hashes"][0]["content"] == hex(sha256("the patch")));
  CHECK(json["externalReferences"][0]["url"] == "go1.99.0-sdk/" + kept);
  scratch.file(kept, "another");
  json = component(bill({sdk}), "entry:go1.99.0-sdk");
  CHECK_FALSE(json["pedigree"]["patches"][0].contains("diff"));
}

TEST_CASE(
    "what no compiler made is a file in its component, with its use and where upstream says that it is "
    "from") {
  const Scratch scratch;
  const std::string race = "share/go/src/runtime/race/race_linux_arm64.syso";
  scratch.file("share/go/src/runtime/race/README", "race_linux_arm64.syso built with LLVM 1 and Go 2.\n");
  BundleInput sdk = input(Kind::sdk);
  sdk.tree = scratch.path();
  const Json bill_of =
      bill({sdk}, {{file(race), file("share/go/src/fmt/print.go"), file("share/go/src/x/evil.syso"),
                    file("share/go/src/x/testdata/a.syso"), file("bin/race_linux_arm64.syso")}});
  const Json files = component(bill_of, "entry:go1.99.0-sdk")["components"];
  REQUIRE(files.size() == 2);
  CHECK(files[0]["name"] == "src/runtime/race/race_linux_arm64.syso");
  CHECK(files[0]["bom-ref"] == "entry:go1.99.0-sdk#" + race);
  CHECK(files[0]["hashes"][0]["content"] == hex(sha256(race)));
  CHECK(property(files[0], "use") == "program");
  CHECK(property(files[0], "origin") == "src/runtime/race/README: built with LLVM 1 and Go 2");
  CHECK(files[1]["name"] == "src/x/evil.syso");
  CHECK(property(files[1], "use") == "unknown");
}

TEST_CASE("with a database the bill says what affects which component, and no more than that is known") {
  AdvisoryDatabase database;
  database.add("1", osv("GO-1", "stdlib", introduced("0") + "," + fixed("1.99.7")));
  database.add("2", osv("GO-2", "toolchain", introduced("0")));
  database.add("3", osv("GO-3", "stdlib", introduced("0") + "," + fixed("1.98.0")));
  database.add("4", osv("GO-4", "example.com/m", introduced("0") + "," + fixed("1.5.0")));
  Contents proxy{file("example.com/m/@v/v1.4.0.zip"), file("example.com/m/@v/v1.5.0.zip")};
  const Json told = sbom_of({input(Kind::sdk), modules()}, {{}, proxy}, sample_pins(), "0.1.0", &database);
  const Json& all = told["vulnerabilities"];
  REQUIRE(all.size() == 3);
  CHECK(all[0]["id"] == "GO-1");
  CHECK(all[0]["source"]["url"] == "https://pkg.go.dev/vuln/GO-1");
  CHECK(all[0]["references"][0]["id"] == "CVE-2099-1");
  CHECK(all[0]["references"][0]["source"]["url"] == "https://nvd.nist.gov/vuln/detail/CVE-2099-1");
  CHECK(all[0]["recommendation"] == "Fixed in Go 1.99.7");
  CHECK(all[0]["affects"].size() == 1);
  CHECK(all[0]["affects"][0]["ref"] == "entry:go1.99.0-sdk");
  CHECK(all[0]["affects"][0]["versions"][0]["version"] == "1.99.0");
  CHECK_FALSE(all[0].contains("analysis"));
  CHECK_FALSE(all[1].contains("recommendation"));
  CHECK(all[2]["affects"].size() == 1);
  CHECK(all[2]["affects"][0]["ref"] == "pkg:golang/example.com/m@v1.4.0");
  CHECK(told["serialNumber"] != bill({input(Kind::sdk), modules()}, {{}, proxy})["serialNumber"]);
}

TEST_CASE("without a database the bill says nothing of advisories; with one that has none it says so") {
  CHECK_FALSE(bill({input(Kind::sdk)}).contains("vulnerabilities"));
  AdvisoryDatabase database;
  database.add("1", osv("GO-1", "example.com/other", introduced("0")));
  CHECK(sbom_of({input(Kind::sdk)}, {{}}, sample_pins(), "0.1.0", &database)["vulnerabilities"].empty());
}

TEST_CASE("a compiled standard library is affected by what is in that, and not by the toolchain's") {
  AdvisoryDatabase database;
  database.add("1", osv("GO-1", "stdlib", introduced("0")));
  database.add("2", osv("GO-2", "toolchain", introduced("0")));
  const Json told = sbom_of({input(Kind::compiled_std)}, {{}}, sample_pins(), "0.1.0", &database);
  CHECK(told["vulnerabilities"].size() == 1);
}
