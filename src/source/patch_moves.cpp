#include "source/patch_moves.hpp"

#include "support/files.hpp"
#include "support/strings.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <vector>

namespace gostrap {
namespace {

constexpr std::size_t most_named = 3;
constexpr std::size_t largest_file = std::size_t{4} << 20U;

/// Constants that have another name now.
constexpr std::array renamed{std::pair{"cachelinesize", "cachelinepadsize"},
                             std::pair{"physpagesize", "defaultphyspagesize"}};

/// "PCQuantum" of "	PCQuantum = 1", in small letters and without the underscore that some got; "" where
/// the line defines nothing.
std::string defined_by(std::string_view line) {
  std::size_t start = std::min(line.find_first_not_of(" \t"), line.size());
  if (line.substr(start).starts_with("const ")) start += 6;
  while (start < line.size() && line[start] == '_') ++start;
  std::string name;
  for (; start < line.size(); ++start) {
    const char each = line[start];
    if (each >= 'A' && each <= 'Z') {
      name += static_cast<char>(each - 'A' + 'a');
    } else if ((each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') || each == '_') {
      name += each;
    } else {
      break;
    }
  }
  const std::size_t after = std::min(line.find_first_not_of(" \t", start), line.size());
  const bool defines =
      name.size() > 3 && after + 1 < line.size() && line[after] == '=' && line[after + 1] != '=';
  return defines ? name : "";
}

/// What the patch's lines of that file define: those that it removes, or where it removes none, all that it
/// has.
std::set<std::string> wanted_names(const std::string& path, const std::string& patch) {
  std::set<std::string> removed;
  std::set<std::string> all;
  bool inside = false;
  for (const std::string_view line : lines_of(patch)) {
    if (line.starts_with("--- ")) {
      inside = line.find(path) != std::string_view::npos;
    } else if (inside && !line.starts_with("+++ ") && !line.empty() && (line[0] == '-' || line[0] == ' ')) {
      std::string name = defined_by(line.substr(1));
      for (const auto& [old_name, new_name] : renamed) {
        if (name == old_name) name = new_name;
      }
      if (name.empty()) continue;
      all.insert(name);
      if (line[0] == '-') removed.insert(name);
    }
  }
  return removed.empty() ? all : removed;
}

/// "amd64" of "arch_amd64.go": what a file is for, by its name.
std::string suffix_of(const std::string& path) {
  const std::string stem = fs::path(path).stem().string();
  const std::size_t underscore = stem.rfind('_');
  return underscore == std::string::npos ? "" : stem.substr(underscore + 1);
}

bool same_suffix(const std::string& a, const std::string& b) {
  const std::string own = suffix_of(a);
  const std::string other = suffix_of(b);
  const bool x86 = (own == "amd64" || own == "386") && other == "x86";
  return !own.empty() && (own == other || x86);
}

}  // namespace

std::string where_it_is_now(const fs::path& tree, const std::string& path, const std::string& patch) {
  const std::set<std::string> wanted = wanted_names(path, patch);
  const std::string base = fs::path(path).filename().string();
  std::vector<std::string> of_that_name;
  std::map<std::string, std::vector<std::string>>
      places;  // by name of a constant; those for the same port first
  for (const char* const room : {"src/internal", "src/runtime"}) {
    std::error_code hidden;
    if (!fs::is_directory(tree / room, hidden)) continue;
    for (const TreeEntry& entry : list_tree(tree / room)) {
      const std::string file = std::string(room) + "/" + entry.path;
      if (entry.type != TreeEntry::Type::file || !file.ends_with(".go") || file.ends_with("_test.go"))
        continue;
      if (fs::path(file).filename() == base) of_that_name.push_back(file);
      if (wanted.empty()) continue;
      std::set<std::string> defined;
      const std::string text = read_file(tree / file, largest_file);
      for (const std::string_view line : lines_of(text)) {
        const std::string name = defined_by(line);
        if (wanted.contains(name)) defined.insert(name);
      }
      for (const std::string& name : defined) {
        std::vector<std::string>& there = places[name];
        there.insert(same_suffix(path, file) ? there.begin() : there.end(), file);
      }
    }
  }
  std::vector<std::string> files;
  for (const auto& [name, there] : places) {
    if (std::find(files.begin(), files.end(), there.front()) == files.end()) files.push_back(there.front());
  }
  const bool defines = !files.empty();
  if (files.empty()) files = of_that_name;
  if (files.empty()) return {};
  files.resize(std::min(files.size(), most_named));
  return (defines ? "What it changes is now in " : "A file of that name is now ") +
         enumeration(files, " and ") + ".";
}

}  // namespace gostrap
