#include "source/known_names.hpp"

#include "release/port.hpp"
#include "support/files.hpp"

#include <algorithm>
#include <regex>

namespace gostrap {
namespace {

std::string text_of(const fs::path& file) {
  return fs::is_regular_file(file) ? read_file(file) : std::string();
}

/// What stands between the line `begin` and the next line that is `end`.
std::string section(const std::string& text, const std::string& begin, const std::string& end) {
  const std::size_t start = text.find("\n" + begin + "\n");
  if (start == std::string::npos) return {};
  const std::size_t stop = text.find("\n" + end + "\n", start);
  return stop == std::string::npos ? std::string() : text.substr(start, stop - start + 1);
}

/// The first group of each match.
std::set<std::string> all_matches(const std::string& text, const char* pattern) {
  const std::regex regex(pattern, std::regex::ECMAScript | std::regex::multiline);
  std::set<std::string> found;
  for (std::sregex_iterator each(text.begin(), text.end(), regex); each != std::sregex_iterator(); ++each)
    found.insert((*each)[1]);
  return found;
}

std::set<std::string> experiments(const fs::path& tree) {
  const std::string flags =
      section(text_of(tree / "src/internal/goexperiment/flags.go"), "type Flags struct {", "}");
  std::set<std::string> names;
  for (std::string name : all_matches(flags, "^\t([A-Z][A-Za-z0-9]*) +bool$")) {
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    names.insert(name);
  }
  return names;
}

/// What cmd/go finds there: X.zip is a module, X.txt the name of one. It reads off and latest by itself.
std::set<std::string> fips_versions(const fs::path& tree) {
  std::set<std::string> names;
  if (!fs::is_directory(tree / "lib/fips140")) return names;
  for (const TreeEntry& entry : list_tree(tree / "lib/fips140")) {
    // a snapshot with a hash in its name goes by the name in a .txt
    const std::set<std::string> name =
        all_matches(entry.path, "^(v[0-9]+\\.[0-9]+\\.[0-9]+|[a-z]+)\\.(zip|txt)$");
    names.insert(name.begin(), name.end());
  }
  names.insert({"off", "latest"});
  return names;
}

}  // namespace

KnownNames read_known_names(const fs::path& tree) {
  KnownNames names;
  names.experiments = experiments(tree);
  names.fips_versions = fips_versions(tree);
  const std::string runtime = text_of(tree / "src/runtime/runtime1.go");
  names.runtime_debug =
      all_matches(section(runtime, "var dbgvars = []*dbgVar{", "}"), "^\t\\{name: \"([a-z0-9]+)\"");
  if (!names.runtime_debug.empty()) names.runtime_debug.insert("memprofilerate");
  names.debug = all_matches(text_of(tree / "src/internal/godebugs/table.go"), "^\t\\{Name: \"([a-z0-9]+)\"");
  return names;
}

}  // namespace gostrap
