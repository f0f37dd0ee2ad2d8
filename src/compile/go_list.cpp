#include "compile/go_list.hpp"

#include "support/error.hpp"
#include "support/files.hpp"

#include <nlohmann/json.hpp>

namespace gostrap {
namespace {

constexpr const char* list_name = "what go list prints";

std::vector<std::string> texts(const JsonView& json, const char* key) {
  std::vector<std::string> result;
  if (!json.has(key)) return result;
  for (const JsonView& item : json.at(key).items()) result.push_back(item.string());
  return result;
}

bool truth_or_false(const JsonView& json, const char* key) {
  return json.has(key) && json.at(key).truth();
}

std::shared_ptr<const GoModule> module_from(const JsonView& json) {
  auto module = std::make_shared<GoModule>();
  module->path = json.string("Path");
  module->version = json.string_or("Version", "");
  module->directory = json.string_or("Dir", "");
  module->go_version = json.string_or("GoVersion", "");
  module->main = truth_or_false(json, "Main");
  if (json.has("Replace")) module->replacement = module_from(json.at("Replace"));
  return module;
}

GoPackage package_from(const JsonView& json) {
  GoPackage package;
  package.directory = json.string("Dir");
  package.import_path = json.string("ImportPath");
  package.name = json.string("Name");
  package.default_godebug = json.string_or("DefaultGODEBUG", "");
  package.standard = truth_or_false(json, "Standard");
  package.in_goroot = truth_or_false(json, "Goroot");
  package.only_dependency = truth_or_false(json, "DepOnly");
  if (json.has("Module")) package.module = module_from(json.at("Module"));
  if (json.has("ImportMap")) {
    for (const auto& [from, to] : json.at("ImportMap").members()) package.import_map[from] = to.string();
  }
  package.imports = texts(json, "Imports");
  package.go_files = texts(json, "GoFiles");
  package.assembly_files = texts(json, "SFiles");
  package.header_files = texts(json, "HFiles");
  package.object_files = texts(json, "SysoFiles");
  for (const char* key :
       {"CgoFiles", "CFiles", "CXXFiles", "MFiles", "FFiles", "SwigFiles", "SwigCXXFiles"}) {
    for (std::string& name : texts(json, key)) package.foreign_files.push_back(std::move(name));
  }
  package.ignored_files = texts(json, "IgnoredGoFiles");
  for (const char* key : {"TestGoFiles", "XTestGoFiles"}) {
    for (std::string& name : texts(json, key)) package.test_files.push_back(std::move(name));
  }
  package.embed_patterns = texts(json, "EmbedPatterns");
  package.embed_files = texts(json, "EmbedFiles");
  return package;
}

/// The import paths from what was asked for to `package`, by the shortest way.
std::vector<std::string> way_to(const GoPackage& package, const std::vector<GoPackage>& packages) {
  std::map<std::string, std::string> importer;
  std::map<std::string, const GoPackage*> by_path;
  std::vector<std::string> open;
  for (const GoPackage& each : packages) {
    by_path[each.import_path] = &each;
    if (each.only_dependency) continue;
    open.push_back(each.import_path);
    importer[each.import_path] = "";
  }
  for (std::size_t next = 0; next < open.size(); ++next) {
    const std::string from = open[next];
    if (from == package.import_path) break;
    const auto there = by_path.find(from);
    if (there == by_path.end()) continue;
    for (const std::string& to : there->second->imports) {
      if (importer.try_emplace(to, from).second) open.push_back(to);
    }
  }
  std::vector<std::string> way;
  for (std::string at = package.import_path; !at.empty(); at = importer[at]) way.insert(way.begin(), at);
  return way;
}

bool imports_c(const std::string& file) {
  std::error_code hidden;
  if (!fs::is_regular_file(file, hidden) || fs::file_size(file, hidden) > (std::size_t{16} << 20U))
    return false;
  return read_file(file).find("import \"C\"") != std::string::npos;
}

}  // namespace

const char* const go_list_fields =
    "Dir,ImportPath,Name,DefaultGODEBUG,Standard,Goroot,DepOnly,Module,ImportMap,Imports,GoFiles,SFiles,"
    "HFiles,"
    "SysoFiles,CgoFiles,CFiles,CXXFiles,MFiles,FFiles,SwigFiles,SwigCXXFiles,IgnoredGoFiles,TestGoFiles,"
    "XTestGoFiles,EmbedPatterns,EmbedFiles";

bool is_of_named_files(const GoPackage& package) {
  return package.import_path == "command-line-arguments";
}

void require_go_files(const std::vector<GoPackage>& packages) {
  for (const GoPackage& package : packages) {
    if (!package.go_files.empty() || !package.foreign_files.empty()) continue;
    std::string why = !package.ignored_files.empty() ? "build constraints exclude all Go files in "
                      : !package.test_files.empty()  ? "no non-test Go files in "
                                                     : "no Go files in ";
    why += package.directory;
    std::string next;
    for (const std::string& name : package.ignored_files) {
      if (!imports_c(package.directory + "/" + name)) continue;
      next =
          name + " needs cgo, and SDKs make pure Go programs; a build tag may leave the import out: --tags.";
      break;
    }
    const std::vector<std::string> way = way_to(package, packages);
    std::string text = "package " + way.front();
    for (std::size_t i = 1; i < way.size(); ++i) text += "\n\timports " + way[i];
    throw Error("compile " + way.front(), text + ": " + why, next);
  }
}

std::vector<GoPackage> parse_go_list(std::string_view text) {
  std::vector<GoPackage> packages;
  // documents are indented: only the brace that ends one begins a line
  while (!text.empty()) {
    const std::size_t brace = text.find("\n}\n");
    if (brace == std::string_view::npos) {
      if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) break;
      throw Error(std::string("read ") + list_name, "its last document does not end");
    }
    const std::string_view document = text.substr(0, brace + 2);
    const Json json = parse_json(document, list_name);
    packages.push_back(package_from(JsonView(json, list_name, document)));
    text.remove_prefix(brace + 3);
  }
  return packages;
}

std::map<std::string, std::string> parse_go_env(std::string_view text) {
  const Json json = parse_json(text, "what go env prints");
  std::map<std::string, std::string> result;
  for (const auto& [name, value] : JsonView(json, "what go env prints").members())
    result[name] = value.string();
  return result;
}

}  // namespace gostrap
