#include "tlog/lookup.hpp"

#include "samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("paths of modules are escaped as the go command does") {
  CHECK(lookup_path("github.com/Azure/azure-sdk", "v1.0.0") == "lookup/github.com/!azure/azure-sdk@v1.0.0");
  CHECK(lookup_path("example.com/m", "v2.0.0-RC1+incompatible") ==
        "lookup/example.com/m@v2.0.0-!r!c1+incompatible");
  for (const char* path :
       {"", "/a", "a/", "a//b", "../a", "a/../b", "a/.b", ".", "a b", "a!b", "a\nb", "a%2fb", "ä", "a@b"}) {
    CAPTURE(path);
    CHECK(contains(error_of([&] { lookup_path(path, "v1.0.0"); }), "no module is called so"));
    CHECK_FALSE(error_of([&] { lookup_path("a", path); }).empty());
  }
}

TEST_CASE("a lookup is taken apart: of sum.golang.org, and of Go's own implementation") {
  const Lookup real = parse_lookup(real_lookup, "FILE");
  CHECK(real.record == 2580307);
  CHECK(real.text == record_of("github.com/google/uuid", "v1.2.0",
                               "h1:qJYtXnJRWmpe7m/3XlyhrsLrEURqHRM2kxzoxXqyUDs=",
                               "h1:TIyPZe4MgqvfeYDBFedMoGGpEw/LqOeaOT+nhxU+yHo="));
  const Lookup ours = parse_lookup(log_file(lookup_file), "FILE");
  CHECK(ours.record == 123);
  CHECK(ours.text == logged_record);
  CHECK(ours.note == log_file("latest"));
}

TEST_CASE("what is no lookup is refused with file and reason") {
  const auto refused = [](const std::string& text) { return error_of([&] { parse_lookup(text, "FILE"); }); };
  CHECK(contains(refused(""), "FILE: its first line is not the number of a record"));
  CHECK(contains(refused("7"), "not the number of a record"));
  CHECK(contains(refused("-7\na\n\nnote"), "not the number of a record"));
  CHECK(contains(refused("07\na\n\nnote"), "not the number of a record"));
  CHECK(contains(refused("<html>\n\n"), "not the number of a record"));
  CHECK(contains(refused("7\na\nb\n"), "no empty line stands behind its record"));
  CHECK(contains(refused("7\n\n\nnote"), "no plain text"));
  CHECK(contains(refused("7\na\tb\n\nnote"), "no plain text"));
  CHECK(contains(refused("7\n\xff\n\nnote"), "no plain text"));
  CHECK(contains(refused("7\n" + std::string(1'000'000, 'a')), "longer than 1000000 bytes"));
}

TEST_CASE("of a record the lines about one version count") {
  const std::string record = "a v1 h1:1\na v1/go.mod h1:2\na v11 h1:3\naa v1 h1:4\n";
  CHECK(lines_about(record, "a", "v1") == "a v1 h1:1\na v1/go.mod h1:2\n");
  CHECK(lines_about(record, "a", "v2").empty());
}
