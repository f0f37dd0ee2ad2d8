#include "compile/go_debug.hpp"

#include "source/goroot.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/strings.hpp"

#include <algorithm>
#include <map>

namespace gostrap {
namespace {

constexpr std::string_view directive = "//go:debug";
constexpr const char* blank = " \t\r";

std::set<std::string> known_settings(const std::string& goroot) {
  std::set<std::string> known;
  const fs::path table = fs::path(goroot) / "src" / "internal" / "godebugs" / "table.go";
  std::error_code hidden;
  if (!fs::is_regular_file(table, hidden)) return known;
  const std::string text = read_file(table);
  constexpr std::string_view mark = "{Name: \"";
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
    const std::size_t start = at + mark.size();
    known.insert(text.substr(start, text.find('"', start) - start));
  }
  return known;
}

bool has_any(const std::string& text, const char* characters) {
  return text.find_first_of(characters) != std::string::npos;
}

/// What stands in the line behind blanks and general comments; `inside` tells of one that goes on.
std::string without_comments(std::string line, bool& inside) {
  while (true) {
    if (inside) {
      const std::size_t end = line.find("*/");
      if (end == std::string::npos) return {};
      line.erase(0, end + 2);
      inside = false;
    }
    line.erase(0, std::min(line.find_first_not_of(blank), line.size()));
    if (!line.starts_with("/*")) return line;
    line.erase(0, 2);
    inside = true;
  }
}

/// "1.24.4", of the GOROOT; nothing where it does not say.
std::optional<Version> version_of(const std::string& goroot) {
  std::error_code hidden;
  if (!fs::is_regular_file(fs::path(goroot) / "VERSION", hidden)) return std::nullopt;
  const std::string line = version_line(goroot);
  const std::string name = line.substr(0, line.find('-'));
  return name.starts_with("go") ? parse_version(name.substr(2)) : std::nullopt;
}

/// Why `default=` cannot have the value: cmd/go/internal/load, ParseGoDebug.
std::string wrong_default(const std::string& value, const std::optional<Version>& own) {
  if (!value.starts_with("go") || value.size() == 2) return "value for default= must be goVERSION";
  if (value == "go1") return {};
  const std::optional<Version> asked = parse_version(value.substr(2));
  if (!asked) return "value for default= must be goVERSION";
  if (own && *asked > *own) return "default=" + value + " too new (toolchain is go" + own->text() + ")";
  return {};
}

}  // namespace

std::vector<std::pair<std::size_t, std::string>> debug_lines(std::string_view source) {
  std::vector<std::pair<std::size_t, std::string>> lines;
  bool in_comment = false;
  if (source.starts_with("\xef\xbb\xbf")) source.remove_prefix(3);
  std::size_t number = 0;
  for (const std::string_view each : lines_of(source)) {
    ++number;
    const std::string line = without_comments(std::string(each), in_comment);
    if (line.empty()) continue;
    if (!line.starts_with("//")) break;  // the package clause
    if (!line.starts_with(directive)) continue;
    lines.emplace_back(number, without_trailing(line, blank));
  }
  return lines;
}

std::string wrong_debug_line(const std::string& line, const std::set<std::string>& known, std::string& key,
                             const std::optional<Version>& own) {
  const std::size_t space = line.find_first_of(" \t");
  if (space == std::string::npos) return line == directive ? "missing key=value" : "";
  const std::string text = line.substr(std::min(line.find_first_not_of(blank, space), line.size()));
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) return "missing key=value";
  key = text.substr(0, equals);
  const std::string value = text.substr(equals + 1);
  if (has_any(key, " \t")) return "key contains space";
  if (has_any(value, " \t")) return "value contains space";
  if (has_any(key, ",")) return "key contains comma";
  if (has_any(value, ",")) return "value contains comma";
  if (key == "default") return wrong_default(value, own);
  return known.empty() || known.contains(key) ? "" : "unknown //go:debug setting \"" + key + "\"";
}

void require_go_debug(const std::vector<GoPackage>& packages, const std::string& goroot) {
  std::set<std::string> known;
  const std::optional<Version> own = version_of(goroot);
  std::error_code hidden;
  for (const GoPackage& package : packages) {
    if (package.standard) continue;
    std::map<std::string, std::string> seen;
    std::string wrong;
    for (const std::string& name : package.go_files) {
      const fs::path file = name.starts_with("/") ? fs::path(name) : fs::path(package.directory) / name;
      if (!fs::is_regular_file(file, hidden)) continue;
      for (const auto& [number, line] : debug_lines(read_file(file))) {
        if (known.empty()) known = known_settings(goroot);
        const std::string place = file.string() + ":" + std::to_string(number) + ":1";
        std::string key;
        const std::string why = wrong_debug_line(line, known, key, own);
        if (!why.empty()) {
          wrong += "\n" + place + ": invalid //go:debug: " + why;
        } else if (!key.empty() && !seen.try_emplace(key, place).second) {
          wrong += "\n" + place + ": repeated //go:debug for " + key + "\n\t" + seen[key] +
                   ": previous //go:debug";
        }
      }
    }
    if (!wrong.empty()) throw Error("compile " + package.import_path, "go build refuses it:" + wrong);
  }
}

}  // namespace gostrap
