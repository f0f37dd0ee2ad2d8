// gostrap man: the manual pages.
#include "cli/common_words.hpp"
#include "cli/manual.hpp"
#include "cli/named_verb.hpp"
#include "cli/safe_streams.hpp"
#include "cli/verbs.hpp"
#include "support/files.hpp"

#include <filesystem>
#include <iostream>

namespace gostrap {
namespace {

struct ManWords : BareWords {
  std::optional<std::filesystem::path> all;

  void declare(Options& options) {
    options.add("all", "write them all into this directory, as NAME.1", "DIR", all);
    BareWords::declare(options);
  }
};

void write_all(const std::filesystem::path& directory) {
  std::filesystem::create_directories(directory);
  write_file(directory / "gostrap.1", manual_page());
  for (const Verb* const verb : verbs()) {
    write_file(directory / (page_name(*verb) + ".1"), manual_page(*verb));
    for (const Verb* const part : verb->all_parts())
      write_file(directory / (page_name(*part) + ".1"), manual_page(*part));
  }
}

ExitCode man(const ManWords& words) {
  if (words.all) {
    if (!words.arguments.words.empty()) throw UsageError("--all writes every page, and takes no verb");
    write_all(*words.all);
    return ExitCode::done;
  }
  const std::vector<std::string>& named = words.arguments.words;
  std::cout << exact(named.empty() ? manual_page() : manual_page(named_verb(named)));
  return ExitCode::done;
}

}  // namespace

const Verb man_verb{
    .name = "man",
    .arguments = "[VERB] [PART] [--all DIR] [OPTIONS]",
    .summary = "print a verb's manual page, for man -l -",
    .help =
        "Prints the manual page of gostrap or of a verb, in roff: gostrap man build | man -l -\n"
        "An installed gostrap has them in place: man gostrap-build\n",
    .group = VerbGroup::about,
    .brief = "[VERB [PART]]|--all DIR",
    .examples = {{{"gostrap man bundle create", "the page of a verb's part"},
                  {"gostrap man --all share/man/man1", "all of them, as files"}}},
    .bind = bind<ManWords, man>,
};

}  // namespace gostrap
