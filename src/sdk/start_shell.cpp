#include "sdk/start_shell.hpp"

#include "sdk/embedded.hpp"
#include "support/files.hpp"
#include "support/filled.hpp"
#include "support/shell_words.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

namespace gostrap {
namespace {

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
  return filled(embedded::start_shell_sdk_first_sh,
                {{"lines", lines}, {"forget", forget}, {"go", shell_quoted((sdk / "bin" / "go").string())}});
}

/// The file that $ENV names, with what is written in it for the shell to expand.
std::string read_env_file(const std::optional<std::string>& env) {
  if (!env || env->empty()) return "unset ENV\n";
  std::string text = "ENV=" + shell_quoted(*env) + "\nexport ENV\n";
  if (env->find_first_of("`(\"\\") != std::string::npos) return text;
  return text + filled(embedded::start_shell_env_file_sh, {{"file", *env}});
}

/// zsh has no option for it: it reads .zshenv and .zshrc of $ZDOTDIR.
std::optional<std::string> zsh_directory(const std::string& lines, const std::optional<std::string>& own) {
  std::string place = (fs::temp_directory_path() / "gostrap-shell-XXXXXX").string();
  if (::mkdtemp(place.data()) == nullptr) return std::nullopt;
  const std::string here = shell_quoted(place);
  write_file(
      fs::path(place) / ".zshenv",
      filled(embedded::start_shell_zshenv_zsh,
             {{"zdotdir", own ? "export ZDOTDIR=" + shell_quoted(*own) : "unset ZDOTDIR"}, {"here", here}}));
  write_file(fs::path(place) / ".zshrc",
             filled(embedded::start_shell_zshrc_zsh, {{"here", here}, {"sdk_first", lines}}));
  return place;
}

std::string fish_quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  return result + "'";
}

std::string fish_lines(const fs::path& sdk, const Environment& defaults) {
  std::string lines;
  for (const auto& [name, value] : defaults)
    lines += "test -n \"$" + name + "\"; or set -gx " + name + " " + fish_quoted(value) + "\n";
  return filled(embedded::start_shell_init_fish, {{"bin", fish_quoted((sdk / "bin").string())},
                                                  {"defaults", lines},
                                                  {"go", fish_quoted((sdk / "bin" / "go").string())}});
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
