#include "source/request.hpp"

#include "release/release.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

namespace {

using Origins = std::vector<std::string>;

struct Bench {
  Release release;
  SourceSettings settings;

  Bench() {
    release.version = {1, 99, 0};
    release.origins = {"https://own/go"};
  }
  SourceRequest request() const { return request_for(release, settings, "/scratch"); }
};

}  // namespace

TEST_CASE("a release's own origins are asked where none is named") {
  CHECK(Bench().request().origins == Origins{"https://own/go"});
}

TEST_CASE("origins for all releases stand instead of their own") {
  Bench bench;
  bench.settings.every_origin = {"/mirror", "/other"};
  CHECK(bench.request().origins == Origins{"/mirror", "/other"});
}

TEST_CASE("origins of one release count for it alone, before those for all") {
  Bench bench;
  bench.settings.every_origin = {"/mirror"};
  bench.settings.origins[{1, 99, 0}] = {"/one"};
  CHECK(bench.request().origins == Origins{"/one"});
  bench.release.version = {1, 98, 0};
  CHECK(bench.request().origins == Origins{"/mirror"});
}

TEST_CASE("no origin at all may be named for a release") {
  Bench bench;
  bench.settings.origins[{1, 99, 0}] = {};
  CHECK(bench.request().origins.empty());
}

TEST_CASE("bounds, patience and the wish to stay offline hold for every release") {
  Bench bench;
  bench.settings.offline = true;
  bench.settings.limits.bytes = 5;
  bench.settings.patience.retries = 7;
  CHECK(bench.request().offline);
  CHECK(bench.request().limits.bytes == 5);
  CHECK(bench.request().patience.retries == 7);
  CHECK(bench.request().scratch == "/scratch");
}
