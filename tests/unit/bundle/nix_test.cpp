#include "bundle/nix.hpp"

#include "bundle/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

BundleEntry entry(Kind kind) {
  BundleEntry entry;
  entry.kind = kind;
  entry.release = "1.24.4";
  entry.port = Port{"linux", "riscv64"};
  entry.hosted_on = Port{"linux", "arm64"};
  return entry;
}

/// "x86_64-linux" on the machine that runs this.
std::string here() {
  const Port own = own_port();
  return (own.goarch == "amd64" ? "x86_64" : own.goarch == "arm64" ? "aarch64" : own.goarch) + "-" + own.goos;
}

std::string why_not(const Manifest& manifest, Kind kind) {
  const Scratch scratch;
  return why_not_the_flakes(entry(kind), put_output(scratch, "tree", manifest));
}

}  // namespace

TEST_CASE("an SDK and a host are packages of the system that they run on") {
  CHECK(nix_attribute(entry(Kind::sdk)) == "legacyPackages.aarch64-linux.go_1_24_4.go-sdk-linux-riscv64");
  CHECK(nix_attribute(entry(Kind::host)) == "legacyPackages.aarch64-linux.go_1_24_4.go-host-from-source");
}

TEST_CASE("a machine that Nix calls as Go does keeps its name, and the others get Nix's") {
  BundleEntry sdk = entry(Kind::sdk);
  sdk.hosted_on = Port{"linux", "amd64"};
  CHECK(nix_attribute(sdk) == "legacyPackages.x86_64-linux.go_1_24_4.go-sdk-linux-riscv64");
  sdk.hosted_on = Port{"linux", "riscv64"};
  CHECK(nix_attribute(sdk) == "legacyPackages.riscv64-linux.go_1_24_4.go-sdk-linux-riscv64");
}

TEST_CASE("what runs nowhere here is a package of this machine, which makes it") {
  CHECK(nix_attribute(entry(Kind::source)) == "legacyPackages." + here() + ".go_1_24_4.go-source");
  CHECK(nix_attribute(entry(Kind::archives)) ==
        "legacyPackages." + here() + ".go_1_24_4.go-archives-linux-riscv64");
}

TEST_CASE("a toolchain is unpacked by the flake, but for darwin, where upstream's archive is signed") {
  BundleEntry toolchain = entry(Kind::toolchain);
  CHECK_FALSE(nix_attribute(toolchain).has_value());
  toolchain.port = Port{"darwin", "arm64"};
  CHECK(nix_attribute(toolchain) == "legacyPackages." + here() + ".go_1_24_4.go-toolchain-darwin-arm64");
}

TEST_CASE("modules are made by no flake") {
  CHECK_FALSE(nix_attribute(entry(Kind::modules)).has_value());
}

TEST_CASE("a name that tells of more than release, kind and port is none of the flake's") {
  BundleEntry sdk = entry(Kind::sdk);
  for (const std::string name : {"", "go1.24.4-sdk-linux-riscv64"}) {
    sdk.name = name;
    CHECK_MESSAGE(nix_attribute(sdk).has_value(), name);
  }
  for (const std::string name :
       {"go1.24.4-sdk-linux-riscv64-GOGC-200", "go1.24.4-sdk-linux-riscv64-reference",
        "go1.24.5-sdk-linux-riscv64", "go1.24.4-host-linux-riscv64", "mine"}) {
    sdk.name = name;
    CHECK_MESSAGE(!nix_attribute(sdk).has_value(), name);
  }
  BundleEntry source = entry(Kind::source);
  source.name = "go1.24.4-source-patched";
  CHECK_FALSE(nix_attribute(source).has_value());
}

TEST_CASE("what a bundle brought plain and canonical is what the flake makes") {
  CHECK(why_not(sample_manifest(Kind::sdk), Kind::sdk) == "");
  CHECK(why_not(sample_manifest(Kind::toolchain), Kind::host) == "");
}

TEST_CASE("a source and modules have no manifest that could say otherwise") {
  CHECK(why_not_the_flakes(entry(Kind::source), "/no/such/tree") == "");
  CHECK(why_not_the_flakes(entry(Kind::modules), "/no/such/tree") == "");
}

TEST_CASE("a profile, other bits than upstream's and an earlier layout are told apart") {
  Manifest manifest = sample_manifest(Kind::sdk);
  SUBCASE("a profile") {
    manifest.profile.settings["GORISCV64"] = "rva22u64";
    CHECK(why_not(manifest, Kind::sdk) == "it has the profile " + manifest.profile.text());
  }
  SUBCASE("not canonical") {
    manifest.canonical = false;
    CHECK(why_not(manifest, Kind::sdk) == "it is not canonical");
  }
  SUBCASE("an earlier layout") {
    manifest.layout = 1;
    CHECK(why_not(manifest, Kind::sdk) == "it was laid out by an earlier gostrap (layout 1)");
  }
}

TEST_CASE("a cache says of a path its NAR, that it is not packed, and that it needs no other") {
  CHECK(nar_info("/nix/store/x-y", std::string(64, '0'), 7) ==
        "StorePath: /nix/store/x-y\nURL: path.nar\nCompression: none\nNarHash: sha256:" +
            std::string(64, '0') + "\nNarSize: 7\nReferences: \n");
}

TEST_CASE("what the flake does not make is not added to Nix's store") {
  BundleEntry modules = entry(Kind::modules);
  modules.name = "tree";
  Silent silent;
  const std::string error = error_of([&] { add_to_nix(modules, "/tree", "/work", {}, silent); });
  CHECK(contains(error, "add tree to the Nix store: the flake makes no such thing"));
  CHECK(contains(error, "bundle install --to DIR"));
}
