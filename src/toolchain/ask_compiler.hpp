// One question to a C compiler: a command, and what it says.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace gostrap {

struct CompilerAnswer {
  bool ok = false;
  std::vector<std::string> lines;

  std::string first() const { return lines.empty() ? "" : lines.front(); }
  /// What it complained of: the first few lines.
  std::string complaint() const;
};

/// Compilers are asked with nothing of the user's but PATH: what he has set for another (CPATH,
/// GCC_EXEC_PREFIX) would be taken for the compiler's own. `directory` is where it works, and its HOME.
CompilerAnswer ask_compiler(const std::vector<std::string>& argv, const std::filesystem::path& directory);

}  // namespace gostrap
