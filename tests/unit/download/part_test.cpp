#include "download/part.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

struct Bench {
  Scratch scratch;
  Silent silent;
  fs::path file = scratch / "go.tar.gz";

  Part part() { return Part(file, silent); }
  std::string left() const {
    std::vector<std::string> names;
    for (const auto& each : fs::directory_iterator(scratch.path())) names.push_back(each.path().filename());
    std::sort(names.begin(), names.end());
    std::string list;
    for (const std::string& name : names) list += name + " ";
    return list;
  }
};

HttpAnswer partial(const std::string& range, const std::string& etag = {}) {
  HttpAnswer answer;
  answer.status = 206;
  answer.content_range = range;
  answer.etag = etag;
  return answer;
}

const PartOrigin origin{"http://x/", "\"a\"", 10};

}  // namespace

TEST_CASE("a part that can be added to outlives its maker, with a note of what it is of") {
  Bench bench;
  {
    Part part = bench.part();
    part.begin(origin);
    part.append("hello");
  }
  CHECK(bench.left() == "go.tar.gz.part go.tar.gz.part.json ");
  {
    Part part = bench.part();
    CHECK(part.is_of("http://x/"));
    CHECK_FALSE(part.is_of("http://y/"));
    CHECK(part.size() == 5);
    CHECK(part.origin().size == 10);
    part.append("world");
    CHECK(part.is_whole());
    CHECK(part.digest() == sha256("helloworld"));
    part.commit();
  }
  CHECK(bench.left() == "go.tar.gz ");
  CHECK(read_file(bench.file) == "helloworld");
}

TEST_CASE("nothing is left of what cannot be added to") {
  Bench bench;
  { bench.part(); }
  CHECK(bench.left().empty());
  {
    Part part = bench.part();
    part.begin({"http://x/", "", 10});
    part.append("hello");
  }
  CHECK(bench.left().empty());
  {
    Part part = bench.part();
    part.begin(origin);
    part.append("hello");
    part.discard();
  }
  CHECK(bench.left().empty());
}

TEST_CASE("a part whose note is of no use begins anew") {
  for (const std::string note :
       {"", "{", R"({"url": "http://x/"})", R"({"url": "http://x/", "validator": "a\r\nb"})",
        R"({"url": "http://x/", "validator": "\"a\"", "size": 4})"}) {
    Bench bench;
    bench.scratch.file("go.tar.gz.part", "hello");
    bench.scratch.file("go.tar.gz.part.json", note);
    Part part = bench.part();
    CHECK_MESSAGE(!part.is_of("http://x/"), note);
    part.begin(origin);
    part.append("x");
    CHECK(part.digest() == sha256("x"));
  }
}

TEST_CASE("what gostrap did not make stays as it is") {
  Bench bench;
  bench.scratch.file("go.tar.gz.part", "a browser's");
  CHECK(contains(error_of([&] { bench.part(); }), "gostrap did not make it"));
  CHECK(read_file(bench.scratch / "go.tar.gz.part") == "a browser's");
  CHECK(bench.left() == "go.tar.gz.part ");
  fs::remove(bench.scratch / "go.tar.gz.part");
  bench.scratch.link("go.tar.gz.part", "elsewhere");
  CHECK(!error_of([&] { bench.part(); }).empty());
  CHECK(fs::is_symlink(bench.scratch / "go.tar.gz.part"));
}

TEST_CASE("only what is missing of the same state continues a part") {
  CHECK(continues(partial("bytes 5-9/10"), origin, 5));
  CHECK(continues(partial("bytes 5-9/*"), origin, 5));
  CHECK(continues(partial("bytes 5-9/10", "\"a\""), origin, 5));
  CHECK(continues(partial("bytes 5-11/12"), {"http://x/", "\"a\"", {}}, 5));
  CHECK_FALSE(continues(partial("bytes 5-9/10", "\"b\""), origin, 5));
  CHECK_FALSE(continues(partial("bytes 4-9/10"), origin, 5));
  CHECK_FALSE(continues(partial("bytes 5-8/10"), origin, 5));
  CHECK_FALSE(continues(partial("bytes 5-11/12"), origin, 5));
  CHECK_FALSE(continues(partial("bytes 5-9/*"), {"http://x/", "\"a\"", {}}, 5));
  CHECK_FALSE(continues(partial(""), origin, 5));
  HttpAnswer short_one = partial("bytes 5-9/10");
  short_one.length = 4;
  CHECK_FALSE(continues(short_one, origin, 5));
}
