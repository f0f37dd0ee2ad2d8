#include "project/go_lines.hpp"

#include "support/error.hpp"
#include "support/strings.hpp"

#include <algorithm>

namespace gostrap {
namespace {

/// The words of a line, without the comment behind them, which needs no space before it.
std::vector<std::string_view> words_of(std::string_view line) {
  line = line.substr(0, line.find("//"));
  std::vector<std::string_view> words;
  for (const std::string_view word : split(line, " \t\r")) {
    if (!word.empty()) words.push_back(word);
  }
  return words;
}

/// "1.24.4", "1.24", "1.24rc1": one way to spell each.
std::optional<GoVersion> spelled(std::string_view text) {
  if (text.starts_with("go")) return std::nullopt;
  const std::optional<Version> version = parse_version(text);
  if (!version) return std::nullopt;
  const bool has_patch = std::count(text.begin(), text.end(), '.') > 1;
  return GoVersion{*version, !has_patch && version->stage == Version::released};
}

/// "go1.24.4", "go1.24.4-custom"; "go1" is the language's first.
std::optional<GoVersion> toolchain_named(std::string_view text) {
  if (!text.starts_with("go")) return std::nullopt;
  text.remove_prefix(2);
  text = text.substr(0, text.find_first_of("-+"));
  if (text == "1") return GoVersion{{1, 0}, true};
  return spelled(text);
}

std::strong_ordering compare(const GoVersion& a, const GoVersion& b) {
  const auto rank = [](const GoVersion& each) {
    Version version = each.version;
    if (each.of_language) version.stage = 0;  // before each candidate
    return version;
  };
  return rank(a) <=> rank(b);
}

}  // namespace

std::string GoVersion::text() const {
  return of_language ? std::to_string(version.major) + "." + std::to_string(version.minor) : version.text();
}

bool GoVersion::is_met_by(const Version& release) const {
  return compare(*this, {release, false}) <= 0;
}

std::optional<GoVersion> GoLines::wanted() const {
  if (!go || !toolchain) return go ? go : toolchain;
  return compare(*toolchain, *go) >= 0 ? toolchain : go;
}

GoLines read_go_lines(std::string_view text, const std::string& file) {
  const auto refuse = [&](const std::string& why) {
    throw Error("read " + file, why, "`go mod edit` mends it; --release V chooses whatever it says.");
  };
  GoLines lines;
  bool inside = false, has_go = false, has_toolchain = false;
  for (const std::string_view line : lines_of(text)) {
    const std::vector<std::string_view> words = words_of(line);
    if (words.empty()) continue;
    if (inside) {
      inside = !words.front().starts_with(")");
      continue;
    }
    if (words.back().ends_with("(")) {
      inside = true;
      continue;
    }
    const bool is_go = words.front() == "go";
    if (!is_go && words.front() != "toolchain") continue;
    const std::string word(words.front());
    if (std::exchange(is_go ? has_go : has_toolchain, true)) refuse("it has two " + word + " lines");
    const bool is_default = !is_go && words.size() == 2 && words[1] == "default";
    if (is_default) continue;
    std::optional<GoVersion>& named = is_go ? lines.go : lines.toolchain;
    if (words.size() == 2) named = is_go ? spelled(words[1]) : toolchain_named(words[1]);
    if (!named)
      refuse("it has a " + word + " line that the go command does not take: \"" + join(words, " ") + "\"");
  }
  return lines;
}

std::optional<Version> release_for(const GoLines& lines, const std::vector<Version>& known) {
  const std::optional<GoVersion> wanted = lines.wanted();
  if (!wanted) return std::nullopt;
  const auto named = [&](const Version& version) {
    return !wanted->of_language && version == wanted->version;
  };
  if (std::any_of(known.begin(), known.end(), named)) return wanted->version;
  std::vector<Version> later;  // newest first
  for (const Version& version : known) {
    if (version.stage == Version::released && wanted->is_met_by(version)) later.push_back(version);
  }
  if (later.empty()) return std::nullopt;
  const bool by_toolchain = lines.toolchain && compare(*wanted, *lines.toolchain) == 0;
  if (by_toolchain && same_line(later.back(), wanted->version)) return later.back();
  return *std::find_if(later.begin(), later.end(),
                       [&](const Version& version) { return same_line(version, later.back()); });
}

}  // namespace gostrap
