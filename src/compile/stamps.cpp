#include "compile/stamps.hpp"

#include "compile/file_hashes.hpp"
#include "support/directories.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "support/strings.hpp"

#include <unistd.h>

#include <map>
#include <set>
#include <sstream>

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

/// The names that count in a directory ("names", or "all" with every one and what it is: a link is not
/// embedded), hashed; `names` gets them. "none" where there is no such directory.
std::string directory_hash(const std::string& path, bool all, std::vector<std::string>& names) {
  std::error_code failed;
  std::map<std::string, char> found;
  for (fs::directory_iterator each(path, failed), end; !failed && each != end; each.increment(failed)) {
    const std::string name = each->path().filename().string();
    std::error_code hidden;
    if (all || counts(name))
      found[name] =
          all ? static_cast<char>('0' + static_cast<int>(each->symlink_status(hidden).type())) : ' ';
  }
  if (failed) return "none";
  std::string text;
  for (const auto& [name, type] : found) {
    names.push_back(name);
    text += name + '\0' + type;
  }
  return hex(sha256(text));
}

/// A file by its content: where people write, stamps are not enough (clocks of a second, mappings, mounts).
std::string content_line(const std::string& path) {
  std::error_code hidden;
  const bool readable = fs::is_regular_file(path, hidden) && ::access(path.c_str(), R_OK) == 0;
  return "content " + (readable ? hex(sha256_file(path)) : "none") + " " + path + "\n";
}

/// The directories that go.mod or go.work names, in `use` and `replace`; nothing where it writes them in
/// quotes.
std::optional<std::vector<std::string>> local_directories(const fs::path& file) {
  std::vector<std::string> directories;
  std::error_code hidden;
  if (!fs::is_regular_file(file, hidden)) return directories;
  std::istringstream words(read_file(file));
  for (std::string word; words >> word;) {
    if (word.find_first_of("\"`") != std::string::npos) return std::nullopt;
    if (word == "." || word == ".." || word.starts_with("./") || word.starts_with("../") ||
        word.starts_with("/"))
      directories.push_back((file.parent_path() / word).lexically_normal().string());
  }
  return directories;
}

/// The path of the module whose go.mod that is; "" where it says none.
std::string module_path(const fs::path& file) {
  std::error_code hidden;
  if (!fs::is_regular_file(file, hidden)) return {};
  const std::string text = read_file(file);
  for (const std::string_view line : lines_of(text)) {
    std::istringstream words{std::string(line)};
    std::string word, path;
    if (words >> word && word == "module" && words >> path) return path;
  }
  return {};
}

class Stamper {
 public:
  Stamper(const std::vector<GoPackage>& packages, const ProgramQuery& query,
          const std::map<std::string, std::string>& go_env, std::int64_t asked)
      : packages_(packages), query_(query), go_env_(go_env), asked_(asked) {}

  std::optional<std::string> make() {
    // which packages a pattern matches, only a walk tells
    for (const std::string& word : query_.packages) {
      if (word.find("...") != std::string::npos || word == "all" || word == "std" || word == "cmd")
        return std::nullopt;
    }
    const std::string& goroot = query_.goroot;
    for (const char* name : {"/VERSION", "/go.env", "/bin/go"}) file(goroot + name);
    around(query_.directory);
    for (const char* name : {"GOMOD", "GOWORK"}) {
      if (const std::string path = value(name); !path.empty() && path != "/dev/null" && path != "off")
        module_file(path);
    }
    if (!query_.mod_file.empty()) module_file((fs::path(query_.directory) / query_.mod_file).string());
    const auto config = environment_value("GOENV");
    const auto user = base_directory(BaseDirectory::config);
    if (config || user) file(config ? *config : (*user / "go" / "env").string());
    for (const GoPackage& package : packages_) {
      if (!package.in_goroot || !package.directory.starts_with(goroot + "/")) add(package);
    }
    might_be_elsewhere();
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
    this->directory((directory / "vendor").string(), false);
    if (path.ends_with(".mod") && is_local(directory.string()))
      modules_[module_path(path)] = directory.string();
    // of these the go command reads go.mod, whether they give a package or not
    const auto named = local_directories(path);
    if (!named) fresh_ = true;
    for (const std::string& each : named.value_or(std::vector<std::string>())) {
      const std::string other = (fs::path(each) / "go.mod").string();
      if (modules_seen_.insert(other).second) module_file(other);
    }
  }

  /// Not in the module cache, where nothing changes.
  bool is_local(const std::string& path) const {
    const std::string cache = value("GOMODCACHE");
    return cache.empty() || !path.starts_with(cache + "/");
  }

  /// A package that is in one module may come to be in another one, too: then it is ambiguous.
  void might_be_elsewhere() {
    for (const GoPackage& package : packages_) {
      if (package.in_goroot) continue;
      for (const auto& [module, place] : modules_) {
        if (!module.empty() && package.import_path.starts_with(module + "/"))
          directory(place + package.import_path.substr(module.size()), false);
      }
    }
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
    const std::string hash = directory_hash(path, all, names);
    text_ += std::string(all ? "all " : "names ") + hash + " " + path + "\n";
    for (const std::string& name : names) {
      if (!counts(name)) continue;
      file(path + "/" + name);
      if (is_local(path)) text_ += content_line(path + "/" + name);
    }
  }

  const std::vector<GoPackage>& packages_;
  const ProgramQuery& query_;
  const std::map<std::string, std::string>& go_env_;
  std::set<std::string> seen_, modules_seen_;
  std::map<std::string, std::string> modules_;  ///< local ones: their directories, by path
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

bool stamps_hold(std::string_view stamps) {
  for (const std::string_view each : lines_of(stamps)) {
    const std::string line(each);
    const std::size_t space = line.find(' ');
    if (space == std::string::npos) return false;
    const std::string word = line.substr(0, space);
    if (word == "names" || word == "all") {
      const std::size_t path = line.find(' ', space + 1);
      std::vector<std::string> names;
      if (path == std::string::npos || directory_hash(line.substr(path + 1), word == "all", names) !=
                                           line.substr(space + 1, path - space - 1))
        return false;
      continue;
    }
    if (word == "content") {
      const std::size_t path = line.find(' ', space + 1);
      if (path == std::string::npos || content_line(line.substr(path + 1)) != line + "\n") return false;
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
