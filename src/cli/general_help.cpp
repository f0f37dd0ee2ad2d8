#include "cli/general_help.hpp"

#include "cli/verbs.hpp"
#include "support/strings.hpp"

#include <algorithm>
#include <string>

namespace gostrap {
namespace {

void print_verbs(std::ostream& out, const char* heading, VerbGroup group) {
  out << heading << "\n";
  for (const Verb* const verb : verbs()) {
    if (verb->group != group) continue;
    std::string left = std::string("  ") + verb->name + " " + verb->brief_arguments();
    // "…" is three bytes and one column
    const std::size_t width = 44 + (left.find("…") == std::string::npos ? 0 : 2);
    left.resize(std::max(left.size() + 1, width), ' ');
    out << left << verb->summary << "\n";
  }
}

}  // namespace

void print_general_help(std::ostream& out) {
  out << "gostrap " << what_gostrap_does << "\nUsage: gostrap VERB [ARGUMENTS] [--help]\n\n";
  print_verbs(out, "Everyday verbs:", VerbGroup::everyday);
  out << "\n";
  print_verbs(out, "Single steps (each fills the directory --out):", VerbGroup::single_step);
  out << "\n"
      << what_a_port_is
      << "\nAll these verbs take --json (one document on standard output), --offline (never touch the\n"
         "network) and --help.\n\n";
  print_verbs(out, "About gostrap itself:", VerbGroup::about);
  out << "\nExit codes: " << join(exit_meanings, ", ", [](const ExitMeaning& each) {
    return std::to_string(each.code) + " " + each.what;
  }) << ".\n\nBegin with: gostrap build linux/riscv64\n";
}

}  // namespace gostrap
