// Why a program cannot be run, each reason by its own name: the kernel has one word for several of them.
#pragma once

#include "support/error.hpp"

#include <filesystem>
#include <string>

namespace gostrap {

/// Why `name`, looked up in `path` as execvp does, cannot be run; `number` is execve's errno, or 0 where it
/// was not found to begin with.
Error run_failure(const std::string& name, const std::string& path, int number = 0);

/// Of exec alone, as shells have them: the command is there and cannot be run, or there is none.
inline constexpr ExitCode not_runnable{126}, no_command{127};

/// The same with the exit code that shells have for it: no_command where there is no such file, else
/// not_runnable.
Error command_failure(const std::string& name, const std::string& path, int number = 0);

/// True where nothing on the file system of `place` (or, while that is not there, of the directory that it
/// will be made in) can be run.
bool is_noexec(const std::filesystem::path& place);

/// Throws where is_noexec(place): "cannot <doing> PLACE: …".
void require_exec(const std::filesystem::path& place, const std::string& doing);

}  // namespace gostrap
