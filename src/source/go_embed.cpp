#include "source/go_embed.hpp"

#include "support/interrupt.hpp"
#include "support/strings.hpp"

#include <fnmatch.h>

namespace gostrap {
namespace {

constexpr std::string_view directive = "//go:embed";
constexpr std::size_t longest_pattern = 4096;

/// Takes a plain or quoted word off the front of what begins with no space.
std::string take_word(std::string_view& rest) {
  const bool quoted = rest.front() == '"' || rest.front() == '`';
  const std::size_t end = quoted ? rest.find(rest.front(), 1) : rest.find_first_of(" \t\r");
  const std::string word(quoted ? rest.substr(1, end - 1) : rest.substr(0, end));
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + (quoted ? 1 : 0));
  return word;
}

}  // namespace

std::vector<std::string> embed_patterns(std::string_view go_file) {
  std::vector<std::string> patterns;
  for (std::size_t at = go_file.find(directive); at != std::string_view::npos;
       at = go_file.find(directive, at + 1)) {
    if (at != 0 && go_file[at - 1] != '\n') continue;
    std::string_view rest = go_file.substr(at + directive.size());
    rest = rest.substr(0, rest.find('\n'));
    if (rest.empty() || (rest.front() != ' ' && rest.front() != '\t')) continue;
    for (std::size_t word = rest.find_first_not_of(" \t\r"); word != std::string_view::npos;
         word = rest.find_first_not_of(" \t\r")) {
      rest.remove_prefix(word);
      std::string pattern = take_word(rest);
      if (pattern.starts_with("all:")) pattern.erase(0, 4);
      if (!pattern.empty() && pattern.size() <= longest_pattern) patterns.push_back(std::move(pattern));
    }
  }
  return patterns;
}

void EmbedPatterns::add(const std::string& path, const std::vector<std::string>& patterns) {
  if (patterns.empty()) return;
  std::vector<Wanted>& wanted = wanted_[path.substr(0, path.rfind('/') + 1)];
  for (const std::string& pattern : patterns) wanted.push_back({pattern, path});
}

std::string EmbedPatterns::embedder_of(const std::string& path) const {
  for (std::size_t slash = path.rfind('/'); slash != std::string::npos;
       slash = slash == 0 ? std::string::npos : path.rfind('/', slash - 1)) {
    const auto found = wanted_.find(path.substr(0, slash + 1));
    if (found == wanted_.end()) continue;
    const std::string below = path.substr(slash + 1);
    for (const Wanted& each : found->second) {
      check_interrupt();
      // FNM_LEADING_DIR: a directory is embedded with what is in it
      if (::fnmatch(each.pattern.c_str(), below.c_str(), FNM_PATHNAME | FNM_LEADING_DIR) == 0) return each.by;
    }
  }
  return {};
}

}  // namespace gostrap
