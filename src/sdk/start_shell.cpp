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
#include <map>
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

/// What puts the SDK's name before the user's own prompt; nothing where that is not wanted.
std::string prompt_lines(std::string_view text, const ShellUse& use) {
  if (use.prompt.empty()) return {};
  std::map<std::string_view, std::string> values{{"outer", shell_quoted(use.outer_prompt)}};
  if (text.find("@prompt@") != std::string_view::npos) values["prompt"] = shell_quoted(use.prompt);
  return filled(text, values);
}

/// After the user's own start-up files: the SDK first, and a word if it is not.
std::string sdk_first(const ShellUse& use, const std::string& forget, std::string_view prompt) {
  return filled(embedded::start_shell_sdk_first_sh, {{"lines", use.lines(Shell::posix)},
                                                     {"forget", forget},
                                                     {"go", shell_quoted((use.sdk / "bin" / "go").string())},
                                                     {"prompt", prompt_lines(prompt, use)}});
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
  std::error_code none;
  std::string place = (fs::temp_directory_path(none) / "gostrap-shell-XXXXXX").string();
  if (none || ::mkdtemp(place.data()) == nullptr) return std::nullopt;
  const std::string here = shell_quoted(place);
  write_file(
      fs::path(place) / ".zshenv",
      filled(embedded::start_shell_zshenv_zsh,
             {{"zdotdir", own ? "export ZDOTDIR=" + shell_quoted(*own) : "unset ZDOTDIR"}, {"here", here}}));
  write_file(fs::path(place) / ".zshrc",
             filled(embedded::start_shell_zshrc_zsh, {{"here", here}, {"sdk_first", lines}}));
  return place;
}

std::string fish_lines(const ShellUse& use) {
  const std::string prompt =
      use.prompt.empty() ? std::string()
                         : filled(embedded::start_shell_prompt_fish, {{"prompt", fish_quoted(use.prompt)}});
  return filled(embedded::start_shell_init_fish, {{"lines", use.lines(Shell::fish)},
                                                  {"go", fish_quoted((use.sdk / "bin" / "go").string())},
                                                  {"prompt", prompt}});
}

bool is_one_of(const std::string& name, const auto& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

ShellStart start_shell(const std::string& shell, const ShellUse& use, Environment environment) {
  ShellStart start{{shell}, std::move(environment), false};
  if (::isatty(STDIN_FILENO) == 0) return start;  // no start-up files are read then
  static constexpr std::array read_env{"sh", "dash", "ash", "ksh", "ksh93", "mksh"};
  const std::string name = fs::path(shell).filename().string();
  if (name == "bash") {
    const auto file = nameless_file("[ ! -f ~/.bashrc ] || . ~/.bashrc\n" +
                                    sdk_first(use, "unset -f", embedded::start_shell_prompt_bash));
    if (!file) return start;
    start.argv = {shell, "--rcfile", *file, "-i"};
  } else if (name == "zsh") {
    const auto place = zsh_directory(sdk_first(use, "unfunction", embedded::start_shell_prompt_zsh),
                                     value_in(start.environment, "ZDOTDIR"));
    if (!place) return start;
    start.environment = with(std::move(start.environment), {{"ZDOTDIR", *place}});
  } else if (name == "fish") {
    start.argv = {shell, "-C", fish_lines(use)};
  } else if (name == "nu") {
    start.argv = {shell, "--execute", use.lines(Shell::nu)};
  } else if (is_one_of(name, read_env)) {
    const auto file = nameless_file(read_env_file(value_in(start.environment, "ENV")) +
                                    sdk_first(use, "unset -f", embedded::start_shell_prompt_sh));
    if (!file) return start;
    start.environment = with(std::move(start.environment), {{"ENV", *file}});
  } else {
    return start;
  }
  start.sure = true;
  return start;
}

}  // namespace gostrap
