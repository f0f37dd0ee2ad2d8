#include "sdk/debug.hpp"

#include "sdk/bent.hpp"
#include "sdk/embedded.hpp"
#include "sdk/exec_wrapper.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/filled.hpp"
#include "support/fleeting.hpp"
#include "support/run_failure.hpp"
#include "support/shell_words.hpp"
#include "support/strings.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <optional>

namespace gostrap {
namespace {

void require_debugger(const Port& port) {
  const std::string what = "--debug does not know programs for " + port.text() + ": ";
  if (port.goarch == "wasm") {
    throw UsageError(
        what + "Go writes no debug information into wasm",
        "println and a panic's trace show what they do; or debug the same code for this machine.");
  }
  if (port == own_port()) return;
  if (const auto reason = why_not_run(port, own_port()))
    throw UsageError(what + *reason, "Debug them where they run: dlv is there for most ports.");
}

/// Neither a socket's name, which has room for 108 bytes, nor what stands within GOFLAGS, a script and gdb's
/// commands takes any path.
fs::path place_for_sockets() {
  std::error_code none;
  const fs::path place = fs::temp_directory_path(none);
  const bool fits =
      !none && place.string().size() < 70 && place.is_absolute() && as_word(place.string()) == place.string();
  return fits ? place : fs::path("/tmp");
}

/// Standard error, as it is now, by a number that reaches what go test starts; dash knows one digit only.
std::string where_to_speak() {
  const int copy = ::fcntl(STDERR_FILENO, F_DUPFD, STDERR_FILENO + 1);
  if (copy > 0 && copy <= 9) return std::to_string(copy);
  if (copy > 0) ::close(copy);
  return std::to_string(STDERR_FILENO);
}

std::string script_for(const fs::path& sdk, const Manifest& manifest, const fs::path& here) {
  const Port& port = manifest.port;
  const std::optional<CCompiler>& compiler = manifest.profile.c;
  if (port == own_port()) return filled(embedded::debug_native_sh, {{"said", where_to_speak()}});
  const std::optional<std::string> qemu = qemu_program(port.goarch);
  if (!qemu) throw UsageError("--debug knows no emulator for " + port.text());
  return filled(embedded::debug_qemu_sh, {{"port", port.text()},
                                          {"libraries", compiler ? qemu_library_lines(*compiler) : ""},
                                          {"said", where_to_speak()},
                                          {"qemu", *qemu},
                                          {"here", here.string()},
                                          {"goroot", shell_quoted((sdk / "share" / "go").string())}});
}

/// The go command's verb: "test" of go test and of go -C DIR test.
std::string go_verb(const std::vector<std::string>& command) {
  std::size_t at = 1;
  if (command.size() > 1 && (command[1] == "-C" || command[1] == "--C")) at = 3;
  if (command.size() > 1 && (command[1].starts_with("-C=") || command[1].starts_with("--C="))) at = 2;
  return at < command.size() ? command[at] : "";
}

}  // namespace

DebugCommand debug_command(const fs::path& sdk, const Manifest& manifest,
                           const std::vector<std::string>& command, const Environment& environment) {
  require_debugger(manifest.port);
  const bool is_go = command.front() == "go";
  const std::string verb = is_go ? go_verb(command) : "";
  if (is_go && verb != "run" && verb != "test") {
    throw UsageError("--debug is for a program, go run and go test",
                     "Such as: gostrap exec " + manifest.port.text() + " --debug -- go test ./x -run TestY");
  }
  const std::string path = value_in(environment, "PATH").value_or("");
  const auto program = is_go ? std::nullopt : find_program(command.front(), path);
  if (!is_go && !program) throw Error(command_failure(command.front(), path));
  const fs::path here = fleeting_directory(place_for_sockets());
  const fs::path script = here / "debug";
  write_file(script, script_for(sdk, manifest, here));
  if (!is_go) {
    DebugCommand debug{{"/bin/sh", script.string(), program->string()}, environment};
    debug.argv.insert(debug.argv.end(), command.begin() + 1, command.end());
    return debug;
  }
  // go run and go test leave debug information out; a test that is looked at takes its time, and is no news
  std::string flags = choice_of("GOFLAGS", environment, written_settings(environment)).value;
  append(flags, " ", "'-exec=/bin/sh " + script.string() + "'");
  append(flags, " ", "'-gcflags=all=-N -l -dwarf=true' '-ldflags=-s=false -w=false' -count=1 -timeout=0");
  return {command, with(environment, {{"GOFLAGS", flags}})};
}

}  // namespace gostrap
