#include "cli/options.hpp"

#include "support/error.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

#include <chrono>

using namespace gostrap;
using namespace gostrap::testing;
using namespace std::chrono_literals;

namespace {

/// A verb that takes one option of each kind.
struct Sample {
  bool force = false;
  std::optional<std::string> name;
  std::optional<fs::path> place;
  std::optional<std::uint64_t> jobs;
  std::optional<std::chrono::milliseconds> timeout;
  std::vector<std::string> tags;
  std::optional<std::string> directory;
  Arguments arguments;
  Options options{"make thing", "THING… [OPTIONS]", "Makes things.\n"};

  Sample() {
    options.add("force", "make it all the same", force);
    options.add("name", "what to call it", "NAME", name);
    options.add("o,out", "where it goes", "DIR", place);
    options.add("j,jobs", "how many at a time", "N", jobs);
    options.add("timeout", "how long to wait", "SECONDS", timeout);
    options.add("tag", "one more word about it (repeatable)", "TAG", tags);
    options.add("C", "where to look", "DIR", directory);
    options.add_help();
    options.add_arguments(arguments);
  }

  bool parse(const std::vector<std::string>& words) { return options.parse(words); }
};

std::string refusal(const std::vector<std::string>& words) {
  return error_of([&] { Sample().parse(words); });
}

}  // namespace

TEST_CASE("what is given is in its variable when the words have been parsed") {
  Sample sample;
  REQUIRE(sample.parse({"--force", "--name", "x", "-o", "a/b", "-j4", "--timeout=0.5", "--tag=1", "one",
                        "--tag", "2", "-C", "..", "two"}));
  CHECK(sample.force);
  CHECK(sample.name == "x");
  CHECK(sample.place == fs::path("a/b"));
  CHECK(sample.jobs == 4U);
  CHECK(sample.timeout == 500ms);
  CHECK(sample.tags == std::vector<std::string>{"1", "2"});
  CHECK(sample.directory == "..");
  CHECK(sample.arguments.words == std::vector<std::string>{"one", "two"});
}

TEST_CASE("an option without a value may be denied, and the last word counts") {
  Sample sample;
  REQUIRE(sample.parse({"--force", "--force=false"}));
  CHECK(!sample.force);
}

TEST_CASE("what is not given leaves its variable as it is") {
  Sample sample;
  sample.name = "as before";
  sample.tags = {"kept"};
  REQUIRE(sample.parse({}));
  CHECK(!sample.force);
  CHECK(sample.name == "as before");
  CHECK(!sample.place);
  CHECK(!sample.jobs);
  CHECK(!sample.timeout);
  CHECK(sample.tags == std::vector<std::string>{"kept"});
  CHECK(sample.arguments.words.empty());
}

TEST_CASE("of an option that is given twice the last counts, unless it is repeatable") {
  Sample sample;
  REQUIRE(sample.parse({"--name", "a", "--jobs", "1", "--tag", "a", "--name=b", "--jobs=2", "--tag", "a"}));
  CHECK(sample.name == "b");
  CHECK(sample.jobs == 2U);
  CHECK(sample.tags == std::vector<std::string>{"a", "a"});
}

TEST_CASE("a value is taken as it was given: empty, with commas, like an option") {
  Sample sample;
  REQUIRE(sample.parse({"--name=", "--tag", "a,b", "--tag", "", "--out", "--force"}));
  CHECK(sample.name == "");
  CHECK(sample.tags == std::vector<std::string>{"a,b", ""});
  CHECK(sample.place == fs::path("--force"));
  CHECK(!sample.force);
}

TEST_CASE("behind -- there are no options") {
  Sample sample;
  REQUIRE(sample.parse({"--force", "--", "--name", "-x"}));
  CHECK(sample.force);
  CHECK(!sample.name);
  CHECK(sample.arguments.words == std::vector<std::string>{"--name", "-x"});
}

TEST_CASE("a command of somebody else's stands behind --, and is not looked into") {
  for (const bool with_words : {true, false}) {
    Options options("run", "PORT -- CMD…", "");
    Arguments arguments;
    std::optional<std::vector<std::string>> command;
    options.add_help();
    options.add_arguments(arguments);
    options.add_command(command);
    const std::vector<std::string> words = with_words
                                               ? std::vector<std::string>{"a", "--", "go", "--help", "--"}
                                               : std::vector<std::string>{"a"};
    REQUIRE(options.parse(words));
    CHECK(arguments.words == std::vector<std::string>{"a"});
    CHECK(command.has_value() == with_words);
    if (command) CHECK(*command == std::vector<std::string>{"go", "--help", "--"});
  }
}

