#include "release/kind.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace gostrap;

TEST_CASE("each kind has one row, a word and a place of its own") {
  std::set<Kind> kinds;
  std::set<std::string_view> words;
  std::set<int> places;
  for (const KindFacts& each : kind_table) {
    CAPTURE(each.word);
    CHECK(kinds.insert(each.kind).second);
    CHECK(words.insert(each.word).second);
    CHECK(places.insert(each.order).second);
    CHECK(each.seconds > 0);
  }
}

TEST_CASE("a kind is called by its word, and known by it again") {
  for (const KindFacts& each : kind_table) {
    CHECK(text(each.kind) == each.word);
    CHECK(kind_called(each.word) == each.kind);
  }
  // in names of outputs and keys of stores: they stay
  CHECK(text(Kind::source) == "source");
  CHECK(text(Kind::host) == "host");
  CHECK(text(Kind::toolchain) == "toolchain");
  CHECK(text(Kind::sdk) == "sdk");
  CHECK(text(Kind::archives) == "archives");
  CHECK(text(Kind::modules) == "modules");
  CHECK(text(Kind::compiled_std) == "std");
}

TEST_CASE("another word is no kind") {
  for (const std::string word : {"", "pie", "SDK", "sdk ", "sdks"}) CHECK_MESSAGE(!kind_called(word), word);
}

TEST_CASE("a source and modules are for no port, all else is for one") {
  CHECK_FALSE(has_port(Kind::source));
  CHECK_FALSE(has_port(Kind::modules));
  for (const Kind kind : {Kind::host, Kind::toolchain, Kind::sdk, Kind::archives, Kind::compiled_std})
    CHECK(has_port(kind));
}

TEST_CASE("what others are made from stands before them") {
  const auto before = [](Kind first, Kind second) { return facts_of(first).order < facts_of(second).order; };
  CHECK(before(Kind::source, Kind::host));
  CHECK(before(Kind::host, Kind::sdk));
  CHECK(before(Kind::host, Kind::toolchain));
  CHECK(before(Kind::toolchain, Kind::archives));
  CHECK(before(Kind::sdk, Kind::compiled_std));
}

TEST_CASE("toolchains and SDKs have a GOROOT, nothing else has") {
  for (const KindFacts& each : kind_table) {
    const bool has = each.kind == Kind::host || each.kind == Kind::toolchain || each.kind == Kind::sdk;
    CHECK_MESSAGE(each.has_goroot == has, std::string(each.word));
  }
}

TEST_CASE("whoever names another is told all that there are") {
  CHECK(all_kinds() == "source, host, toolchain, sdk, archives, modules, std");
}
