#include "cli/verb.hpp"

#include "support/strings.hpp"

#include <algorithm>
#include <cctype>
#include <iostream>

namespace gostrap {
namespace {

/// "Usage: gostrap image sdk PORT… -o OUT | app PROGRAM… -o OUT"
std::string parts_usage(const Verb& verb) {
  std::string usage;
  for (const Verb* const part : verb.all_parts()) {
    const std::string arguments = part->brief_arguments();
    usage += (usage.empty() ? std::string("Usage: gostrap ") + verb.name + " " : " | ") + part->last_word() +
             (arguments.empty() ? "" : " ") + arguments;
  }
  return usage;
}

ExitCode run_part(const Verb& verb, const std::vector<std::string>& words) {
  const std::string usage = parts_usage(verb);
  if (words.empty()) {
    throw UsageError(
        std::string(verb.name) + " needs one of " + join(verb.all_parts(), ", ", &Verb::last_word), usage);
  }
  for (const Verb* const part : verb.all_parts()) {
    if (words[0] == part->last_word()) return run_verb(*part, {words.begin() + 1, words.end()});
  }
  if (words[0] == "--help" || words[0] == "-h") {
    std::cout << usage << "\nEach has a --help of its own.\n";
    return ExitCode::done;
  }
  throw UsageError("there is no `" + std::string(verb.name) + " " + words[0] + "`", usage);
}

}  // namespace

std::vector<const Verb*> Verb::all_parts() const {
  return {parts.begin(), std::find(parts.begin(), parts.end(), nullptr)};
}

std::string Verb::brief_arguments() const {
  if (brief != nullptr) return brief;
  if (!all_parts().empty()) return join(all_parts(), "|", &Verb::last_word);
  std::string text = arguments;
  const std::string options = "[OPTIONS]";
  const std::size_t at = text.find(options);
  if (at == std::string::npos) return text;
  text.erase(at, options.size() + 1);
  if (text.ends_with(' ')) text.pop_back();
  return text;
}

std::string Verb::last_word() const {
  const std::string all = name;
  return all.substr(all.find(' ') + 1);
}

std::string Verb::one_line() const {
  if (summary != nullptr) return summary;
  std::string sentence = join(split(help, "\n"), " ");
  for (const char* const end : {". ", ": ", "; ", " (", ", "}) {  // short enough for a line of a list
    if (sentence.size() > 72) sentence.resize(std::min(sentence.size(), sentence.find(end)));
  }
  sentence = without_trailing(sentence, ". ");
  if (!sentence.empty())
    sentence[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(sentence[0])));
  return sentence;
}

std::vector<KnownOption> options_of(const Verb& verb) {
  if (verb.bind == nullptr) return {};
  Options options(verb.name, verb.arguments, verb.help);
  verb.bind(options);
  return options.known();
}

ExitCode run_verb(const Verb& verb, const std::vector<std::string>& words) {
  if (verb.bind == nullptr) return run_part(verb, words);
  Options options(verb.name, verb.arguments, verb.help);
  const Action action = verb.bind(options);
  if (options.parse(words)) return action();
  std::cout << options.help();
  return ExitCode::done;
}

}  // namespace gostrap
