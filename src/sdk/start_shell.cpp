#include "sdk/start_shell.hpp"

#include "support/files.hpp"
#include "support/shell_words.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

namespace gostrap {
namespace {

std::optional<std::string> value_in(const Environment& environment, const std::string& name) {
  for (const auto& [each, value] : environment) {
    if (each == name) return value;
  }
  return std::nullopt;
}

/// A file without a name that the shell finds at /dev/fd/N, and closes; nothing where there can be none.
std::optional<std::string> nameless_file(const std::string& text_after) {
  const int fd = ::memfd_create("gostrap shell", 0);
  if (fd < 0) return std::nullopt;
  // dash knows descriptors of one digit only
  const std::string text = (fd <= 9 ? "exec " + std::to_string(fd) + "<&-\n" : std::string()) + text_after;
  const std::string path = "/dev/fd/" + std::to_string(fd);
  const bool there = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                     ::access(path.c_str(), R_OK) == 0;
  if (there) return path;
  ::close(fd);
  return std::nullopt;
}

/// After the user's own start-up files: the SDK first, and a word if it is not.
std::string sdk_first(const fs::path& sdk, const std::string& lines, const std::string& forget) {
  const std::string go = shell_quoted((sdk / "bin" / "go").string());
  return lines + "unalias go 2>/dev/null || :\n" + forget +
         " go 2>/dev/null || :\nhash -r 2>/dev/null || :\n" + "[ \"$(command -v go)\" = " + go +
         " ] || echo \"gostrap: go is $(command -v go) in this shell, and not the SDK's: \"" + go + " >&2\n";
}

/// The file that $ENV names, with what is written in it for the shell to expand.
std::string read_env_file(const std::optional<std::string>& env) {
  if (!env || env->empty()) return "unset ENV\n";
  std::string text = "ENV=" + shell_quoted(*env) + "\nexport ENV\n";
  if (env->find_first_of("`(\"\\") != std::string::npos) return text;
  return text + "gostrap_file=\"" + *env +
         "\"\n[ ! -f \"$gostrap_file\" ] || . \"$gostrap_file\"\nunset gostrap_file\n";
}

/// zsh has no option for it: it reads .zshenv and .zshrc of $ZDOTDIR.
std::optional<std::string> zsh_directory(const std::string& rest, const std::optional<std::string>& own) {
  std::string place = (fs::temp_directory_path() / "gostrap-shell-XXXXXX").string();
  if (::mkdtemp(place.data()) == nullptr) return std::nullopt;
  const std::string here = shell_quoted(place);
  const std::string back =
      own ? "export ZDOTDIR=" + shell_quoted(*own) + "\n" : std::string("unset ZDOTDIR\n");
  write_file(fs::path(place) / ".zshenv",
             back +
                 "[[ ! -f ${ZDOTDIR:-$HOME}/.zshenv ]] || source ${ZDOTDIR:-$HOME}/.zshenv\n"
                 "gostrap_own=${ZDOTDIR-}\nexport ZDOTDIR=" +
                 here + "\n");
  write_file(fs::path(place) / ".zshrc",
             "if [[ -n $gostrap_own ]]; then export ZDOTDIR=$gostrap_own; else unset ZDOTDIR; fi\n"
             "unset gostrap_own\ncommand rm -rf -- " +
                 here + "\n[[ ! -f ${ZDOTDIR:-$HOME}/.zshrc ]] || source ${ZDOTDIR:-$HOME}/.zshrc\n" + rest);
  return place;
}

std::string fish_quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  return result + "'";
}

std::string fish_lines(const fs::path& sdk, const Environment& defaults) {
  const std::string bin = fish_quoted((sdk / "bin").string());
  const std::string go = fish_quoted((sdk / "bin" / "go").string());
  std::string lines =
      "set -gx PATH " + bin + " $PATH\nset -gx GOTOOLCHAIN local\nset -e GOROOT\nset -e GOTOOLDIR\n";
  for (const auto& [name, value] : defaults)
    lines += "test -n \"$" + name + "\"; or set -gx " + name + " " + fish_quoted(value) + "\n";
  return lines + "functions -e go\ntest (command -v go) = " + go +
         "; or echo 'gostrap: go is '(command -v go)' in this shell, and not the SDK'\\''s' >&2\n";
}

bool is_one_of(const std::string& name, const auto& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

ShellStart start_shell(const std::string& shell, const fs::path& sdk, const std::string& lines,
                       const Environment& defaults, Environment environment) {
  ShellStart start{{shell}, std::move(environment), false};
  if (::isatty(STDIN_FILENO) == 0) return start;  // no start-up files are read then
  static constexpr std::array read_env{"sh", "dash", "ash", "ksh", "ksh93", "mksh"};
  const std::string name = fs::path(shell).filename().string();
  if (name == "bash") {
    const auto file =
        nameless_file("[ ! -f ~/.bashrc ] || . ~/.bashrc\n" + sdk_first(sdk, lines, "unset -f"));
    if (!file) return start;
    start.argv = {shell, "--rcfile", *file, "-i"};
  } else if (name == "zsh") {
    const auto place =
        zsh_directory(sdk_first(sdk, lines, "unfunction"), value_in(start.environment, "ZDOTDIR"));
    if (!place) return start;
    start.environment = with(std::move(start.environment), {{"ZDOTDIR", *place}});
  } else if (name == "fish") {
    start.argv = {shell, "-C", fish_lines(sdk, defaults)};
  } else if (is_one_of(name, read_env)) {
    const auto file =
        nameless_file(read_env_file(value_in(start.environment, "ENV")) + sdk_first(sdk, lines, "unset -f"));
    if (!file) return start;
    start.environment = with(std::move(start.environment), {{"ENV", *file}});
  } else {
    return start;
  }
  start.sure = true;
  return start;
}

}  // namespace gostrap
