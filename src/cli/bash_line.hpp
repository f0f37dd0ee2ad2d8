// A command line as bash's readline has it: raw, with its quotes, cut where the cursor stands. bash leaves it
// to the completion to see which words that makes, and takes what it is told literally.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

struct BashLine {
  std::vector<std::string> words;  ///< without quotes; the last one is being typed
  bool redirects = false;          ///< that one is where `>` or `<` leads
  char open_quote = 0;             ///< ' or " where it is not closed yet, else 0
  /// Of the last word, what readline leaves as it is: it replaces only what follows a character of its word
  /// breaks, such as '=' or ':'.
  std::size_t kept = 0;
};

/// `breaks` is COMP_WORDBREAKS.
BashLine read_bash_line(std::string_view line, std::string_view breaks);

/// What to put in place of the end of the last word so that bash reads `word` there.
std::string bash_insertion(const BashLine& line, const std::string& word);

}  // namespace gostrap
