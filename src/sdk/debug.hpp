// A program of an SDK under a debugger: for foreign linux ports QEMU's gdb stub, for the machine's own delve.
// The debugger comes from another terminal, or an editor: a test's standard input is not the terminal's.
#pragma once

#include "sdk/manifest.hpp"
#include "support/process.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gostrap {

struct DebugCommand {
  std::vector<std::string> argv;
  Environment environment;
};

/// What is to be started instead of `command`, which is a program of the SDK's port, `go run …` or `go test
/// …`; `environment` has the SDK in use. Makes a fleeting directory. Throws UsageError for another command,
/// and for a port whose programs no debugger reads.
DebugCommand debug_command(const std::filesystem::path& sdk, const Manifest& manifest,
                           const std::vector<std::string>& command, const Environment& environment);

}  // namespace gostrap
