// gostrap complete: what a shell's completion asks. It prints nothing where something is wrong, for that
// would land in the middle of somebody's line.
#include "cli/bash_line.hpp"
#include "cli/candidates.hpp"
#include "cli/completion.hpp"
#include "cli/safe_streams.hpp"
#include "cli/verbs.hpp"
#include "support/strings.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>

namespace gostrap {
namespace {

struct CompleteWords {
  std::optional<std::string> bash_line, breaks;
  std::optional<std::vector<std::string>> words;

  void declare(Options& options) {
    options.add("bash-line", "bash's line up to the cursor, instead of words", "LINE", bash_line);
    options.add("word-breaks", "bash's COMP_WORDBREAKS", "CHARS", breaks);
    options.add_help();
    options.add_command(words);
  }
};

const char* text(Files files) {
  switch (files) {
    case Files::any:
      return "files";
    case Files::directories:
      return "directories";
    case Files::none:
      break;
  }
  return "words";
}

/// A candidate is a line: what is none cannot be completed.
bool is_line(const std::string& text) {
  return std::none_of(text.begin(), text.end(),
                      [](unsigned char each) { return each < ' ' || each == 0x7f; });
}

void print(const Candidate& candidate) {
  if (!is_line(candidate.word)) return;
  std::cout << exact(candidate.word);
  if (!candidate.what.empty()) std::cout << "\t" << first_line(candidate.what);
  std::cout << "\n";
}

void complete_words(const std::vector<std::string>& words) {
  const Completion found = complete(verbs(), words, MachineCandidates());
  if (found.command) {
    std::cout << "command\t" << *found.command << "\n";
    return;
  }
  if (!is_line(found.prefix)) return;
  std::cout << text(found.files) << "\t" << exact(found.prefix) << "\n";
  for (const Candidate& each : found.candidates) print(each);
}

/// bash shows no descriptions, and takes candidates as they are.
void complete_bash(const BashLine& line) {
  if (line.redirects) {
    std::cout << "files\t\n";
    return;
  }
  if (line.words.size() < 2) return;
  const Completion found = complete(verbs(), {line.words.begin() + 1, line.words.end()}, MachineCandidates());
  if (found.command) {
    std::cout << "command\t" << *found.command << "\n";
    return;
  }
  const std::string prefix = found.prefix.substr(std::min(line.kept, found.prefix.size()));
  std::cout << text(found.files) << "\t" << exact(prefix) << "\n";
  for (const Candidate& each : found.candidates) print({bash_insertion(line, each.word), ""});
}

ExitCode complete_verb_words(const CompleteWords& words) {
  try {
    if (words.bash_line) {
      complete_bash(read_bash_line(*words.bash_line, words.breaks.value_or("")));
    } else if (words.words && !words.words->empty()) {
      complete_words(*words.words);
    }
  } catch (const Error&) {
    return ExitCode::failed;
  } catch (const std::filesystem::filesystem_error&) {
    return ExitCode::failed;
  }
  return ExitCode::done;
}

}  // namespace

const Verb complete_verb{
    .name = "complete",
    .arguments = "[--bash-line LINE] [--word-breaks CHARS] [OPTIONS] -- WORD…",
    .summary = "what the last of these words can be",
    .help =
        "What the scripts of `gostrap completion` ask: what the last of the words behind gostrap can be. "
        "The\n"
        "first line says what the shell is to look for beside the candidates (words, files, directories, or\n"
        "command and the word at which one begins) and what stands before it in the word; each further line "
        "is\n"
        "a candidate, a tab and what it is. It reads, and changes nothing.\n",
    .group = VerbGroup::hidden,
    .brief = "-- WORD…",
    .examples = {{{"gostrap complete -- build --release=1.2", "the releases whose names begin so"}}},
    .bind = bind<CompleteWords, complete_verb_words>,
};

}  // namespace gostrap
