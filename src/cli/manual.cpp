#include "cli/manual.hpp"

#include "cli/general_help.hpp"
#include "cli/known_variables.hpp"
#include "cli/roff.hpp"
#include "cli/verbs.hpp"
#include "store/store.hpp"
#include "support/strings.hpp"

#include <algorithm>

namespace gostrap {
namespace {

constexpr const char* source = "gostrap " GOSTRAP_VERSION;

bool has_option(const std::vector<KnownOption>& options, const std::string& name) {
  return std::any_of(options.begin(), options.end(), [&](const KnownOption& option) {
    return std::find(option.names.begin(), option.names.end(), name) != option.names.end();
  });
}

std::string reference(const Verb& verb) {
  return roff_bold(page_name(verb)) + "(1)";
}

std::string usage(const Verb& verb) {
  return roff_bold(std::string("gostrap ") + verb.name) + " " + roff_text(verb.arguments);
}

void add_options(RoffPage& page, const std::vector<KnownOption>& options) {
  page.section("OPTIONS");
  for (const KnownOption& option : options) {
    std::string term = option.letter.empty() ? "" : roff_bold("-" + option.letter);
    for (const std::string& name : option.names) append(term, ", ", roff_bold("--" + name));
    if (option.takes_value()) term += " " + roff_italic(option.placeholder);
    page.marked_item(term, option.help);
  }
}

void add_examples(RoffPage& page, const Verb& verb) {
  if (verb.examples.front().command == nullptr) return;
  page.section("EXAMPLES");
  for (const Example& example : verb.examples) {
    if (example.command == nullptr) continue;
    page.paragraph(std::string(example.what) + ":");
    page.literal(example.command);
  }
}

void add_variable(RoffPage& page, const KnownVariable& variable) {
  std::string term;
  for (const std::string_view name : split(variable.names, " ")) append(term, ", ", roff_bold(name));
  const std::string option = variable.option == nullptr ? "" : std::string(" (--") + variable.option + ")";
  page.marked_item(term, variable.what + option);
}

/// Those that an option of the verb's says too; gostrap(1) has all.
void add_variables(RoffPage& page, const std::vector<KnownOption>& options) {
  page.section("ENVIRONMENT");
  for (const VariableGroup& group : known_variables()) {
    for (const KnownVariable& variable : group.variables) {
      if (variable.option != nullptr && has_option(options, variable.option)) add_variable(page, variable);
    }
  }
  page.marked(roff_bold("gostrap") + "(1) lists all that gostrap reads.");
}

void add_exit_status(RoffPage& page) {
  page.section("EXIT STATUS");
  for (const ExitMeaning& each : exit_meanings) page.item(std::to_string(each.code), each.what);
}

void add_see_also(RoffPage& page, const std::vector<const Verb*>& others) {
  page.section("SEE ALSO");
  std::string all;
  for (const Verb* const verb : others)
    append(all, ", ", verb == nullptr ? roff_bold("gostrap") + "(1)" : reference(*verb));
  page.marked(all);
}

void add_list(RoffPage& page, const std::vector<const Verb*>& verbs) {
  for (const Verb* const verb : verbs)
    page.marked_item(roff_bold(verb->name) + " " + roff_text(verb->brief_arguments()), verb->one_line());
}

std::vector<const Verb*> of_group(VerbGroup group) {
  std::vector<const Verb*> some;
  std::copy_if(verbs().begin(), verbs().end(), std::back_inserter(some),
               [&](const Verb* verb) { return verb->group == group; });
  return some;
}

/// gostrap(1), the verb that it is a part of, and the other parts.
std::vector<const Verb*> relatives(const Verb& verb) {
  std::vector<const Verb*> others{nullptr};
  for (const Verb* const each : verbs()) {
    const std::vector<const Verb*> parts = each->all_parts();
    if (each != &verb && std::find(parts.begin(), parts.end(), &verb) == parts.end()) continue;
    if (each != &verb) others.push_back(each);
    std::copy_if(parts.begin(), parts.end(), std::back_inserter(others),
                 [&](const Verb* part) { return part != &verb; });
  }
  return others;
}

}  // namespace

std::string page_name(const Verb& verb) {
  std::string name = std::string("gostrap-") + verb.name;
  std::replace(name.begin(), name.end(), ' ', '-');
  return name;
}

std::string manual_page(const Verb& verb) {
  RoffPage page(page_name(verb), source);
  page.section("NAME");
  page.marked(roff_text(page_name(verb)) + " \\- " + roff_text(verb.one_line()));
  page.section("SYNOPSIS");
  const std::vector<const Verb*> parts = verb.all_parts();
  if (parts.empty()) page.marked(usage(verb));
  for (const Verb* const part : parts) page.marked(usage(*part));
  page.section("DESCRIPTION");
  if (parts.empty()) {
    const std::vector<KnownOption> options = options_of(verb);
    page.help(verb.help);
    add_options(page, options);
    add_examples(page, verb);
    if (has_option(options, "store")) add_variables(page, options);
    add_exit_status(page);
  } else {
    add_list(page, parts);
  }
  add_see_also(page, relatives(verb));
  return page.text();
}

std::string manual_page() {
  RoffPage page("gostrap", source);
  page.section("NAME");
  page.marked("gostrap \\- build Go toolchains from pinned source");
  page.section("SYNOPSIS");
  page.marked(roff_bold("gostrap") + " " + roff_text("VERB [ARGUMENTS] [OPTIONS]"));
  page.section("DESCRIPTION");
  page.help(std::string("gostrap ") + what_gostrap_does);
  page.help(what_a_port_is);
  page.paragraph("Begin with:");
  page.literal("gostrap build linux/riscv64");
  page.section("VERBS");
  page.heading("For every day");
  add_list(page, of_group(VerbGroup::everyday));
  page.heading("Single steps (each fills the directory --out)");
  add_list(page, of_group(VerbGroup::single_step));
  page.heading("About gostrap itself");
  add_list(page, of_group(VerbGroup::about));
  page.section("ENVIRONMENT");
  page.paragraph("An option wins over its variable.");
  for (const VariableGroup& group : known_variables()) {
    page.heading(group.heading);
    for (const KnownVariable& variable : group.variables) add_variable(page, variable);
  }
  add_exit_status(page);
  std::vector<const Verb*> all;
  std::copy_if(verbs().begin(), verbs().end(), std::back_inserter(all),
               [](const Verb* verb) { return verb->group != VerbGroup::hidden; });
  add_see_also(page, all);
  return page.text();
}

}  // namespace gostrap
