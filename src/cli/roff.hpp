// A manual page in the man macros of roff, as groff and mandoc read it: text goes in, and is escaped here.
#pragma once

#include <string>
#include <string_view>

namespace gostrap {

/// Text within a line: what roff would act on stands for itself, '-' can be copied as such.
std::string roff_text(std::string_view text);

class RoffPage {
 public:
  /// `name` is "gostrap-build", `source` "gostrap 0.1.0".
  RoffPage(std::string_view name, std::string_view source);

  void section(std::string_view name);
  void heading(std::string_view text);  ///< within a section
  void paragraph(std::string_view text);
  /// Lines as they are.
  void literal(std::string_view lines);
  /// A term, in bold, and what it means.
  void item(std::string_view term, std::string_view meaning);
  /// The same where the term has been made by bold() and italic().
  void marked_item(std::string_view marked_term, std::string_view meaning);
  /// Help: lines of a paragraph, a blank line between two, lines that begin with blanks as they are.
  void help(std::string_view text);
  /// One line that has been made by bold() and italic().
  void marked(std::string_view line);

  const std::string& text() const { return text_; }

 private:
  void line(std::string_view roff);
  void begin_paragraph();

  std::string text_;
  bool begun_ = false;  ///< a section, of which nothing is there yet
};

std::string roff_bold(std::string_view text);
std::string roff_italic(std::string_view text);

}  // namespace gostrap
