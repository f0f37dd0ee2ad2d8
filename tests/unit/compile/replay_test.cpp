#include "compile/replay.hpp"

#include "compile/contract.hpp"
#include "support/hash.hpp"
#include "support/process.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// A contract whose only step writes a file with odd letters, and whose program says which variables it got.
Json contract(const std::string& source, const std::string& made) {
  Json json =
      Json::parse(R"({"program": {"package": "example.com/a", "port": "linux/arm64", "output": "${WORK}/out"},
    "roots": {"SRC": ""}, "environment": {"LANG": "C", "QUOTED": "a \"b\" $$c"}, "tools": {},
    "steps": [{"name": "example.com/a", "directory": "${WORK}/a", "inputs": {},
               "files": [{"path": "${WORK}/a/file", "text": "END $$HOME `id`"}, {"path": "${WORK}/a/empty", "text": ""}],
               "commands": [{"directory": "${WORK}/a", "environment": {"MORE": "1"}, "argv":
                   ["/bin/sh", "-c", "cat file empty >$$1; echo $$LANG $$QUOTED $$MORE >>$$1", "sh", "${WORK}/made"]},
                            {"argv": ["cp", "${WORK}/made", "${WORK}/out"]}]}]})");
  json["roots"]["SRC"] = source;
  json["steps"][0]["inputs"]["${SRC}/a.go"] = hex(sha256("package a\n"));
  json["program"]["sha256"] = hex(sha256(made));
  return json;
}

struct Ran {
  int code;
  std::string said;
};

Ran replay(const Scratch& scratch, const Json& json) {
  Ran ran{};
  Command command;
  command.argv = {"bash", scratch.file("replay.sh", replay_script(json)).string(),
                  (scratch / "out").string()};
  command.environment = {{"PATH", "/usr/bin:/bin"}};
  command.on_line = [&](std::string_view line) { ran.said += std::string(line) + "\n"; };
  ran.code = run(command).code;
  return ran;
}

const std::string made = "END $HOME `id`\nC a \"b\" $c 1\n";

}  // namespace

TEST_CASE("the script makes the program again from the sources, wherever they are") {
  for (const char* place : {"src", "it's; odd"}) {
    const Scratch scratch;
    scratch.file(std::string(place) + "/a.go", "package a\n");
    const Ran ran = replay(scratch, contract((scratch / place).string(), made));
    CHECK_MESSAGE(ran.code == 0, ran.said);
    CHECK(read_file(scratch / "out") == made);
  }
}

TEST_CASE("other sources and another outcome end it") {
  const Scratch scratch;
  scratch.file("src/a.go", "package b\n");
  CHECK(contains(replay(scratch, contract((scratch / "src").string(), made)).said,
                 "replay: tools or sources are not what they were\n"));
  scratch.file("src/a.go", "package a\n");
  CHECK(contains(replay(scratch, contract((scratch / "src").string(), "x")).said,
                 "replay: other bytes came out: "));
  CHECK_FALSE(fs::exists(scratch / "out"));
}

TEST_CASE("it says what it makes, and which variables say where things are") {
  CHECK(
      replay_script(contract("/src", made))
          .starts_with(
              "#!/usr/bin/env bash\n# Makes example.com/a for linux/arm64 again, byte for byte, from the SDK "
              "and the sources: replay.sh OUT\n# These say where things are, if not where they were: SRC\n"));
}
