#include "compile/std_archives.hpp"

#include "compile/query.hpp"
#include "sdk/launcher.hpp"
#include "sdk/manifest.hpp"
#include "seed/seed.hpp"
#include "support/error.hpp"
#include "support/process.hpp"
#include "support/strings.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <set>

namespace gostrap {
namespace {

/// What begins the lines that are asked for, of all that the go command prints.
constexpr std::string_view mark = "archive\t";

constexpr std::string_view archive_begin = "!<arch>\n";
constexpr std::size_t header_size = 60, size_at = 48, size_width = 10;

/// A member that begins as Go's objects do has its build ID in the second line.
std::string_view without_build_id(std::string_view member, std::string& rest) {
  if (!member.starts_with("go object ")) return member;
  const std::size_t line = member.find('\n') + 1;
  if (line == 0 || !member.substr(line).starts_with("build id \"")) return member;
  const std::size_t next = member.find('\n', line) + 1;
  if (next == 0) return member;
  rest.assign(member.substr(0, line)).append(member.substr(next));
  return rest;
}

/// Whether the plain steps are made by and of the SDK's own files.
bool is_as_laid_out(const fs::path& sdk, const Recipe& recipe, FileHashes& hashes) {
  const Manifest manifest = read_manifest(sdk);
  const std::string place = goroot_of(sdk).lexically_relative(sdk).string() + "/";
  std::set<std::string> seen;
  const auto is_own = [&](const std::string& path) {
    constexpr std::string_view root = "${SDK}/";
    if (!path.starts_with(root)) return false;
    if (!seen.insert(path).second) return true;
    const auto there = manifest.files.find(place + path.substr(root.size()));
    return there != manifest.files.end() &&
           hex(there->second.digest) == hashes.of_input(recipe.roots.actual(path));
  };
  return std::all_of(recipe.steps.begin(), recipe.steps.end(), [&](const RecipeStep& step) {
    return !step.plain_std ||
           (std::all_of(step.inputs.begin(), step.inputs.end(), is_own) &&
            std::all_of(step.commands.begin(), step.commands.end(), [&](const ToolCommand& command) {
              return !command.argv.front().starts_with("${") || is_own(command.argv.front());
            }));
  });
}

/// What gostrap's own programs say begins with its name, as all that is noted does.
std::string_view without_name(std::string_view line) {
  constexpr std::string_view name = "gostrap: ";
  return line.starts_with(name) ? line.substr(name.size()) : line;
}

}  // namespace

std::string without_build_ids(std::string_view archive, const std::string& file) {
  const auto refuse = [&](const char* why) { throw Error("read the archive " + file, why); };
  if (!archive.starts_with(archive_begin)) refuse("it does not begin as archives do");
  std::string result(archive_begin);
  result.reserve(archive.size());
  std::string rest;
  for (std::size_t at = archive_begin.size(); at < archive.size();) {
    const std::string_view header = archive.substr(at, header_size);
    std::size_t size = 0;
    if (header.size() != header_size ||
        std::from_chars(header.data() + size_at, header.data() + size_at + size_width, size).ec !=
            std::errc())
      refuse("a member has no size");
    at += header_size;
    if (archive.size() - at < size) refuse("it is shorter than it says");
    const std::string_view member = without_build_id(archive.substr(at, size), rest);
    at += std::min(archive.size() - at, size + size % 2);
    std::string length = std::to_string(member.size());
    length.resize(size_width, ' ');
    result.append(header.substr(0, size_at)).append(length).append(header.substr(size_at + size_width));
    result.append(member);
    if (member.size() % 2 != 0) result.push_back('\0');
  }
  return result;
}

StdArchives std_archives(const StdSource& source, const Recipe& recipe, FileHashes& hashes,
                         const StepCache& cache, Progress& progress) {
  const ProgramQuery& query = source.query;
  if (!is_as_laid_out(query.sdk, recipe, hashes)) return {};
  StdArchives archives;
  Command command;
  command.argv = {query.goroot + "/bin/go",
                  "list",
                  "-deps",
                  "-export",
                  "-trimpath",
                  "-f={{if .Export}}" + std::string(mark) + "{{.ImportPath}}\t{{.Export}}{{end}}",
                  "--"};
  for (const RecipeStep& step : recipe.steps) {
    // vendored packages have no name of their own: they come with those that need them
    if (step.plain_std && !step.name.starts_with("vendor/")) command.argv.push_back(step.name);
  }
  // std is what it is in any module
  command.environment =
      with(query_environment(query, cache),
           {{cache_program_variable, seed_command(source.compiled_std)}, {"GO111MODULE", "off"}});
  command.directory = query.goroot;
  command.limit = std::chrono::minutes(2);
  std::string words;
  command.on_line = [&](std::string_view line) {
    const std::size_t tab = line.find('\t', mark.size());
    if (!line.starts_with(mark) || tab == std::string_view::npos) {
      append(words, "\n", without_name(line));
      return;
    }
    const fs::path file = line.substr(tab + 1);
    if (const auto digest = output_named(file.filename().string()))
      archives.emplace(line.substr(mark.size(), tab - mark.size()), StdArchive{file, *digest});
  };
  progress.phase("Asking for the compiled std");
  const Exit exit = run(command);
  if (!exit.ok()) {
    append(words, "\n", "std is compiled again: the SDK's go command cannot tell what of it is compiled: ");
    words += exit.text();
    archives.clear();
  }
  if (!words.empty()) progress.note(words);
  return archives;
}

}  // namespace gostrap
