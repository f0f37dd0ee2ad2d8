#include "project/wish.hpp"

#include "support/error.hpp"
#include "support/files.hpp"
#include "support/strings.hpp"

#include <algorithm>

namespace gostrap {
namespace {

std::string value_of(const Environment& environment, const std::string& name) {
  for (const auto& [key, value] : environment) {
    if (key == name) return value;
  }
  return {};
}

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
  const std::string work = value_of(environment, "GOWORK");
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

/// "go1.24.4", "go1.24.4+auto", "go1.24.4+path": nothing for auto, local and path, which name none.
std::optional<Version> named_by_gotoolchain(const std::string& value, bool& at_least) {
  const std::size_t plus = value.find('+');
  at_least = plus != std::string::npos;
  const std::string name = value.substr(0, plus);
  if (!name.starts_with("go")) return std::nullopt;
  return parse_version(name.substr(0, name.find('-')));
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
  const std::optional<Version> version = parse_version(word);
  const std::string who = file.string();
  if (!version) throw Error("read " + who, "\"" + word + "\" is not a Go version, such as 1.24.4");
  const bool of_line = version->stage == Version::released && std::count(word.begin(), word.end(), '.') == 1;
  for (const Version& each : known) {
    const bool same_line = each.major == version->major && each.minor == version->minor;
    if (of_line ? same_line && each.stage == Version::released : each == *version)
      return ReleaseWish{each, who + " says " + word};
  }
  refuse_unknown(who, word);
}

/// What a file's lines ask for; nothing where they ask for none.
std::optional<ReleaseWish> wish_of_module(const fs::path& file, const GoLines& lines,
                                          const std::vector<Version>& known) {
  const std::optional<GoVersion> wanted = lines.wanted();
  if (!wanted) return std::nullopt;
  const std::optional<Version> version = release_for(lines, known);
  if (!version) refuse_unknown(file.string(), wanted->text());
  const bool by_toolchain = lines.toolchain && wanted->text() == lines.toolchain->text();
  return ReleaseWish{*version,
                     file.string() + " says " + (by_toolchain ? "toolchain go" : "go ") + wanted->text()};
}

GoLines lines_of_file(const fs::path& file) {
  return read_go_lines(read_file(file, largest_project_file), file.string());
}

}  // namespace

Version release_of_file(const fs::path& file, const std::vector<Version>& known) {
  const auto wish = wish_of_module(file, lines_of_file(file), known);
  if (!wish) throw Error("choose a release", file.string() + " has neither a go line nor a toolchain line");
  return wish->version;
}

void require_new_enough(const Version& release, const ProjectWishes& wishes) {
  if (!wishes.floor || wishes.floor->version.is_met_by(release)) return;
  const std::string wanted = wishes.floor->version.text();
  throw Error("use go" + release.text() + " here",
              "it is older than go " + wanted + ", which " + wishes.floor->file + " needs",
              "Name one that is new enough, such as --release " + wishes.floor->file +
                  ", or none: then the file chooses.");
}

fs::path place_of_lock(const fs::path& directory, const Environment& environment) {
  if (const auto there = find_above(directory, lock_name)) return *there;
  const std::optional<fs::path> module = module_file(directory, environment);
  return (module ? module->parent_path() : directory) / lock_name;
}

ProjectWishes wishes_of(const fs::path& directory, const Environment& environment,
                        const std::vector<Version>& known) {
  ProjectWishes wishes;
  if (const auto lock = find_above(directory, lock_name)) wishes.lock = FoundLock{*lock, read_lock(*lock)};
  const std::optional<fs::path> file = module_file(directory, environment);
  std::optional<ReleaseWish> of_module;
  if (file) {
    const GoLines lines = lines_of_file(*file);
    if (lines.go) wishes.floor = ReleaseFloor{*lines.go, file->string()};
    of_module = wish_of_module(*file, lines, known);
  }
  if (wishes.lock) {
    const std::string who = wishes.lock->file.string(), text = wishes.lock->lock.release.text();
    if (std::find(known.begin(), known.end(), wishes.lock->lock.release) == known.end())
      refuse_unknown(who, text);
    wishes.release = ReleaseWish{wishes.lock->lock.release, who + " says " + text};
    return wishes;
  }
  const std::string toolchain = value_of(environment, "GOTOOLCHAIN");
  bool at_least = false;
  if (const auto named = named_by_gotoolchain(toolchain, at_least)) {
    if (std::find(known.begin(), known.end(), *named) == known.end())
      refuse_unknown("GOTOOLCHAIN=" + toolchain, named->text());
    const bool module_wins = at_least && of_module && of_module->version > *named;
    wishes.release = module_wins ? of_module : ReleaseWish{*named, "GOTOOLCHAIN is " + toolchain};
    return wishes;
  }
  if (of_module) {
    wishes.release = of_module;
  } else if (const auto version_file = find_above(directory, ".go-version")) {
    wishes.release = wish_of_version_file(*version_file, known);
  }
  return wishes;
}

}  // namespace gostrap
