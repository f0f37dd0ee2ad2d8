// The script of a contract. It is made from the JSON alone, so that nothing is in it that the contract does
// not say.
#include "compile/contract.hpp"
#include "support/error.hpp"

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

std::string single_quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
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

/// env takes a program with = in its path for a variable, the tools take lists apart at ; and at the ends of
/// lines, and sha256sum reads backslashes: such a place is reached by a link.
constexpr const char* plain_places = R"(odd=$'*[;=\\\\\n\r]*'
# shellcheck disable=SC2053 # it is a pattern
if [[ $WORK = $odd ]]; then rmdir "$WORK" && WORK=$(mktemp -d /tmp/replay.XXXXXX); fi
trap 'chmod -R u+w "$WORK"; rm -rf "$WORK"' EXIT
plain() {
  local place=${!1}
  [[ $place = /* ]] || place=$PWD/$place
  # shellcheck disable=SC2053
  if [[ $place = $odd ]]; then
    ln -s "$place" "$WORK/at!$1"
    place=$WORK/at!$1
  fi
  printf -v "$1" %s "$place"
}
)";

constexpr const char* functions = R"(
die() { printf 'replay: %s\n' "$*" >&2; exit 1; }

# pack ARCHIVE OBJECT...: appends the objects, as the go command does
pack() {
  local archive=$1 object size
  shift
  for object in "$@"; do
    size=$(stat -Lc %s "$object")
    printf '%-16.16s%-12d%-6d%-6d%-8o%-10d`\n' "${object##*/}" 0 0 0 420 "$size" >>"$archive"
    cat "$object" >>"$archive"
    [ $((size % 2)) = 0 ] || printf '\0' >>"$archive"
  done
}
)";

}  // namespace

std::string replay_script(const Json& contract) {
  const Json& program = contract["program"];
  std::string script = "#!/usr/bin/env bash\n# Makes " + program["package"].get<std::string>() + " for " +
                       program["port"].get<std::string>() +
                       " again, byte for byte, from the SDK and the sources: replay.sh OUT\n"
                       "# These say where things are, if not where they were:";
  std::string places;
  std::string names;
  for (const auto& [name, directory] : contract["roots"].items()) {
    script += " " + name;
    names += " " + name;
    places += name + "=${" + name + ":-" + single_quoted(directory.get<std::string>()) + "}\n";
  }
  script +=
      "\nset -euo pipefail\nexport LC_ALL=C\n[ $# = 1 ] || { echo \"usage: replay.sh OUT\" >&2; exit 2; }\n" +
      places;
  script += "WORK=$(mktemp -d)\n" + std::string(plain_places) + "for name in" + names +
            "; do plain \"$name\"; done\n";
  script += functions;
  script +=
      "\n# tool DIRECTORY [NAME=VALUE...] COMMAND...: with this environment and no other\ntool() {\n  local "
      "directory=$1\n"
      "  shift\n  (cd \"$directory\" && env -i";
  for (const auto& [name, value] : contract["environment"].items())
    script += " " + name + "=" + quoted(value.get<std::string>());
  script += " \"$@\")\n}\n\n";
  std::set<std::string> seen;
  std::string sums;
  const auto add_sums = [&](const Json& files) {
    for (const auto& [path, hash] : files.items()) {
      if (seen.insert(path).second) sums += sum_line(hash.get<std::string>(), path);
    }
  };
  add_sums(contract["tools"]);
  for (const Json& step : contract["steps"]) add_sums(step["inputs"]);
  const std::string mark = end_mark(sums);
  script += "sha256sum --quiet -c - <<" + mark + " || die \"tools or sources are not what they were\"\n" +
            expandable(sums, false) + mark + "\n";
  for (const Json& step : contract["steps"]) {
    script += "\n# " + step["name"].get<std::string>() + "\nmkdir -p " +
              quoted(step["directory"].get<std::string>()) + "\n";
    for (const Json& file : step["files"])
      script += file_lines(file["path"].get<std::string>(), file["text"].get<std::string>());
    for (const Json& command : step["commands"]) script += command_line(command);
  }
  script += "\nsum=$(sha256sum <" + quoted(program["output"].get<std::string>()) +
            ")\n[ \"${sum%% *}\" = " + program["sha256"].get<std::string>() +
            " ] || die \"other bytes came out: ${sum%% *}\"\ncp " +
            quoted(program["output"].get<std::string>()) + " \"$1\"\n";
  return script;
}

}  // namespace gostrap
