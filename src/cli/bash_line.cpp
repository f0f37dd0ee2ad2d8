#include "cli/bash_line.hpp"

#include <algorithm>

namespace gostrap {
namespace {

constexpr std::string_view blanks = " \t\n";
constexpr std::string_view plain =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=@%+,-^";

class Lexer {
 public:
  Lexer(std::string_view line, std::string_view breaks) : line_(line), breaks_(breaks) {}

  BashLine read() {
    for (; at_ < line_.size(); ++at_) {
      const char each = line_[at_];
      if (quote_ != 0) {
        within_quotes(each);
      } else if (blanks.find(each) != std::string_view::npos) {
        end_word();
      } else if (each == '<' || each == '>') {
        redirect();
      } else {
        outside_quotes(each);
      }
    }
    BashLine result;
    result.redirects = redirects_;
    result.open_quote = quote_;
    result.kept = kept_;
    words_.push_back(std::move(word_));
    result.words = std::move(words_);
    return result;
  }

 private:
  void within_quotes(char each) {
    if (each == quote_) {
      quote_ = 0;
      kept_ = before_quote_;  // a closed quote is no break
    } else if (quote_ == '"' && each == '\\' && at_ + 1 < line_.size() &&
               std::string_view("\\\"$`").find(line_[at_ + 1]) != std::string_view::npos) {
      word_ += line_[++at_];
    } else {
      word_ += each;
    }
  }

  void outside_quotes(char each) {
    begun_ = true;
    if (each == '\\') {
      if (at_ + 1 < line_.size()) word_ += line_[++at_];
    } else if (each == '\'' || each == '"') {
      quote_ = each;
      before_quote_ = kept_;
      kept_ = word_.size();  // readline completes what follows the open quote
    } else {
      word_ += each;
      if (breaks_.find(each) != std::string_view::npos) kept_ = word_.size();
    }
  }

  void end_word() {
    if (!begun_) return;
    if (!redirects_) words_.push_back(word_);
    start_word(false);
  }

  void start_word(bool redirects) {
    word_.clear();
    kept_ = 0;
    begun_ = false;
    redirects_ = redirects;
  }

  /// "2> FILE", ">>FILE", "<<<WORD": neither the number nor what follows is a word of the command.
  void redirect() {
    if (begun_ && word_.find_first_not_of("0123456789") != std::string::npos) end_word();
    while (at_ + 1 < line_.size() && std::string_view("<>&|").find(line_[at_ + 1]) != std::string_view::npos)
      ++at_;
    start_word(true);
  }

  std::string_view line_, breaks_;
  std::size_t at_ = 0;
  std::vector<std::string> words_;
  std::string word_;
  std::size_t kept_ = 0, before_quote_ = 0;
  char quote_ = 0;
  bool begun_ = false, redirects_ = false;
};

void escape(std::string& text, char each, char quote) {
  if (quote == '\'') {
    if (each == '\'') text += "'\\'";  // ends the quotes, and begins them again
  } else if (quote == '"') {
    if (std::string_view("\\\"$`").find(each) != std::string_view::npos) text += '\\';
  } else if (plain.find(each) == std::string_view::npos && static_cast<unsigned char>(each) < 0x80) {
    text += '\\';
  }
  text += each;
}

}  // namespace

BashLine read_bash_line(std::string_view line, std::string_view breaks) {
  return Lexer(line, breaks).read();
}

std::string bash_insertion(const BashLine& line, const std::string& word) {
  std::string text;
  std::size_t at = std::min(line.kept, word.size());
  // unquoted, it is the user's home, as it was when it was typed
  if (at == 0 && line.open_quote == 0 && word.starts_with("~/") && line.words.back().starts_with("~/")) {
    text = "~/";
    at = text.size();
  }
  for (; at < word.size(); ++at) escape(text, word[at], line.open_quote);
  return text;
}

}  // namespace gostrap
