#include "attest/canonical_json.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

std::string canonical(const std::string& text) {
  return canonical_json(parse_json(text, "x.json"), "x.json");
}

}  // namespace

TEST_CASE("canonical JSON has its keys in the order of their bytes, and no space") {
  CHECK(canonical(R"( {"b": [1, 2, {}], "a": {"d": null, "c": true}, "B": [], "": -3} )") ==
        R"({"":-3,"B":[],"a":{"c":true,"d":null},"b":[1,2,{}]})");
}

TEST_CASE("in a canonical string only quotes and backslashes are escaped") {
  CHECK(canonical(R"(["\u00e9\n\t\"\\\/"])") == "[\"\xc3\xa9\n\t\\\"\\\\/\"]");
}

TEST_CASE("a number that is no integer has no canonical form") {
  CHECK(contains(error_of([] { canonical("[1.5]"); }), "cannot read x.json: a number in what is signed"));
}
