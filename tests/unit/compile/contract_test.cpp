#include "compile/contract.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// What a check of a contract finds, whose program is at `path` (without an SDK, which is one more thing).
std::vector<std::string> broken(const std::string& path) {
  Json json = Json::object();
  json["format"] = "gostrap contract 1";
  json["roots"] = Json::object();
  json["roots"]["SDK"] = "/no/such/sdk/share/go";
  json["sdk"] = Json::object();
  json["tools"] = Json::object();
  json["steps"] = Json::array();
  json["program"] = Json::object();
  json["program"]["path"] = path;
  json["program"]["sha256"] = std::string(64, '0');
  return broken_promises(JsonView(json, "contract.json"), {});
}

}  // namespace

TEST_CASE("what is gone or has changed is a difference") {
  const Scratch scratch;
  CHECK(broken((scratch / "nothing").string()).back() == "it is gone: " + (scratch / "nothing").string());
  CHECK(contains(broken(scratch.file("other", "x").string()).back(), "it has changed: "));
}

TEST_CASE("what cannot be looked at is no difference, but trouble of the machine") {
  const Scratch scratch;
  const fs::path loop = scratch.link("loop", "loop");
  CHECK_THROWS_AS(broken(loop.string()), fs::filesystem_error);
}
