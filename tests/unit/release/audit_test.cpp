#include "release/audit.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

using Result = AuditedPin::Result;

const Releases& shipped() {
  static const Releases releases = Releases::load("/no/such/file");
  return releases;
}

const Release& release() {
  return shipped().get("1.24.4");
}

Digest ours(const std::string& file) {
  return release().archives.at(file);
}

/// "go1.24.4.src.tar.gz agrees, …"
std::string audited(const std::string& text_of_pins) {
  std::string all;
  for (const AuditedPin& pin : audited_pins(text_of_pins, shipped())) {
    if (!all.empty()) all += ", ";
    all += pin.file + " " + text(pin.result);
  }
  return all;
}

const std::string other(64, 'a');

}  // namespace

TEST_CASE("go.dev's index is held against ours, file by file") {
  const std::string file = "go1.24.4.linux-amd64.tar.gz";
  const auto index = [&](const std::string& hash) {
    return R"([{"version": "go1.24.4", "stable": true, "files": [{"filename": ")" + file +
           R"(", "os": "linux", "arch": "amd64", "version": "go1.24.4", "sha256": ")" + hash +
           R"(", "size": 1, "kind": "archive"}]}])";
  };
  CHECK(audited(index(hex(ours(file)))) == file + " agrees");
  CHECK(audited(index(other)) == file + " differs");
}

TEST_CASE("a recipe of nixpkgs pins the source archive of its version") {
  const auto recipe = [](const std::string& hash) {
    return "stdenv.mkDerivation (finalAttrs: {\n  pname = \"go\";\n  version = \"1.24.4\";\n"
           "  src = fetchurl {\n    url = \"https://go.dev/dl/go${finalAttrs.version}.src.tar.gz\";\n"
           "    hash = \"" +
           hash + "\";\n  };\n";
  };
  CHECK(audited(recipe(sri(*release().source_archive))) == "go1.24.4.src.tar.gz agrees");
  CHECK(audited(recipe(sri(sha256("x")))) == "go1.24.4.src.tar.gz differs");
}

TEST_CASE("a recipe of conda does, too") {
  const std::string recipe =
      "{% set version = \"1.24.4\" %}\nsource:\n  url: https://go.dev/dl/go{{ version "
      "}}.src.tar.gz\n  sha256: ";
  CHECK(audited(recipe + hex(*release().source_archive) + "\n") == "go1.24.4.src.tar.gz agrees");
  CHECK(audited(recipe + other + "\n") == "go1.24.4.src.tar.gz differs");
}

TEST_CASE("the file of a URL is known by the URL's end") {
  const std::string text =
      "url = \"https://go.dev/dl/go1.24.4.windows-386.zip\"; sha256 = \"" + other + "\";";
  CHECK(audited(text) == "go1.24.4.windows-386.zip differs");
}

TEST_CASE("Nix' base 32 is read") {
  // nix hash convert --hash-algo sha256 --to nix32 <hexadecimal digits of nothing's SHA-256>
  const std::vector<AuditedPin> pins =
      audited_pins("go1.24.4.src.tar.gz 0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73", shipped());
  REQUIRE(pins.size() == 1);
  CHECK(pins[0].theirs == sha256(""));
}

TEST_CASE("a file that we do not have is unknown, and where it stands is told") {
  const std::vector<AuditedPin> pins =
      audited_pins("one\ngo1.24.4.linux-m68k.tar.gz\n" + other + "\n", shipped());
  REQUIRE(pins.size() == 1);
  CHECK(pins[0].result == Result::unknown);
  CHECK(pins[0].line == 3);
  CHECK(audited("version = \"1.24.4\"; hash = \"" + other) == "go1.24.4 (which file is not said) unknown");
  CHECK(audited("version = \"1.99.4\"; hash = \"" + other) == "");  // any program may be at 1.99.4
}

TEST_CASE("a hash before which nothing stands is nobody's") {
  CHECK(audited(other) == "");
  CHECK(audited("narHash = \"" + sri(sha256("x")) + "\"") == "");
}

TEST_CASE("a name counts for one hash") {
  const std::string file = "go1.24.4.linux-arm64.tar.gz";
  CHECK(audited(file + " " + hex(ours(file)) + "\n" + other) == file + " agrees");
}

TEST_CASE("an installer is nobody's here, and no other file") {
  CHECK(audited("1.24.4 go1.24.4.windows-amd64.msi " + other) == "");
  CHECK(audited("1.24.4 go1.24.4.darwin-arm64.pkg " + other) == "");
}

TEST_CASE("an overlay's manifest has each hash before its URL") {
  const auto entry = [](const std::string& file, const std::string& hash) {
    return "  x = {\n    sha256 = \"" + hash + "\";\n    url = \"https://go.dev/dl/" + file + "\";\n  };\n";
  };
  const std::string one = "go1.24.4.linux-amd64.tar.gz", two = "go1.24.4.linux-arm64.tar.gz";
  const std::string head = "{\n  version = \"1.24.4\";\n";
  CHECK(audited(head + entry(one, hex(ours(one))) + entry(two, hex(ours(two))) + "}\n") ==
        one + " agrees, " + two + " agrees");
  CHECK(audited(head + entry(one, other) + entry(two, hex(ours(two))) + "}\n") ==
        one + " differs, " + two + " agrees");
}

