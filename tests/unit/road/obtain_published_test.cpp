#include "road/obtain_published.hpp"

#include "source/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const PublishedArchive published{"go1.24.4.linux-amd64.tar.gz", {}};

struct Origins {
  Scratch scratch;
  Heard heard;
  std::vector<std::string> named;
  bool offline = true;

  ObtainedArchive obtain() {
    Workshop workshop{scratch.directory("work"), scratch / "log", heard};
    workshop.sources.offline = offline;
    if (!named.empty()) workshop.sources.origins[sample_release().version] = named;
    return obtain_published(sample_release(), published, workshop);
  }
  std::string refusal() {
    return error_of([&] { obtain(); });
  }
};

}  // namespace

TEST_CASE("a file of that name is taken, also out of a Nix store, and one that lies in a named directory") {
  for (const char* const name :
       {"go1.24.4.linux-amd64.tar.gz", "0123456789abcdfghijklmnpqrsvwxyz-go1.24.4.linux-amd64.tar.gz"}) {
    Origins origins;
    origins.named = {origins.scratch.file(name, "x").string()};
    CHECK(origins.obtain().file == origins.named.front());
  }
  Origins origins;
  const fs::path file = origins.scratch.file("dl/" + published.file, "x");
  origins.named = {(origins.scratch / "dl").string()};
  CHECK(origins.obtain().file == file);
  CHECK(origins.obtain().origin == file.string());
}

TEST_CASE("what is named and has no such file is told, and the web is not asked in its place") {
  Origins origins;
  origins.offline = false;
  origins.named = {origins.scratch.file("go1.24.4.src.tar.gz", "x").string(),
                   origins.scratch.directory("empty").string(), "https://user:secret@x/go.git"};
  const std::string refusal = origins.refusal();
  CHECK(contains(refusal, "--from names no file of that name"));
  CHECK(contains(refusal, "go1.24.4.src.tar.gz"));
  CHECK(contains(refusal, "https://***@x/go.git"));
  CHECK(contains(refusal, "Get it from https://go.dev/dl/go1.24.4.linux-amd64.tar.gz"));
}

TEST_CASE("offline, nothing on the network is asked") {
  Origins origins;
  CHECK(contains(origins.refusal(), "the network is not to be touched"));
  origins.named = {"http://127.0.0.1:1/" + published.file};
  CHECK(contains(origins.refusal(), "the network is not to be touched"));
  origins.offline = false;
  CHECK(contains(origins.refusal(), "Connection refused"));
}
