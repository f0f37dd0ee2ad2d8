#include "cli/verb.hpp"

#include "cli/verbs.hpp"
#include "compile/package_flags.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <iostream>
#include <set>
#include <sstream>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// What `action` prints on standard output.
template <typename Action>
std::string printed_by(Action action) {
  std::ostringstream text;
  std::streambuf* const before = std::cout.rdbuf(text.rdbuf());
  try {
    action();
  } catch (...) {
    std::cout.rdbuf(before);
    throw;
  }
  std::cout.rdbuf(before);
  return text.str();
}

/// Every verb, and behind each its parts.
std::vector<const Verb*> verbs_and_parts() {
  std::vector<const Verb*> all;
  for (const Verb* const verb : verbs()) {
    all.push_back(verb);
    for (const Verb* const part : verb->all_parts()) all.push_back(part);
  }
  return all;
}

/// The words after the verb of an example, as a shell splits them, up to a pipe.
std::vector<std::string> words_of(const Verb& verb, const std::string& example) {
  std::vector<std::string> words = split_quoted(example.substr(std::string("gostrap ").size()));
  words.erase(words.begin(), words.begin() + (std::string(verb.name).find(' ') == std::string::npos ? 1 : 2));
  words.erase(std::find(words.begin(), words.end(), "|"), words.end());
  return words;
}

/// How many lines of the help begin with the option.
std::size_t times_listed(const std::string& help, const KnownOption& option) {
  const std::string name = option.names.empty() ? "-" + option.letter : "--" + option.names.front();
  std::size_t times = 0;
  std::istringstream lines(help);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t start = line.find_first_not_of(' ');
    if (start == std::string::npos || start == 0 || start > 6 || line[start] != '-') continue;
    std::istringstream words(line.substr(start, line.find("  ", start) - start));
    for (std::string word; words >> word;) {
      if (word == name) ++times;
    }
  }
  return times;
}

struct NothingWords {
  bool loud = false;
  void declare(Options& options) {
    options.add("loud", "say so", loud);
    options.add_help();
  }
};

ExitCode do_nothing(const NothingWords& words) {
  std::cout << (words.loud ? "NOTHING" : "nothing");
  return ExitCode::difference;
}

const Verb nothing{.name = "do nothing",
                   .arguments = "[OPTIONS]",
                   .summary = nullptr,
                   .help = "Does nothing.\n",
                   .group = VerbGroup::part_of_another,
                   .bind = bind<NothingWords, do_nothing>};
const Verb something{.name = "do something",
                     .arguments = "THING… [OPTIONS]",
                     .summary = nullptr,
                     .help = "",
                     .group = VerbGroup::part_of_another,
                     .bind = bind<NothingWords, do_nothing>};
const Verb doing{.name = "do",
                 .arguments = "nothing|something",
                 .summary = "do it, or not",
                 .help = "",
                 .parts = {&nothing, &something}};

}  // namespace

TEST_CASE("a verb's words are bound to its own type, and its code is returned") {
  CHECK(printed_by([] { CHECK(run_verb(nothing, {"--loud"}) == ExitCode::difference); }) == "NOTHING");
  CHECK(printed_by([] { CHECK(run_verb(nothing, {}) == ExitCode::difference); }) == "nothing");
}

TEST_CASE("a verb's --help is printed, and nothing is done") {
  const std::string help = printed_by([] {
    CHECK(run_verb(nothing, {"--loud", "--help"}) == ExitCode::done);
  });
  CHECK(help.starts_with("Does nothing.\n"));
  CHECK(contains(help, "Usage:\n  gostrap do nothing [OPTIONS]\n"));
}

TEST_CASE("the next word of a verb with parts says which; without one, its usage has them all") {
  CHECK(printed_by([] { run_verb(doing, {"nothing", "--loud"}); }) == "NOTHING");
  const std::string usage = "Usage: gostrap do nothing | something THING…";
  CHECK(printed_by([] { CHECK(run_verb(doing, {"--help"}) == ExitCode::done); }) ==
        usage + "\nEach has a --help of its own.\n");
  CHECK(error_of([] { run_verb(doing, {}); }) == "do needs one of nothing, something\n" + usage);
  CHECK(error_of([] { run_verb(doing, {"more"}); }) == "there is no `do more`\n" + usage);
}