TEST_CASE("sums as sha256sum writes them have the hash first, and may be of nobody") {
  const std::string one = "go1.24.4.linux-amd64.tar.gz", two = "go1.24.4.linux-arm64.tar.gz";
  CHECK(audited(other + "  x.tar.gz\n" + other + "  " + one + "\n" + hex(ours(two)) + " *" + "./" + two +
                "\n") == one + " differs, " + two + " agrees");
}

TEST_CASE("what a hash or a name is marked with is no part of it") {
  const std::string one = "go1.24.4.linux-amd64.tar.gz";
  CHECK(audited(other + " *" + one + "\n") == one + " differs");
  CHECK(audited("\xef\xbb\xbf" + other + "  " + one + "\n") == one + " differs");
  CHECK(audited("https://go.dev/dl/" + one + "#" + hex(ours(one)) + "\n") == one + " agrees");
}

TEST_CASE("the order is the one in which more agrees, in a text without lines or braces") {
  const std::string one = "go1.24.4.linux-amd64.tar.gz", two = "go1.24.4.linux-arm64.tar.gz";
  const std::string three = "go1.24.4.linux-s390x.tar.gz";
  CHECK(audited(other + "\n" + one + "\n" + hex(ours(one)) + "\n" + two + "\n" + hex(ours(two)) + "\n" +
                three + "\n" + other) == one + " agrees, " + two + " agrees, " + three + " differs");
}

TEST_CASE("an index on one line is read by its braces") {
  const std::string one = "go1.24.4.linux-amd64.tar.gz", two = "go1.24.4.linux-arm64.tar.gz";
  const std::string msi = "go1.24.4.windows-amd64.msi";
  const auto file = [](const std::string& name, const std::string& hash) {
    return R"({"sha256":")" + hash + R"(","filename":")" + name + "\"}";
  };
  CHECK(audited(R"([{"version":"go1.24.4","files":[)" + file(one, hex(ours(one))) + "," + file(msi, other) +
                "," + file(two, other) + "]}]") == one + " agrees, " + two + " differs");
}

TEST_CASE("a hash of one file under the name of another is a difference, and whose it is is told") {
  const std::string one = "go1.24.4.linux-amd64.tar.gz", two = "go1.24.4.linux-arm64.tar.gz";
  const std::vector<AuditedPin> pins = audited_pins(one + " " + hex(ours(two)), shipped());
  REQUIRE(pins.size() == 1);
  CHECK(pins[0].file == one);
  CHECK(pins[0].result == Result::differs);
  CHECK(pins[0].is_of == two);
}

TEST_CASE("ports name files of the version that stands before them") {
  const std::string one = "go1.24.4.linux-amd64.tar.gz", zip = "go1.24.4.windows-amd64.zip";
  CHECK(audited("version = \"1.24.4\"; hashes = {\n  linux-amd64 = \"" + hex(ours(one)) +
                "\";\n  windows-amd64 = \"" + other + "\";\n};\n") == one + " agrees, " + zip + " differs");
  CHECK(audited("linux-amd64 = \"" + other + "\"") == "");
  // what only stands beside a hash is no name of its file
  CHECK(audited("1.24.4 " + one + " # [platform == \"linux-64\"]\n" + hex(ours(one)) +
                " # [\"linux-64\"]\n") == one + " agrees");
}

TEST_CASE("variables of shell scripts and Dockerfiles are read") {
  const std::string one = "go1.24.4.linux-amd64.tar.gz";
  CHECK(audited("ENV GO_FILENAME=" + one + "\nENV GO_FILEHASH=" + hex(ours(one)) + "\n") == one + " agrees");
  CHECK(audited("pkgver=1.24.4\nsource=(https://go.dev/dl/go${pkgver}.src.tar.gz)\nsha256sums=('" + other +
                "')\n") == "go1.24.4.src.tar.gz differs");
}

TEST_CASE("a hash behind the name of somebody else's file is theirs") {
  const std::string one = "go1.24.4.linux-amd64.tar.gz";
  CHECK(audited("curl https://go.dev/dl/" + one + "\nTOOL=https://example.org/tool-1.0.deb\nSUM=" + other +
                "\n") == "");
}

TEST_CASE("the NAR hash of a source is held against the source's, and not against a file's") {
  const auto entry = [](const Digest& hash) {
    return R"({"1.24.4": {"tag": "go1.24.4", "source": ")" + sri(hash) + R"(", "sourceArchive": ")" +
           hex(*release().source_archive) + "\"}}";
  };
  const std::string archive = "go1.24.4.src.tar.gz agrees", tree = "go1.24.4 (NAR hash of its source)";
  CHECK(audited(entry(*release().source)) == tree + " agrees, " + archive);
  CHECK(audited(entry(sha256("x"))) == tree + " differs, " + archive);
}

TEST_CASE("braces that do not match end nothing") {
  const std::string one = "go1.24.4.linux-amd64.tar.gz";
  CHECK(audited("}}}{{ " + one + " }}}} {\n" + other) == "");
  CHECK(audited("}}} " + one + " " + other + " {{{") == one + " differs");
}
