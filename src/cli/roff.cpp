#include "cli/roff.hpp"

#include "support/strings.hpp"
#include "support/text.hpp"

#include <cstdio>

namespace gostrap {
namespace {

std::string one_word(std::string_view text) {
  return '"' + roff_text(text) + '"';
}

std::string escaped(std::uint32_t code_point) {
  switch (code_point) {
    case '\\':
      return "\\e";
    case '-':
      return "\\-";
    case '\'':
      return "\\(aq";
    case '`':
      return "\\(ga";
    case '"':
      return "\\(dq";
    case '^':
      return "\\(ha";
    case '~':
      return "\\(ti";
    default:
      break;
  }
  if (code_point < 0x80) return {static_cast<char>(code_point)};
  std::string name(16, '\0');
  name.resize(static_cast<std::size_t>(std::snprintf(name.data(), name.size(), "\\[u%04X]", code_point)));
  return name;
}

}  // namespace

std::string roff_text(std::string_view text) {
  std::string roff = text.starts_with('.') ? "\\&" : "";
  while (!text.empty()) {
    const CodePoint first = first_code_point(text);
    if (first.size == 0) {  // no UTF-8: nothing that a page could show
      text.remove_prefix(1);
      continue;
    }
    roff += escaped(first.value);
    text.remove_prefix(first.size);
  }
  return roff;
}

std::string roff_bold(std::string_view text) {
  return "\\fB" + roff_text(text) + "\\fR";
}

std::string roff_italic(std::string_view text) {
  return "\\fI" + roff_text(text) + "\\fR";
}

RoffPage::RoffPage(std::string_view name, std::string_view source) {
  std::string title(name);
  for (char& each : title) {
    if (each >= 'a' && each <= 'z') each = static_cast<char>(each - 'a' + 'A');
  }
  // no date: the same program makes the same page
  line(".TH " + one_word(title) + " 1 \"\" " + one_word(source) + " " + one_word("gostrap manual"));
}

void RoffPage::line(std::string_view roff) {
  text_ += roff;
  text_ += '\n';
  begun_ = roff.starts_with(".SH") || roff.starts_with(".SS");
}

/// A section begins with one as it is.
void RoffPage::begin_paragraph() {
  if (!begun_) line(".PP");
}

void RoffPage::section(std::string_view name) {
  line(".SH " + one_word(name));
}

void RoffPage::heading(std::string_view text) {
  line(".SS " + one_word(text));
}

void RoffPage::paragraph(std::string_view text) {
  begin_paragraph();
  line(roff_text(text));
}

void RoffPage::marked(std::string_view text) {
  begin_paragraph();
  line(text);
}

void RoffPage::literal(std::string_view lines) {
  begin_paragraph();
  line(".nf");
  line(".RS 4");
  for (const std::string_view each : lines_of(lines)) line(each.empty() ? "\\&" : roff_text(each));
  line(".RE");
  line(".fi");
}

void RoffPage::item(std::string_view term, std::string_view meaning) {
  marked_item(roff_bold(term), meaning);
}

void RoffPage::marked_item(std::string_view marked_term, std::string_view meaning) {
  line(".TP");
  line(marked_term);
  line(roff_text(meaning));
}

void RoffPage::help(std::string_view text) {
  std::string filled, kept;
  const auto flush = [&] {
    if (!filled.empty()) paragraph(filled);
    if (!kept.empty()) literal(kept);
    filled.clear();
    kept.clear();
  };
  for (const std::string_view each : lines_of(text)) {
    if (each.empty() || each.starts_with("  ") != !kept.empty()) flush();
    if (each.starts_with("  ")) {
      kept += std::string(each.substr(2)) + "\n";
    } else if (!each.empty()) {
      append(filled, " ", each);
    }
  }
  flush();
}

}  // namespace gostrap