TEST_CASE("the list of verbs shows arguments without the word for options") {
  CHECK(something.brief_arguments() == "THING…");
  CHECK(nothing.brief_arguments().empty());
  CHECK(doing.brief_arguments() == "nothing|something");
  Verb brief = something;
  brief.brief = "THING";
  CHECK(brief.brief_arguments() == "THING");
  CHECK(something.last_word() == "something");
  CHECK(doing.last_word() == "do");
}

TEST_CASE("a line for a list: the summary, or of a part the first sentence of its help") {
  CHECK(doing.one_line() == "do it, or not");
  CHECK(nothing.one_line() == "does nothing");
  for (const Verb* const verb : verbs_and_parts()) {
    INFO(std::string(verb->name));
    CHECK(!verb->one_line().empty());
    CHECK(verb->one_line().size() <= 100);
    CHECK(!contains(verb->one_line(), "\n"));
  }
}

TEST_CASE("what a verb can be told is known without running it") {
  const std::vector<KnownOption> options = options_of(nothing);
  REQUIRE(options.size() == 2);
  CHECK(options[0].names == std::vector<std::string>{"loud"});
  CHECK(options_of(doing).empty());
}

TEST_CASE("every verb's record is complete") {
  std::set<std::string> names;
  for (const Verb* const verb : verbs_and_parts()) {
    INFO(std::string(verb->name));
    CHECK(names.insert(verb->name).second);
    const bool is_part = verb->group == VerbGroup::part_of_another;
    CHECK(is_part == (std::string(verb->name).find(' ') != std::string::npos));
    CHECK(is_part == (verb->summary == nullptr));
    CHECK((verb->bind == nullptr) == !verb->all_parts().empty());
    if (verb->bind == nullptr) continue;
    CHECK(std::string(verb->help).size() > 1);
    CHECK(std::string(verb->help).ends_with("\n"));
    CHECK(contains(verb->arguments, "[OPTIONS]"));
  }
  for (const Verb* const verb : verbs()) {
    for (const Verb* const part : verb->all_parts()) {
      CHECK(std::string(part->name) == std::string(verb->name) + " " + part->last_word());
      CHECK(part->group == VerbGroup::part_of_another);
    }
  }
}

TEST_CASE("a verb's help lists each of its options once") {
  for (const Verb* const verb : verbs_and_parts()) {
    if (verb->bind == nullptr) continue;
    INFO(std::string(verb->name));
    const std::string help = printed_by([&] { run_verb(*verb, {"--help"}); });
    const std::vector<KnownOption> options = options_of(*verb);
    const bool is_about = verb->group == VerbGroup::about || verb->group == VerbGroup::hidden;
    CHECK(options.size() >= (is_about ? 1 : 6));  // those that all verbs have
    for (const KnownOption& option : options) {
      INFO(option.letter << " " << (option.names.empty() ? "" : option.names.front()));
      CHECK(times_listed(help, option) == 1);
      CHECK(!option.help.empty());
    }
  }
}

TEST_CASE("every example begins with its verb, and is one that the verb's options take") {
  for (const Verb* const verb : verbs_and_parts()) {
    for (const Example& example : verb->examples) {
      if (example.command == nullptr) continue;
      INFO(std::string(example.command));
      REQUIRE(std::string(example.command).starts_with("gostrap " + std::string(verb->name) + " "));
      CHECK(std::string(example.what).size() > 1);
      REQUIRE((verb->bind != nullptr));
      Options options(verb->name, verb->arguments, verb->help);
      const Action action = verb->bind(options);  // it owns what the options are bound to
      CHECK(error_of([&] { CHECK(options.parse(words_of(*verb, example.command))); }) == "");
    }
  }
}
