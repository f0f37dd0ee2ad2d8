#include "compile/std_archives.hpp"

#include "compile/query.hpp"
#include "sdk/launcher.hpp"
#include "seed/seed.hpp"
#include "support/error.hpp"
#include "support/hash.hpp"
#include "support/strings.hpp"

#include <charconv>

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

StdArchives std_archives(const ProgramQuery& query, const std::vector<std::string>& packages,
                         const fs::path& compiled_std, const StepCache& cache) {
  StdArchives archives;
  Command command;
  command.argv = {query.goroot + "/bin/go",
                  "list",
                  "-deps",
                  "-export",
                  "-trimpath",
                  "-f={{if .Export}}" + std::string(mark) + "{{.ImportPath}}\t{{.Export}}{{end}}",
                  "--"};
  command.argv.insert(command.argv.end(), packages.begin(), packages.end());
  // std is what it is in any module
  command.environment = with(query_environment(query, cache),
                             {{cache_program_variable, seed_command(compiled_std)}, {"GOWORK", "off"}});
  command.directory = query.goroot;
  command.on_line = [&](std::string_view line) {
    const std::size_t tab = line.rfind('\t');
    if (!line.starts_with(mark) || tab < mark.size()) {
      append(archives.words, "\n", line);
      return;
    }
    const std::string name(line.substr(mark.size(), tab - mark.size()));
    const auto digest = digest_in_hex(fs::path(line.substr(tab + 1)).filename().string());
    std::error_code hidden;
    // the rest was compiled just now, into the go command's own cache
    if (!digest || !fs::exists(seed_file(compiled_std, *digest), hidden)) return;
    archives.files.emplace(name, seed_file(compiled_std, *digest));
  };
  if (!run(command).ok()) return {};
  return archives;
}

}  // namespace gostrap
