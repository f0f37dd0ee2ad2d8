// gostrap completion: the script that has a shell complete gostrap's words.
#include "cli/common_words.hpp"
#include "cli/embedded.hpp"
#include "cli/safe_streams.hpp"
#include "cli/verbs.hpp"

#include <iostream>

namespace gostrap {
namespace {

ExitCode print_script(const BareWords& words) {
  const std::string& shell = words.arguments.one("shell: bash, zsh or fish");
  if (shell == "bash") {
    std::cout << exact(embedded::completion_gostrap_bash);
  } else if (shell == "zsh") {
    std::cout << exact(embedded::completion_gostrap_zsh);
  } else if (shell == "fish") {
    std::cout << exact(embedded::completion_gostrap_fish);
  } else {
    throw UsageError("there is no completion for \"" + shell + "\"",
                     "There is for bash, zsh and fish: gostrap completion bash");
  }
  return ExitCode::done;
}

}  // namespace

const Verb completion_verb{
    .name = "completion",
    .arguments = "bash|zsh|fish [OPTIONS]",
    .summary = "print the lines that have a shell complete these words",
    .help =
        "Prints the lines that have a shell complete verbs, options, ports, releases, settings and entries "
        "of\n"
        "the store. An installed gostrap has them in place; otherwise, in a start-up file of the shell's:\n"
        "  source <(gostrap completion bash)           in ~/.bashrc\n"
        "  source <(gostrap completion zsh)            in ~/.zshrc, behind compinit\n"
        "  gostrap completion fish | source            in ~/.config/fish/config.fish\n",
    .group = VerbGroup::about,
    .examples = {{{"gostrap completion bash", "the lines for bash"}}},
    .bind = bind<BareWords, print_script>,
};

}  // namespace gostrap