TEST_CASE("--help asks for the help, whatever else is there") {
  Sample sample;
  CHECK(!sample.parse({"one", "--jobs", "many", "-h"}));
  const std::string help = sample.options.help();
  CHECK(help.starts_with("Makes things.\n"));
  CHECK(contains(help, "gostrap make thing THING… [OPTIONS]"));
  CHECK(contains(help, "  -j, --jobs N"));
  CHECK(contains(help, "  -h, --help"));
  CHECK(!contains(help, "arguments"));
}

TEST_CASE("numbers and times that are none are refused with their option's name") {
  for (const char* const text : {"many", "-1", "12x", "1.5", "", "18446744073709551616", "0x10"}) {
    CHECK(refusal({"--jobs", text}) == "--jobs takes a number, not \"" + std::string(text) + "\"");
    CHECK(refusal({"-j", text}) == "--jobs takes a number, not \"" + std::string(text) + "\"");
  }
  for (const char* const text : {"long", "0", "-1", "1s", "", "nan", "inf", "86401"}) {
    CHECK(refusal({"--timeout", text}) ==
          "--timeout takes a number of seconds, not \"" + std::string(text) + "\"");
  }
  CHECK(refusal({"--jobs=18446744073709551615", "--timeout=86400"}) == "");
}

TEST_CASE("options that there are not, and values that are missing, are refused with the way to the help") {
  CHECK(refusal({"--forced"}) ==
        "make thing has no option --forced, did you mean --force?\n"
        "`gostrap make thing --help` shows the options.");
  CHECK(contains(refusal({"-force"}), "here it is --force"));
  CHECK(contains(refusal({"--arguments", "x"}), "no option --arguments"));
  for (const char* const option : {"--name", "-o", "-C"}) {
    CHECK(contains(refusal({option}), "cannot understand the command line: "));
    CHECK(contains(refusal({option}), "\n`gostrap make thing --help` shows the options."));
  }
}

TEST_CASE("what is given is checked when all variables have their values") {
  Sample sample;
  sample.options.check([&] {
    if (sample.force && !sample.name) throw UsageError("--force needs --name");
  });
  CHECK(error_of([&] { sample.parse({"--force"}); }) == "--force needs --name");
  CHECK(error_of([&] { sample.parse({"--force", "--name", "x"}); }) == "");
}

TEST_CASE("arguments: exactly one, or at least one, with the verb's usage where it is otherwise") {
  Sample sample;
  REQUIRE(sample.parse({"one"}));
  CHECK(sample.arguments.one("thing") == "one");
  sample.arguments.require("thing");
  const std::string usage = "\nUsage: gostrap make thing THING… [OPTIONS]";
  sample.arguments.words = {"one", "two"};
  CHECK(error_of([&] { sample.arguments.one("thing"); }) ==
        "it needs exactly one thing, and was given 2" + usage);
  sample.arguments.words.clear();
  CHECK(error_of([&] { sample.arguments.one("thing"); }) ==
        "it needs exactly one thing, and was given 0" + usage);
  CHECK(error_of([&] { sample.arguments.require("thing"); }) == "it needs at least one thing" + usage);
}

TEST_CASE("what can be told is known without anything being parsed") {
  const std::vector<KnownOption> known = Sample().options.known();
  REQUIRE(known.size() == 8);  // with --help, without the arguments
  CHECK(known[0].names == std::vector<std::string>{"force"});
  CHECK(!known[0].takes_value());
  CHECK(known[0].help == "make it all the same");
  CHECK(known[2].letter == "o");
  CHECK(known[2].names == std::vector<std::string>{"out"});
  CHECK(known[2].placeholder == "DIR");
  CHECK(known[5].repeats);
  CHECK(!known[3].repeats);
  CHECK(known[6].letter == "C");
  CHECK(known[6].takes_value());
  CHECK(known[7].names == std::vector<std::string>{"help"});
}
