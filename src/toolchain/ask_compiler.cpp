#include "toolchain/ask_compiler.hpp"

#include "support/process.hpp"
#include "support/strings.hpp"

#include <chrono>

namespace gostrap {

std::string CompilerAnswer::complaint() const {
  constexpr std::size_t lines_shown = 4;
  std::string said;
  std::size_t shown = 0;
  for (const std::string& line : lines) {
    if (line.empty() || shown++ == lines_shown) continue;
    if (shown <= lines_shown) append(said, "; ", line);
  }
  return said.empty() ? "it said nothing" : said;
}

CompilerAnswer ask_compiler(const std::vector<std::string>& argv, const std::filesystem::path& directory) {
  CompilerAnswer answer;
  Command command;
  command.argv = argv;
  command.environment = {{"PATH", environment_value("PATH").value_or("/usr/bin:/bin")},
                         {"LC_ALL", "C"},
                         {"TMPDIR", directory.string()},
                         {"HOME", directory.string()}};
  command.directory = directory;
  command.limit = std::chrono::minutes(1);
  command.on_line = [&](std::string_view line) { answer.lines.emplace_back(line); };
  answer.ok = run(command).ok();
  return answer;
}

}  // namespace gostrap
