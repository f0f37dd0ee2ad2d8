#include "compile/package_flags.hpp"

#include "support/error.hpp"

#include <filesystem>

namespace gostrap {
namespace {

namespace fs = std::filesystem;

constexpr const char* space = " \t\r\n";

/// Stands for an element called vendor, where it is not the last one.
constexpr char vendor_mark = '\0';

std::string with_marked_vendors(const std::string& path) {
  std::string result;
  std::size_t start = 0;
  while (true) {
    const std::size_t end = path.find('/', start);
    if (end == std::string::npos) return result + path.substr(start);
    const std::string element = path.substr(start, end - start);
    result += element == "vendor" ? std::string(1, vendor_mark) : element;
    result += '/';
    start = end + 1;
  }
}

/// Glob with one wildcard "...", which does not match the mark; linear in practice: it goes back to the last
/// wildcard only.
bool matches_wild(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t after_wild = std::string_view::npos;
  std::size_t taken = 0;
  while (t < text.size()) {
    if (pattern.substr(p, 3) == "...") {
      p += 3;
      after_wild = p;
      taken = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (after_wild != std::string_view::npos && text[taken] != vendor_mark) {
      t = ++taken;
      p = after_wild;
    } else {
      return false;
    }
  }
  while (pattern.substr(p, 3) == "...") p += 3;
  return p == pattern.size();
}

bool is_relative(const std::string& pattern) {
  return pattern.starts_with("./") || pattern.starts_with("../") || pattern == "." || pattern == "..";
}

bool matches_below(const std::string& pattern, const std::string& base, const std::string& directory) {
  const std::size_t wild = pattern.find("...");
  const std::size_t slash = wild == std::string::npos ? pattern.size() : pattern.rfind('/', wild);
  fs::path place = (fs::path(base) / pattern.substr(0, slash)).lexically_normal();
  if (!place.has_filename() && place.has_relative_path()) place = place.parent_path();
  if (wild == std::string::npos) return place == directory;
  const std::string relative = fs::path(directory).lexically_relative(place).string();
  return relative != ".." && !relative.starts_with("../") &&
         matches_pattern(pattern.substr(slash + 1), relative);
}

}  // namespace

std::vector<std::string> split_quoted(const std::string& text) {
  std::vector<std::string> fields;
  for (std::size_t at = text.find_first_not_of(space); at < text.size();
       at = text.find_first_not_of(space, at)) {
    const char quote = text[at];
    if (quote == '\'' || quote == '"') {
      const std::size_t end = text.find(quote, at + 1);
      if (end == std::string::npos) throw UsageError("a quote is not closed in the flags: " + text);
      fields.push_back(text.substr(at + 1, end - at - 1));
      at = end + 1;
    } else {
      const std::size_t end = std::min(text.find_first_of(space, at), text.size());
      fields.push_back(text.substr(at, end - at));
      at = end;
    }
  }
  return fields;
}

std::vector<std::string> split_tags(const std::string& text) {
  if (text.find_first_of(" '\"") != std::string::npos) return split_quoted(text);
  std::vector<std::string> tags;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find(',', start), text.size());
    if (end > start) tags.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return tags;
}

bool matches_pattern(const std::string& pattern, const std::string& import_path) {
  const std::string marked = with_marked_vendors(pattern);
  const std::string text = with_marked_vendors(import_path);
  if (matches_wild(marked, text)) return true;
  // net/... matches net, and x/vendor/... matches x/vendor
  if (!marked.ends_with("/...")) return false;
  std::string shorter = marked.substr(0, marked.size() - 4);
  if (!shorter.empty() && shorter.back() == vendor_mark) shorter.replace(shorter.size() - 1, 1, "vendor");
  return matches_wild(shorter, text);
}

void PackageFlags::add(const std::string& option, const std::string& text, const std::string& directory) {
  raw_ = text;
  Rule rule;
  rule.directory = directory;
  const std::size_t start = text.find_first_not_of(space);
  if (start == std::string::npos) {
    rules_.push_back(rule);
    return;
  }
  std::string flags = text.substr(start);
  if (flags.front() != '-') {
    const std::size_t equals = flags.find('=');
    if (equals == std::string::npos || equals == 0 || flags.front() == '\'' || flags.front() == '"') {
      throw UsageError(
          "--" + option + " takes flags that begin with -, or PATTERN=FLAGS, not \"" + text + "\"",
          "Such as: --" + option + " 'runtime=-B' or --" + option + " 'all=-N -l'");
    }
    rule.pattern = flags.substr(0, equals);
    rule.pattern.erase(rule.pattern.find_last_not_of(space) + 1);
    flags = flags.substr(equals + 1);
  }
  rule.flags = split_quoted(flags);
  rules_.push_back(rule);
}

bool PackageFlags::Rule::match(const PackageId& package) const {
  if (pattern.empty()) return package.named;
  if (pattern == "all") return true;
  if (pattern == "std") return package.standard;
  if (pattern == "cmd") return package.standard && package.import_path.starts_with("cmd/");
  if (is_relative(pattern)) return matches_below(pattern, directory, package.directory);
  return matches_pattern(pattern, package.import_path);
}

std::vector<std::string> PackageFlags::of(const PackageId& package) const {
  std::vector<std::string> flags;
  for (const Rule& rule : rules_) {
    if (rule.match(package)) flags = rule.flags;
  }
  return flags;
}

}  // namespace gostrap
