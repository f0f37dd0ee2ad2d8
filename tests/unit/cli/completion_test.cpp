#include "cli/completion.hpp"

#include "cli/verbs.hpp"
#include "support/strings.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace gostrap;

namespace {

struct MakeWords {
  bool loud = false;
  std::vector<std::string> from;
  std::optional<std::string> release, out;
  std::optional<std::uint64_t> jobs;
  std::optional<std::vector<std::string>> command;
  Arguments arguments;

  void declare(Options& options) {
    options.add("loud", "say so", loud);
    options.add("from", "where from", "DIR", from);
    options.add("release", "which", "V", release);
    options.add("o,out", "where to", "FILE", out);
    options.add("j,jobs", "how many", "N", jobs);
    options.add_help();
    options.add_arguments(arguments);
    options.add_command(command);
  }
};

ExitCode never(const MakeWords& /*words*/) {
  FAIL("completion runs no verb");
  return ExitCode::failed;
}

const Verb make{.name = "make",
                .arguments = "PORT… [OPTIONS]",
                .summary = "make it",
                .help = "",
                .bind = bind<MakeWords, never>};
const Verb run{.name = "run",
               .arguments = "PORT [OPTIONS] -- CMD…",
               .summary = "run it",
               .help = "",
               .bind = bind<MakeWords, never>};
const Verb nothing{.name = "do nothing",
                   .arguments = "[OPTIONS]",
                   .summary = nullptr,
                   .help = "Does nothing.\n",
                   .group = VerbGroup::part_of_another,
                   .bind = bind<MakeWords, never>};
const Verb doing{.name = "do", .arguments = "nothing", .summary = "do it", .help = "", .parts = {&nothing}};
const Verb secret{.name = "secret",
                  .arguments = "[OPTIONS]",
                  .summary = "for shells",
                  .help = "",
                  .group = VerbGroup::hidden,
                  .bind = bind<MakeWords, never>};
const Verb help{.name = "help",
                .arguments = "[VERB] [PART]",
                .summary = "tell",
                .help = "",
                .bind = bind<MakeWords, never>};

/// "linux/riscv64" and what the line before it was.
std::vector<Candidate> known(ValueKind kind, const LineSoFar& line, const std::string& /*typed*/) {
  if (kind == ValueKind::port) return {{"riscv64", line.verb}, {"arm64", join(line.arguments, " ")}};
  if (kind == ValueKind::release) return {{"1.24.4", ""}, {"1.23.9", ""}};
  return {};
}

Completion completion(const std::vector<std::string>& words) {
  return complete({&make, &run, &doing, &secret, &help}, words, known);
}

std::string words_for(const std::vector<std::string>& words) {
  return join(completion(words).candidates, " ", &Candidate::word);
}

}  // namespace

TEST_CASE("the first word is a verb, with what it does; those for shells are no words for people") {
  CHECK(words_for({""}) == "make run do help");
  CHECK(words_for({"m"}) == "make");
  CHECK(completion({"m"}).candidates.front().what == "make it");
  CHECK(words_for({"-"}) == "--help --version");
}

TEST_CASE("behind a verb with parts comes a part, and behind that its options") {
  CHECK(words_for({"do", ""}) == "nothing");
  CHECK(completion({"do", ""}).candidates.front().what == "does nothing");
  CHECK(words_for({"do", "-"}) == "--help");
  CHECK(words_for({"do", "nothing", "--l"}) == "--loud");
  CHECK(words_for({"do", "something", ""}).empty());
  CHECK(words_for({"nobody", ""}).empty());
}

TEST_CASE("a verb that takes no arguments is offered its options") {
  CHECK(words_for({"do", "nothing", ""}) == "--loud --from --release --out --jobs --help");
}

TEST_CASE("options by their names, and behind one dash their letters too") {
  CHECK(words_for({"make", "--"}) == "--loud --from --release --out --jobs --help");
  CHECK(words_for({"make", "-"}) == "--loud --from --release --out -o --jobs -j --help -h");
  CHECK(words_for({"make", "--re"}) == "--release");
}

TEST_CASE("an option that was given is not offered again, unless it repeats") {
  CHECK(words_for({"make", "--release", "1", "--loud", "--from=x", "-j4", "--"}) == "--from --out --help");
}

TEST_CASE("the value of an option: as the next word, behind '=' and behind a letter") {
  CHECK(words_for({"make", "--release", ""}) == "1.24.4 1.23.9");
  CHECK(words_for({"make", "--release", "1.24"}) == "1.24.4");
  CHECK(words_for({"make", "--release=1.23"}) == "--release=1.23.9");
  CHECK(completion({"make", "--release=1.23"}).prefix == "--release=");
  CHECK(completion({"make", "-o", ""}).files == Files::any);
  const Completion attached = completion({"make", "-o./x"});
  CHECK(attached.files == Files::any);
  CHECK(attached.prefix == "-o");
  CHECK(completion({"make", "--from="}).files == Files::directories);
  CHECK(words_for({"make", "--jobs", ""}).empty());  // nobody knows, and ports it is not
}

TEST_CASE("arguments, which know the line before them; a value is no argument") {
  const Completion second = completion({"make", "--release", "1.24.4", "riscv64", "-o", "x", ""});
  REQUIRE(second.candidates.size() == 2);
  CHECK(second.candidates[0].what == "make");
  CHECK(second.candidates[1].what == "riscv64");
  CHECK(words_for({"make", "ri"}) == "riscv64");
}

TEST_CASE("behind -- a word that begins with a dash is no option") {
  CHECK(words_for({"make", "--", "-"}).empty());
  CHECK(words_for({"make", "--", ""}) == "riscv64 arm64");
}

TEST_CASE("behind -- of a verb that runs a command, the line is that command's") {
  CHECK(completion({"run", "riscv64", "--", ""}).command == 3);
  CHECK(completion({"run", "--release", "1.24.4", "riscv64", "--", "go", "b"}).command == 5);
  CHECK(!completion({"run", "riscv64", "--"}).command);
  CHECK(!completion({"run", "--release", "--", ""}).command);  // that is the option's value
}

TEST_CASE("help is of a verb and of its part") {
  CHECK(words_for({"help", ""}) == "make run do help environment");
  CHECK(words_for({"help", "do", ""}) == "nothing");
  CHECK(words_for({"help", "make", ""}).empty());
}

TEST_CASE("of every value that a verb takes somebody says what it can be") {
  const auto check = [](const Verb& verb) {
    for (const KnownOption& option : options_of(verb)) {
      if (!option.takes_value()) continue;
      const std::string name = option.names.empty() ? "-" + option.letter : "--" + option.names.front();
      INFO(std::string(verb.name) << " " << name << " " << option.placeholder);
      CHECK(!value_of(option.placeholder, name).kinds.empty());
    }
    const auto nothing_known = [](auto...) { return std::vector<Candidate>{}; };
    const std::vector<std::string> name = split(std::string_view(verb.name), " ").copied();
    for (std::size_t before = 0; before < 3; ++before) {
      std::vector<std::string> words = name;
      words.insert(words.end(), before, "word");
      words.emplace_back("");
      CHECK_NOTHROW(complete(verbs(), words, nothing_known));
    }
  };
  for (const Verb* const verb : verbs()) {
    if (verb->bind != nullptr) check(*verb);
    for (const Verb* const part : verb->all_parts()) check(*part);
  }
}
