#include "compile/included.hpp"

#include "support/error.hpp"
#include "support/files.hpp"
#include "support/strings.hpp"

#include <algorithm>
#include <set>

namespace gostrap {
namespace {

/// More than anybody includes; a file that is none of text ends the search, too.
constexpr std::size_t most_files = 1000;
constexpr std::size_t most_bytes = std::size_t{16} << 20U;

std::string text_of(const std::string& path) {
  std::error_code hidden;
  if (!fs::is_regular_file(path, hidden) || fs::file_size(path, hidden) > most_bytes) return {};
  return read_file(path, most_bytes);
}

}  // namespace

std::vector<std::string> included_names(std::string_view assembly) {
  std::vector<std::string> names;
  for (std::string_view line : lines_of(assembly)) {
    const auto skip = [&] {
      while (true) {
        line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
        if (!line.starts_with("/*")) return;
        const std::size_t comment = line.find("*/", 2);
        line.remove_prefix(comment == std::string_view::npos ? line.size() : comment + 2);
      }
    };
    const auto take = [&](std::string_view word) {
      skip();
      if (!line.starts_with(word)) return false;
      line.remove_prefix(word.size());
      return true;
    };
    if (!take("#") || !take("include") || !take("\"")) continue;
    const std::size_t quote = line.find('"');
    if (quote != std::string_view::npos && quote != 0) names.emplace_back(line.substr(0, quote));
  }
  return names;
}

std::vector<std::string> included_files(const GoPackage& package, const std::vector<std::string>& search) {
  std::set<std::string> known(package.header_files.begin(), package.header_files.end());
  known.insert(package.assembly_files.begin(), package.assembly_files.end());
  std::vector<std::string> found;
  std::vector<std::string> to_read;
  for (const auto* names : {&package.assembly_files, &package.header_files}) {
    for (const std::string& name : *names)
      to_read.push_back(name.starts_with("/") ? name : package.directory + "/" + name);
  }
  for (std::size_t next = 0; next < to_read.size() && to_read.size() < most_files; ++next) {
    for (const std::string& name : included_names(text_of(to_read[next]))) {
      if (!known.insert(name).second) continue;
      std::vector<std::string> candidates;
      if (name.starts_with("/")) {
        candidates = {name};
      } else {
        candidates = {package.directory + "/" + name};
        for (const std::string& directory : search) {
          candidates.push_back((directory.starts_with("/") ? "" : package.directory + "/") + directory + "/" +
                               name);
        }
      }
      std::error_code hidden;
      const auto there = std::find_if(candidates.begin(), candidates.end(), [&](const std::string& path) {
        return fs::is_regular_file(path, hidden);
      });
      if (there == candidates.end())
        continue;  // the SDK's, made on the way (go_asm.h), or left out by an #ifdef
      found.push_back(*there);
      to_read.push_back(*there);
    }
  }
  return found;
}

}  // namespace gostrap
