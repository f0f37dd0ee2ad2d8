#include "compile/run_step.hpp"

#include "support/error.hpp"
#include "support/strings.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <cstdio>

namespace gostrap {
namespace {

std::vector<std::string> actual(const NamedRoots& roots, const std::vector<std::string>& words) {
  std::vector<std::string> result;
  for (const std::string& word : words) result.push_back(roots.actual(word));
  return result;
}

/// What we do ourselves.
bool is_ours(const std::string& program) {
  return program == "pack" || program == "cp";
}

void run_ours(const std::vector<std::string>& argv) {
  if (argv.front() == "pack") return pack_objects(argv.at(1), {argv.begin() + 2, argv.end()});
  place_file(argv.at(1), argv.at(2), CopyMode::copy);
}

}  // namespace

Environment environment_of(const Recipe& recipe, const ToolCommand& command) {
  return with(recipe.environment, command.environment);
}

StepRun run_step(const Recipe& recipe, const RecipeStep& step, const NamedRoots& roots, const fs::path& log) {
  make_directories(roots.actual(step.object_place));
  for (const WrittenFile& file : step.files) create_file(roots.actual(file.path), roots.actual(file.text));
  StepRun result;
  std::string record;
  for (const ToolCommand& each : step.commands) {
    Command command;
    command.argv = actual(roots, each.argv);
    command.directory = roots.actual(each.directory);
    record += "$ " + join(command.argv, " ") + "\n";
    if (is_ours(command.argv.front())) {
      run_ours(command.argv);
      continue;
    }
    for (const auto& [name, value] : environment_of(recipe, each))
      command.environment.emplace_back(name, roots.actual(value));
    std::string printed;
    command.on_line = [&](std::string_view line) { printed += std::string(line) + "\n"; };
    result.exit = run(command);
    result.output += printed;
    record += printed + "# " + result.exit.text() + "\n";
    if (!result.exit.ok()) break;
  }
  if (!log.empty()) {
    make_directories(log.parent_path());
    write_file(log, record);
  }
  return result;
}

void pack_objects(const fs::path& archive, const std::vector<fs::path>& objects) {
  const std::string doing = "append to the archive " + archive.string();
  const Fd fd(::open(archive.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC));
  if (!fd) throw system_error(doing);
  for (const fs::path& object : objects) {
    struct stat status = {};
    if (::stat(object.c_str(), &status) != 0) throw system_error("read " + object.string());
    std::array<char, 64> header{};
    std::snprintf(header.data(), header.size(), "%-16.16s%-12d%-6d%-6d%-8o%-10llu`\n",
                  object.filename().c_str(), 0, 0, 0, 0644U, static_cast<unsigned long long>(status.st_size));
    write_all(fd.get(), {header.data(), 60}, doing);
    std::int64_t written = 0;
    read_in_pieces(object, [&](std::string_view piece) {
      write_all(fd.get(), piece, doing);
      written += static_cast<std::int64_t>(piece.size());
    });
    if (written != status.st_size) throw Error(doing, object.string() + " changed while it was read");
    if (written % 2 != 0) write_all(fd.get(), std::string_view("\0", 1), doing);
  }
}

}  // namespace gostrap
