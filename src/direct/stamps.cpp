#include "direct/stamps.hpp"

#include "direct/file_hashes.hpp"
#include "direct/query.hpp"
#include "support/directories.hpp"
#include "support/hash.hpp"

#include <algorithm>
#include <set>

namespace gostrap {
namespace {

/// A package that embeds files has all directories below it watched; where there are more, nothing is
/// remembered.
constexpr std::size_t most_directories = 5000;

/// A file's stamp: "file SIZE INODE MODIFIED CHANGED PATH", or "absent PATH".
std::string file_line(const std::string& path, std::int64_t asked, bool& fresh) {
  const std::optional<FileStamp> stamp = stamp_of(path);
  if (!stamp) return "absent " + path + "\n";
  fresh = fresh || is_fresh(*stamp, asked);
  return "file " + std::to_string(stamp->size) + " " + std::to_string(stamp->inode) + " " +
         std::to_string(stamp->modified) + " " + std::to_string(stamp->changed) + " " + path + "\n";
}

/// Files by whose names go/build goes; all else may come and go.
bool counts(const std::string& name) {
  static const std::set<std::string> endings{".go",  ".s",   ".S",    ".h",       ".hh",   ".hpp", ".hxx",
                                             ".c",   ".cc",  ".cpp",  ".cxx",     ".m",    ".f",   ".F",
                                             ".for", ".f90", ".swig", ".swigcxx", ".syso", ".mod"};
  return endings.contains(fs::path(name).extension().string());
}

/// The names that count in a directory ("names", or "all" with every one), hashed; `names` gets them.
std::string directory_hash(const std::string& path, bool all, const std::string& ignored,
                           std::vector<std::string>& names) {
  std::error_code failed;
  for (fs::directory_iterator each(path, failed), end; !failed && each != end; each.increment(failed)) {
    std::string name = each->path().filename().string();
    if ((all || counts(name)) && each->path() != ignored) names.push_back(std::move(name));
  }
  if (failed) return "none";
  std::sort(names.begin(), names.end());
  std::string text;
  for (const std::string& name : names) text += name + '\0';
  return hex(sha256(text));
}

class Stamper {
 public:
  Stamper(const std::vector<GoPackage>& packages, const ProgramQuery& query,
          const std::map<std::string, std::string>& go_env, std::int64_t asked)
      : packages_(packages), query_(query), go_env_(go_env), asked_(asked) {}

  std::optional<std::string> make() {
    const std::string& goroot = query_.goroot;
    for (const char* name : {"/VERSION", "/go.env", "/bin/go"}) file(goroot + name);
    around(query_.directory);
    for (const char* name : {"GOMOD", "GOWORK"}) {
      if (const std::string path = value(name); !path.empty() && path != "/dev/null") module_file(path);
    }
    if (!query_.mod_file.empty()) module_file((fs::path(query_.directory) / query_.mod_file).string());
    const auto config = environment_value("GOENV");
    const auto user = base_directory(BaseDirectory::config);
    if (config || user) file(config ? *config : (*user / "go" / "env").string());
    for (const GoPackage& package : packages_) {
      if (!package.in_goroot || !package.directory.starts_with(goroot + "/")) add(package);
    }
    if (fresh_ || directories_ > most_directories) return std::nullopt;
    return std::move(text_);
  }

 private:
  std::string value(const char* name) const {
    const auto there = go_env_.find(name);
    return there == go_env_.end() ? "" : there->second;
  }

  void file(const std::string& path) {
    if (path.find('\n') != std::string::npos) fresh_ = true;
    if (seen_.insert(path).second) text_ += file_line(path, asked_, fresh_);
  }

  void module_file(const std::string& path) {
    file(path);
    const fs::path directory = fs::path(path).parent_path();
    const std::string stem = fs::path(path).stem().string();
    file(directory / (path.ends_with(".work") ? stem + ".work.sum" : stem + ".sum"));
    file(directory / "vendor" / "modules.txt");
  }

  /// Where go.mod and go.work are looked for.
  void around(const std::string& directory) {
    for (fs::path each = directory; seen_.insert("around " + each.string()).second;
         each = each.parent_path()) {
      file(each / "go.mod");
      file(each / "go.work");
      if (each == each.parent_path()) return;
    }
  }

  void add(const GoPackage& package) {
    around(package.directory);
    if (package.module) {
      const GoModule& module = package.module->replacement ? *package.module->replacement : *package.module;
      if (!module.directory.empty()) module_file(module.directory + "/go.mod");
    }
    directory(package.directory, !package.embed_patterns.empty());
    std::error_code hidden;
    if (package.embed_patterns.empty()) return;
    for (fs::recursive_directory_iterator each(package.directory, hidden), end;
         !hidden && each != end && directories_ <= most_directories; each.increment(hidden)) {
      if (each->is_directory(hidden)) directory(each->path().string(), true);
    }
  }

  void directory(const std::string& path, bool all) {
    if (!seen_.insert("directory " + path).second) return;
    ++directories_;
    // a file that came or went meanwhile
    if (const std::optional<FileStamp> stamp = stamp_of(path); stamp && is_fresh(*stamp, asked_))
      fresh_ = true;
    if (path.find('\n') != std::string::npos) fresh_ = true;
    std::vector<std::string> names;
    const std::string hash = directory_hash(path, all, query_.ignored, names);
    text_ += std::string(all ? "all " : "names ") + hash + " " + path + "\n";
    for (const std::string& name : names) {
      if (counts(name)) file(path + "/" + name);
    }
  }

  const std::vector<GoPackage>& packages_;
  const ProgramQuery& query_;
  const std::map<std::string, std::string>& go_env_;
  std::set<std::string> seen_;
  std::string text_;
  std::int64_t asked_;
  std::size_t directories_ = 0;
  bool fresh_ = false;
};

}  // namespace

std::optional<std::string> stamps_for(const std::vector<GoPackage>& packages, const ProgramQuery& query,
                                      const std::map<std::string, std::string>& go_env, std::int64_t asked) {
  return Stamper(packages, query, go_env, asked).make();
}

bool stamps_hold(std::string_view stamps, const std::string& ignored) {
  while (!stamps.empty()) {
    const std::size_t end = std::min(stamps.find('\n'), stamps.size());
    const std::string line(stamps.substr(0, end));
    stamps.remove_prefix(std::min(end + 1, stamps.size()));
    const std::size_t space = line.find(' ');
    if (space == std::string::npos) return false;
    const std::string word = line.substr(0, space);
    if (word == "names" || word == "all") {
      const std::size_t path = line.find(' ', space + 1);
      std::vector<std::string> names;
      if (path == std::string::npos || directory_hash(line.substr(path + 1), word == "all", ignored, names) !=
                                           line.substr(space + 1, path - space - 1))
        return false;
      continue;
    }
    std::size_t path = space;
    for (int column = 0; word == "file" && column < 4 && path != std::string::npos; ++column)
      path = line.find(' ', path + 1);
    bool fresh = false;
    if (path == std::string::npos || file_line(line.substr(path + 1), 0, fresh) != line + "\n") return false;
  }
  return true;
}

}  // namespace gostrap
