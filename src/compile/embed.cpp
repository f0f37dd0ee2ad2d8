#include "compile/embed.hpp"

#include "compile/path_match.hpp"
#include "support/strings.hpp"

#include <nlohmann/json.hpp>

namespace gostrap {
namespace {

/// Whether some element begins with a dot or an underscore.
bool has_hidden(std::string_view path) {
  for (const std::string_view element : split(path, "/")) {
    if (element.starts_with('.') || element.starts_with('_')) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> embedded_by(const std::string& pattern,
                                     const std::vector<std::string>& embed_files) {
  const bool all = pattern.starts_with("all:");
  const std::string glob = all ? pattern.substr(4) : pattern;
  std::vector<std::string> result;
  for (const std::string& file : embed_files) {
    bool taken = glob_match(glob, file);
    // a directory stands for all below it, but for what is hidden there
    for (std::size_t slash = file.find('/'); !taken && slash != std::string::npos;
         slash = file.find('/', slash + 1)) {
      taken = glob_match(glob, file.substr(0, slash)) &&
              (all || !has_hidden(std::string_view(file).substr(slash + 1)));
    }
    if (taken) result.push_back(file);
  }
  return result;
}

std::string embed_config(const GoPackage& package, const NamedRoots& roots) {
  if (package.embed_patterns.empty()) return {};
  Json json;
  json["Patterns"] = Json::object();
  json["Files"] = Json::object();
  for (const std::string& pattern : package.embed_patterns) {
    json["Patterns"][literal(pattern)] = Json::array();
    for (const std::string& file : embedded_by(pattern, package.embed_files))
      json["Patterns"][literal(pattern)].push_back(literal(file));
  }
  for (const std::string& file : package.embed_files)
    json["Files"][literal(file)] = roots.symbolic(package.directory + "/" + file);
  return json.dump(1, '\t') + "\n";
}

}  // namespace gostrap
