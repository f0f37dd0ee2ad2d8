#include "tlog/source.hpp"

#include "samples.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("a log's directory is found in whatever holds it") {
  const Scratch scratch;
  scratch.file("gopath/pkg/mod/cache/download/sumdb/log.example/lookup/a@v1", "");
  const fs::path directory = scratch / "gopath/pkg/mod/cache/download/sumdb/log.example";
  for (const char* named :
       {"gopath", "gopath/pkg/mod", "gopath/pkg/mod/cache/download", "gopath/pkg/mod/cache/download/sumdb",
        "gopath/pkg/mod/cache/download/sumdb/log.example"}) {
    CAPTURE(named);
    CHECK(log_directory(scratch / named, "log.example") == directory);
  }
  CHECK_FALSE(log_directory(scratch / "gopath", "other.example"));
  CHECK_FALSE(log_directory(scratch / "gopath/pkg/mod/cache/download/sumdb", "../sumdb/log.example"));
  CHECK_FALSE(log_directory(scratch / "nothing", "log.example"));
}

TEST_CASE("signed trees lie in latest, beside the module cache and in lookups") {
  const Scratch scratch;
  const std::string directory = "pkg/mod/cache/download/sumdb/log.example";
  scratch.file(directory + "/latest", "here");
  scratch.file("pkg/sumdb/log.example/latest", "the go command's");
  scratch.file(directory + "/lookup/example.com/a@v1", "1\na\n\nof a");
  scratch.file(directory + "/lookup/example.com/b@v1", "2\nb\n\nof a");
  scratch.file(directory + "/lookup/example.com/c@v1", "rubbish");
  std::vector<std::string> texts;
  for (const FoundNote& each : source_in(scratch / directory).notes()) texts.push_back(each.text);
  CHECK(texts == std::vector<std::string>{"here", "the go command's", "of a"});
}

TEST_CASE("a narrow tile comes out of the narrowest that is wider, and not out of one of a wrong length") {
  const Scratch scratch;
  const auto read = source_in(scratch.path()).read;
  scratch.file("tile/8/0/000.p/9", std::string(9 * 32, '9'));
  scratch.file("tile/8/0/000.p/7", std::string(7 * 32, '7'));
  scratch.file("tile/8/0/000.p/x", "");
  CHECK(read("tile/8/0/000.p/5") == std::string(5 * 32, '7'));
  CHECK(read("tile/8/0/000.p/8") == std::string(8 * 32, '9'));
  CHECK(read("tile/8/0/000.p/9") == std::string(9 * 32, '9'));
  CHECK_FALSE(read("tile/8/0/000.p/10"));
  CHECK_FALSE(read("tile/8/0/000"));
  scratch.file("tile/8/0/000.p/7", "short");
  CHECK_FALSE(read("tile/8/0/000.p/5"));
  scratch.file("tile/8/0/001", std::string(1'000'001, 'x'));
  CHECK(contains(error_of([&] { read("tile/8/0/001"); }), "tile/8/0/001"));
}
