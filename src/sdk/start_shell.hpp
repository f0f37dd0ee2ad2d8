// How the user's interactive shell is started so that the SDK's go is first on PATH after its start-up files
// were read, which often put another one there.
#pragma once

#include "support/process.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gostrap {

struct ShellStart {
  std::vector<std::string> argv;
  Environment environment;
  bool sure = false;  ///< it puts the SDK first itself, and says if it could not
};

/// For bash, zsh, fish and those that read $ENV (sh, dash, ash, ksh, mksh); any other is started as it is.
/// `lines` are sdk_shell_lines, `defaults` what they set, `environment` has the SDK first on PATH already.
/// Leaves a file descriptor open for the shell, or for zsh a directory that the shell removes.
ShellStart start_shell(const std::string& shell, const std::filesystem::path& sdk, const std::string& lines,
                       const Environment& defaults, Environment environment);

}  // namespace gostrap
