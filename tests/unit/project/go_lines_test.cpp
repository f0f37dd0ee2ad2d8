#include "project/go_lines.hpp"

#include "support/files.hpp"
#include "support/strings.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

struct Row {
  std::string text, picks;
};

struct Table {
  std::vector<Version> releases;
  std::vector<Row> rows;
};

std::string trimmed(std::string_view text) {
  const std::size_t start = text.find_first_not_of(' ');
  return start == std::string_view::npos ? std::string() : without_trailing(text.substr(start), " ");
}

/// With \\n, \\t and \\r as what they stand for.
std::string unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t which = text[at] == '\\' && at + 1 < text.size()
                                  ? std::string_view("ntr").find(text[at + 1])
                                  : std::string_view::npos;
    plain += which == std::string_view::npos ? text[at] : "\n\t\r"[which];
    if (which != std::string_view::npos) ++at;
  }
  return plain;
}

Table table() {
  Table table;
  const std::string text = read_file(fs::path(GOSTRAP_TEST_FILES) / "go-mod-cases");
  for (const std::string_view line : lines_of(text)) {
    if (line.starts_with("#")) continue;
    const std::vector<std::string> cells = split(line, "|").copied();
    const std::string picks = trimmed(cells.at(1));
    if (trimmed(cells.at(0)) == "releases") {
      for (const std::string_view word : split(picks, " ")) table.releases.push_back(*parse_version(word));
    } else {
      table.rows.push_back({unescaped(trimmed(cells.at(0))), picks});
    }
  }
  return table;
}

std::string picked_by(const std::string& text, const std::vector<Version>& releases) {
  std::optional<Version> picked;
  const std::string error = error_of([&] { picked = release_for(read_go_lines(text, "go.mod"), releases); });
  return error.empty() && picked ? picked->text() : "refused";
}

}  // namespace

TEST_CASE("a go.mod picks what Nix picks for it, too") {
  const Table cases = table();
  CHECK(cases.rows.size() > 45);
  for (const Row& row : cases.rows) {
    CAPTURE(row.text);
    CHECK(picked_by("module example.org/m\n\n" + row.text + "\n\nrequire example.org/go v1.2.3 // go 1.99\n",
                    cases.releases) == row.picks);
  }
}

TEST_CASE("what the go command does not take is refused, with the file and the line") {
  const auto refusal = [](const std::string& text) {
    return error_of([&] { read_go_lines(text, "/x/go.mod"); });
  };
  CHECK(contains(refusal("go 1.24\ngo 1.24\n"), "cannot read /x/go.mod: it has two go lines"));
  CHECK(contains(refusal("go v1.24\n"), "does not take: \"go v1.24\""));
  CHECK(contains(refusal("toolchain 1.24.4\n"), "it has a toolchain line"));
}

TEST_CASE("a file without either line asks for nothing") {
  CHECK_FALSE(read_go_lines("module m\n", "go.mod").wanted());
  CHECK_FALSE(read_go_lines("module m\ntoolchain default\n", "go.mod").wanted());
}

TEST_CASE("a go line is met by its own candidates only where it has no patch") {
  const auto met = [](const std::string& line, const std::string& by) {
    return read_go_lines("go " + line + "\n", "go.mod").go->is_met_by(*parse_version(by));
  };
  CHECK(met("1.24", "1.24rc1"));
  CHECK_FALSE(met("1.24.0", "1.24rc1"));
  CHECK(met("1.24rc1", "1.24.0"));
  CHECK_FALSE(met("1.24.4", "1.24.3"));
  CHECK(met("1.24.4", "1.24.4"));
}
