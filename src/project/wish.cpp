#include "project/wish.hpp"

#include "release/releases.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/strings.hpp"

#include <algorithm>

namespace gostrap {
namespace {

/// The nearest file of that name in or above a directory.
std::optional<fs::path> find_above(fs::path directory, const char* name) {
  std::error_code hidden;
  while (!directory.empty()) {
    if (fs::is_regular_file(directory / name, hidden)) return directory / name;
    if (directory == directory.root_path()) break;
    directory = directory.parent_path();
  }
  return std::nullopt;
}

/// go.work where there is one and GOWORK does not say otherwise, else go.mod (cmd/go/internal/modload,
/// init.go).
std::optional<fs::path> module_file(const fs::path& directory, const Environment& environment) {
  const std::string work = value_in(environment, "GOWORK").value_or("");
  if (work != "off") {
    if (!work.empty()) return work;
    if (auto found = find_above(directory, "go.work")) return found;
  }
  return find_above(directory, "go.mod");
}

[[noreturn]] void refuse_unknown(const std::string& who, const std::string& wanted) {
  throw Error("choose a release", who + " asks for Go " + wanted + ", and no release here is that",
              "`gostrap release list` shows them; --release V chooses another.");
}

struct NamedToolchain {
  Version version;
  bool at_least;  ///< the module may ask for more
};

/// Of "go1.24.4", "go1.24.4+auto", "go1.24.4+path" and "go1.24.4-ours": nothing for auto, local and path,
/// which name none (cmd/go/internal/toolchain, select.go).
std::optional<NamedToolchain> named_by_gotoolchain(const std::string& value) {
  const std::size_t plus = value.find('+');
  const std::string name = value.substr(0, plus);
  if (name.empty() || name == "auto" || name == "local" || name == "path") return std::nullopt;
  const std::optional<Version> version =
      name.starts_with("go") ? parse_version(name.substr(0, name.find('-'))) : std::nullopt;
  if (!version) {
    throw Error("choose a release", "GOTOOLCHAIN is " + value + ", and " + name + " is no release of Go's",
                "Such as go1.24.4, auto or local; --release V chooses whatever it says.");
  }
  return NamedToolchain{*version, plus != std::string::npos};
}

bool is_known(const Version& version, const std::vector<Version>& known) {
  return std::find(known.begin(), known.end(), version) != known.end();
}

std::optional<ReleaseWish> wish_of_version_file(const fs::path& file, const std::vector<Version>& known) {
  std::string word;
  const std::string text = read_file(file, largest_project_file);
  for (const std::string_view line : lines_of(text)) {
    const std::string_view code = line.substr(0, line.find('#'));
    const std::size_t start = code.find_first_not_of(" \t\r");
    if (start == std::string_view::npos) continue;
    word = without_trailing(code.substr(start), " \t\r");
    break;
  }
  if (word.empty()) return std::nullopt;
  const std::string who = file.string();
  if (const auto version = version_meant(word, known)) {
    ReleaseWish wish{*version, who + " says " + word};
    if (const auto line = line_named(word)) {
      wish.least = GoVersion{*line, true};
      wish.within_line = true;
    }
    return wish;
  }
  if (word != "latest" && !parse_version(without_any_patch(word)))
    throw Error("read " + who, "\"" + word + "\" is not a Go version, such as 1.24.4");
  refuse_unknown(who, word);
}

/// What a file's lines ask for; nothing where they ask for none.
std::optional<ReleaseWish> wish_of_module(const ModuleFile& module, const std::vector<Version>& known) {
  const std::optional<GoVersion> wanted = module.lines.wanted();
  if (!wanted) return std::nullopt;
  const std::string file = module.file.string();
  const std::optional<Version> version = release_for(module.lines, known);
  if (!version) refuse_unknown(file, wanted->text());
  const auto& toolchain = module.lines.toolchain;
  const bool by_toolchain = toolchain && wanted->text() == toolchain->text();
  ReleaseWish wish{*version, file + " says " + (by_toolchain ? "toolchain go" : "go ") + wanted->text()};
  if (!by_toolchain) wish.least = *wanted;
  return wish;
}

ModuleFile read_module_file(const fs::path& file) {
  return {file, read_go_lines(read_file(file, largest_project_file), file.string())};
}

ReleaseWish wish_of_lock(const Project& project, const std::vector<Version>& known) {
  const FoundLock& found = *project.lock;
  const std::string who = found.file.string(), text = found.lock.release.text();
  if (!is_known(found.lock.release, known)) refuse_unknown(who, text);
  std::string why = who + " says " + text;
  if (is_outgrown(project))
    why += ", and " + project.module->file.string() + " asks for " + project.module->lines.wanted()->text();
  return {found.lock.release, std::move(why)};
}

ReleaseWish wish_of_gotoolchain(const NamedToolchain& named, const Project& project,
                                const std::vector<Version>& known) {
  if (!is_known(named.version, known))
    refuse_unknown("GOTOOLCHAIN=" + project.gotoolchain, named.version.text());
  if (named.at_least && project.module) {
    auto of_module = wish_of_module(*project.module, known);
    if (of_module && of_module->version > named.version) {
      if (of_module->least && of_module->least->is_met_by(named.version))
        of_module->least = GoVersion{named.version, false};
      return *of_module;
    }
  }
  return {named.version, "GOTOOLCHAIN is " + project.gotoolchain};
}

/// The first that asks for one.
std::optional<ReleaseWish> first_wish(const Project& project, const std::vector<Version>& known) {
  if (project.lock) return wish_of_lock(project, known);
  if (const auto named = named_by_gotoolchain(project.gotoolchain))
    return wish_of_gotoolchain(*named, project, known);
  if (project.module) {
    if (auto wish = wish_of_module(*project.module, known)) return wish;
  }
  return project.version_file ? wish_of_version_file(*project.version_file, known) : std::nullopt;
}

}  // namespace

bool ReleaseWish::is_met_by(const Version& release) const {
  if (release == version) return true;
  return least && least->is_met_by(release) && release.stage == Version::released &&
         (same_line(release, version) || !within_line);
}

Project read_project(const fs::path& directory, const Environment& environment) {
  Project project;
  if (const auto lock = find_above(directory, lock_name)) project.lock = FoundLock{*lock, read_lock(*lock)};
  if (const auto file = module_file(directory, environment)) project.module = read_module_file(*file);
  project.version_file = find_above(directory, ".go-version");
  project.gotoolchain = value_in(environment, "GOTOOLCHAIN").value_or("");
  return project;
}

std::optional<ReleaseWish> wish_of(const Project& project, const std::vector<Version>& known) {
  std::optional<ReleaseWish> wish = first_wish(project, known);
  if (wish) require_new_enough(wish->version, project);
  return wish;
}

bool is_outgrown(const Project& project) {
  const std::optional<GoVersion> wanted = project.module ? project.module->lines.wanted() : std::nullopt;
  return project.lock && wanted && !wanted->is_met_by(project.lock->lock.release);
}

void require_new_enough(const Version& release, const Project& project) {
  if (!project.module || !project.module->lines.go) return;
  const GoVersion& least = *project.module->lines.go;
  if (least.is_met_by(release)) return;
  const std::string file = project.module->file.string();
  const std::string doing = "use go" + release.text() + " here";
  const std::string why = "it is older than go " + least.text() + ", which " + file + " needs";
  if (project.lock && project.lock->lock.release == release) {
    throw Error(doing, why,
                "`gostrap use PORT` writes " + project.lock->file.string() +
                    " anew, with the release that the file chooses.");
  }
  if (const auto named = named_by_gotoolchain(project.gotoolchain); named && named->version == release)
    throw Error(doing, why, "GOTOOLCHAIN is " + project.gotoolchain + ": unset it, and the file chooses.");
  throw Error(doing, why,
              "Name one that is new enough, such as --release " + file + ", or none: then the file chooses.");
}

Version release_of_file(const fs::path& file, const std::vector<Version>& known) {
  const auto wish = wish_of_module(read_module_file(file), known);
  if (!wish) throw Error("choose a release", file.string() + " has neither a go line nor a toolchain line");
  return wish->version;
}

fs::path place_of_lock(const fs::path& directory, const Environment& environment) {
  if (const auto there = find_above(directory, lock_name)) return *there;
  const std::optional<fs::path> module = module_file(directory, environment);
  return (module ? module->parent_path() : directory) / lock_name;
}

}  // namespace gostrap
