#include "sdk/module.hpp"

#include "source/samples.hpp"
#include "support/hash.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

std::string h1(const std::string& lines) {
  return "h1:" + sri(sha256(lines)).substr(7);
}

}  // namespace

TEST_CASE("a module's version is its release and port, and armv6l is linux-arm there") {
  CHECK(module_version("1.24.4", {"linux", "riscv64"}) == "v0.0.1-go1.24.4.linux-riscv64");
  CHECK(module_version("1.24.4", {"linux", "arm"}) == "v0.0.1-go1.24.4.linux-arm");
  CHECK(is_module_file("v0.0.1-go1.24.4.linux-arm.zip"));
  CHECK_FALSE(is_module_file("go1.24.4.linux-armv6l.tar.gz"));
}

TEST_CASE("h1 is the hash of the files' hashes, sorted by name whatever their order in the zip") {
  const Scratch scratch;
  Pack pack(scratch / "zip", Pack::Form::zip);
  pack.file("m@v/b", "two");
  pack.file("m@v/a", "one");
  pack.close();
  CHECK(h1_of_archive(scratch / "zip", {}) ==
        h1(hex(sha256("one")) + "  m@v/a\n" + hex(sha256("two")) + "  m@v/b\n"));
}

TEST_CASE("the h1 of a go.mod is that of the one file") {
  const Scratch scratch;
  // as the go command writes it into a go.sum
  CHECK(h1_of_mod(scratch.file("m", "module example.com/m\n")) ==
        "h1:flS2VctbRrTv+sBE+VKgxx6hlkMGPVz9MGOmzMYFg3k=");
  // the line of the Go checksum database for every version of golang.org/toolchain says the same
  CHECK(h1_of_mod(scratch.file("mod", "module golang.org/toolchain\n")) ==
        h1(hex(sha256("module golang.org/toolchain\n")) + "  go.mod\n"));
}

TEST_CASE("what no module's zip may hold is refused") {
  const Scratch scratch;
  const fs::path twice = scratch.file("twice", RawTar().file("a").file("a").bytes());
  CHECK(contains(error_of([&] { h1_of_archive(twice, {}); }), "twice"));
  const fs::path link = scratch.file("link", RawTar().entry("a", '2', {}, "b").bytes());
  CHECK(contains(error_of([&] { h1_of_archive(link, {}); }), "\"a\" is no file"));
}

TEST_CASE("there are no hashes where a file is missing") {
  const Scratch scratch;
  const std::string version = module_version("1.24.4", {"linux", "riscv64"});
  scratch.file(version + ".mod", "module golang.org/toolchain\n");
  CHECK_FALSE(module_hashes(scratch.path(), version));
  Pack pack(scratch / (version + ".zip"), Pack::Form::zip);
  pack.file("m@v/a", "one");
  pack.close();
  CHECK(module_hashes(scratch.path(), version)->zip == h1(hex(sha256("one")) + "  m@v/a\n"));
}
