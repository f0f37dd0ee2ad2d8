// gostrap help and version: what gostrap says of itself.
#include "cli/common_words.hpp"
#include "cli/general_help.hpp"
#include "cli/known_variables.hpp"
#include "cli/named_verb.hpp"
#include "cli/verbs.hpp"

#include <iostream>

namespace gostrap {
namespace {

ExitCode help(const BareWords& about) {
  const std::vector<std::string>& words = about.arguments.words;
  if (words.empty()) {
    print_general_help(std::cout);
    return ExitCode::done;
  }
  if (words[0] == "environment") {
    if (words.size() > 1)
      throw UsageError("help environment takes no further word, and \"" + words[1] + "\" is one too many");
    std::cout << variables_text();
    return ExitCode::done;
  }
  return run_verb(named_verb(words), {"--help"});
}

ExitCode version(const BareWords& /*words*/) {
  std::cout << "gostrap " GOSTRAP_VERSION "\n";
  return ExitCode::done;
}

}  // namespace

const Verb help_verb{
    .name = "help",
    .arguments = "[VERB] [PART] [OPTIONS]",
    .summary = "what a verb does and takes, as its --help; or environment",
    .help =
        "Says what a verb does and which options it has, as its --help does; without one, lists them all.\n"
        "`gostrap help environment` has the variables that are read.\n",
    .group = VerbGroup::about,
    .brief = "[VERB [PART]]|environment",
    .examples = {{{"gostrap help bundle create", "the help of a verb's part"},
                  {"gostrap help environment", "the variables that gostrap reads"}}},
    .bind = bind<BareWords, help>,
};

const Verb version_verb{
    .name = "version",
    .arguments = "[OPTIONS]",
    .summary = "which gostrap this is, as --version and -V",
    .help = "Says which gostrap this is, as gostrap --version and gostrap -V do.\n",
    .group = VerbGroup::about,
    .bind = bind<BareWords, version>,
};

}  // namespace gostrap
