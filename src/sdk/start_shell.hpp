// How the user's interactive shell is started so that the SDK's go is first on PATH after its start-up files
// were read, which often put another one there.
#pragma once

#include "sdk/shell_lines.hpp"
#include "support/process.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace gostrap {

struct ShellStart {
  std::vector<std::string> argv;
  Environment environment;
  bool sure = false;  ///< it puts the SDK first itself, and says if it could not
};

/// What the shell is to have.
struct ShellUse {
  std::filesystem::path sdk;
  std::function<std::string(Shell)> lines;  ///< sdk_shell_lines in the language of a shell
  std::string prompt{};                     ///< stands before the user's own; empty: that is left alone
  std::string outer_prompt{};               ///< of the shell that this one is started in: taken away
};

/// Prompts read the prompt from here, so that one that the user makes himself can have it, too.
inline constexpr const char* prompt_variable = "GOSTRAP_PROMPT";

/// For bash, zsh, fish, nushell and those that read $ENV (sh, dash, ash, ksh, mksh); any other is started as
/// it is. `environment` has the SDK first on PATH already. Leaves a file descriptor open for the shell, or
/// for zsh a directory that the shell removes.
ShellStart start_shell(const std::string& shell, const ShellUse& use, Environment environment);

}  // namespace gostrap
