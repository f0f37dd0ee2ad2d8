#include "sdk/goproxy.hpp"

#include "sdk/module.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const Port riscv64{"linux", "riscv64"};
const std::string module = "v0.0.1-go1.99.0.linux-riscv64";

/// An output of archives with the module's three files.
struct Archives {
  Scratch scratch;
  Manifest manifest;

  Archives() {
    for (const char* const ending : {".info", ".mod", ".zip"}) scratch.file("out/" + module + ending, ending);
    manifest.kind = Kind::archives;
    manifest.release = "1.99.0";
    manifest.port = manifest.hosted_on = riscv64;
    record_contents(scratch / "out", manifest);
  }
  ProxiedModule module_there() const { return module_in(scratch / "out", manifest); }
  std::string refusal() const {
    return error_of([&] { module_there(); });
  }
};

}  // namespace

TEST_CASE("archives have the module of their release and port") {
  const Archives archives;
  CHECK(archives.module_there().version == module);
  CHECK(archives.module_there().archives == archives.scratch / "out");
}

TEST_CASE("what is no archives has no module, and how to have it is told") {
  Archives archives;
  archives.manifest.kind = Kind::sdk;
  CHECK(contains(archives.refusal(), "it is a sdk, and has no module"));
  CHECK(contains(archives.refusal(), "gostrap build linux/riscv64 --archives --release 1.99.0"));
}

TEST_CASE("each of the three files has to be there, and in the manifest") {
  for (const std::string ending : {".info", ".mod", ".zip"}) {
    CAPTURE(ending);
    Archives archives;
    SUBCASE("not there") {
      fs::remove(archives.scratch / "out" / (module + ending));
    }
    SUBCASE("not in the manifest") {
      archives.manifest.files.erase(module + ending);
    }
    CHECK(contains(archives.refusal(), module + ending + " is not there"));
  }
}

TEST_CASE("a file that is not what the manifest says is not served") {
  const Archives archives;
  archives.scratch.file("out/" + module + ".zip", "other");
  CHECK(contains(archives.refusal(), module + ".zip is not what the manifest says"));
  CHECK(contains(archives.refusal(), "gostrap verify --repair "));
}

TEST_CASE("a proxy's directory lists its versions in order, each once, with their files") {
  const Archives archives;
  ProxiedModule earlier = archives.module_there();
  earlier.version = "v0.0.1-go1.98.0.linux-riscv64";
  for (const char* const ending : {".info", ".mod", ".zip"})
    archives.scratch.file("out/" + earlier.version + ending, "earlier");
  write_goproxy({archives.module_there(), earlier, archives.module_there()}, archives.scratch / "proxy");
  const fs::path place = archives.scratch / "proxy/golang.org/toolchain/@v";
  CHECK(read_file(place / "list") == earlier.version + "\n" + module + "\n");
  for (const std::string ending : {".info", ".mod", ".zip"}) {
    CHECK(read_file(place / (module + ending)) == ending);
    CHECK(read_file(place / (earlier.version + ending)) == "earlier");
  }
  CHECK(std::distance(fs::directory_iterator(place), {}) == 7);
}
