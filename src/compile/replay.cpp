#include "compile/replay.hpp"

#include "compile/embedded.hpp"
#include "support/filled.hpp"
#include "support/shell_words.hpp"
#include "support/strings.hpp"

#include <nlohmann/json.hpp>

#include <set>

namespace gostrap {
namespace {

/// Symbolic text for a place where the shell expands variables: ${NAME} stays, all else means itself.
std::string expandable(const std::string& text, bool in_quotes) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '$' && text.compare(at, 2, "$$") == 0) {
      result += "\\$";
      ++at;
    } else if (c == '\\' || c == '`' || (in_quotes && c == '"')) {
      result += std::string("\\") + c;
    } else {
      result += c;
    }
  }
  return result;
}

std::string quoted(const std::string& text) {
  return "\"" + expandable(text, true) + "\"";
}

/// A line that stands nowhere in the text.
std::string end_mark(const std::string& text) {
  std::string mark = "END";
  while (text.find(mark) != std::string::npos) mark += "_";
  return mark;
}

std::string file_lines(const std::string& path, const std::string& text) {
  if (text.empty()) return ": >" + quoted(path) + "\n";
  const std::string mark = end_mark(text);
  return "cat >" + quoted(path) + " <<" + mark + "\n" + expandable(text, false) +
         (text.ends_with('\n') ? "" : "\n") + mark + "\n";
}

/// A line of `sha256sum -c`: a name with the end of a line in it is written with escapes, which a backslash
/// in front says.
std::string sum_line(const std::string& hash, const std::string& path) {
  if (path.find_first_of("\n\r\\") == std::string::npos) return hash + "  " + path + "\n";
  std::string escaped;
  for (const char c : path) {
    escaped += c == '\n' ? "\\n" : c == '\r' ? "\\r" : c == '\\' ? "\\\\" : std::string(1, c);
  }
  return "\\" + hash + "  " + escaped + "\n";
}

std::string command_line(const Json& command) {
  std::string line;
  const std::string program = command["argv"][0].get<std::string>();
  if (program == "pack" || program == "cp") {
    line = program;
  } else {
    line = "tool " + quoted(command["directory"].get<std::string>());
    if (command.contains("environment")) {
      for (const auto& [name, value] : command["environment"].items())
        line += " " + name + "=" + quoted(value.get<std::string>());
    }
    line += " " + quoted(program);
  }
  for (std::size_t i = 1; i < command["argv"].size(); ++i)
    line += " " + quoted(command["argv"][i].get<std::string>());
  return line + "\n";
}

/// Everything that is read, each path once.
std::string sum_lines(const Json& contract) {
  std::set<std::string> seen;
  std::string sums;
  const auto add = [&](const Json& files) {
    for (const auto& [path, hash] : files.items()) {
      if (seen.insert(path).second) sums += sum_line(hash.get<std::string>(), path);
    }
  };
  add(contract["tools"]);
  for (const Json& step : contract["steps"]) add(step["inputs"]);
  return sums;
}

std::string step_lines(const Json& step) {
  std::string lines = "\n# " + step["name"].get<std::string>() + "\nmkdir -p " +
                      quoted(step["directory"].get<std::string>()) + "\n";
  for (const Json& file : step["files"])
    lines += file_lines(file["path"].get<std::string>(), file["text"].get<std::string>());
  for (const Json& command : step["commands"]) lines += command_line(command);
  return lines;
}

}  // namespace

// In replay.sh a root with odd letters in its path is reached by a link: env takes a program with = in its
// path for a variable, the tools take lists apart at ; and at the ends of lines, and sha256sum reads
// backslashes.
std::string replay_script(const Json& contract) {
  const Json& program = contract["program"];
  std::string roots;
  std::string places;
  for (const auto& [name, directory] : contract["roots"].items()) {
    append(roots, " ", name);
    places += name + "=${" + name + ":-" + shell_quoted(directory.get<std::string>()) + "}\n";
  }
  std::string environment;
  for (const auto& [name, value] : contract["environment"].items())
    append(environment, " ", name + "=" + quoted(value.get<std::string>()));
  const std::string sums = sum_lines(contract);
  std::string steps;
  for (const Json& step : contract["steps"]) steps += step_lines(step);
  return filled(embedded::replay_sh, {{"package", program["package"].get<std::string>()},
                                      {"port", program["port"].get<std::string>()},
                                      {"roots", roots},
                                      {"places", places},
                                      {"environment", environment},
                                      {"mark", end_mark(sums)},
                                      {"sums", expandable(sums, false)},
                                      {"steps", steps},
                                      {"output", quoted(program["output"].get<std::string>())},
                                      {"sha256", program["sha256"].get<std::string>()}});
}

}  // namespace gostrap
