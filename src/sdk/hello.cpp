#include "sdk/hello.hpp"

#include "sdk/check.hpp"
#include "sdk/embedded.hpp"
#include "sdk/use.hpp"
#include "support/files.hpp"
#include "support/strings.hpp"
#include "toolchain/environment.hpp"

#include <sys/statvfs.h>

#include <cerrno>
#include <chrono>
#include <utility>

namespace gostrap {

Hello::Hello(fs::path output, const Manifest& manifest) : output_(std::move(output)), manifest_(manifest) {
  prepare({private_.path(), 0});
  environment_ = sdk_environment(output_, base_environment({private_.path(), 0}));
  make_directories(private_.path() / "hello");
  create_file(private_.path() / "hello" / "hello.go", manifest.profile.defaults.empty()
                                                          ? embedded::verify_hello_go
                                                          : embedded::verify_hello_with_defaults_go);
  if (manifest.profile.c) create_file(private_.path() / "hello" / "c.go", embedded::verify_c_go);
  create_file(private_.path() / "hello" / "go.mod", "module hello\n\ngo 1.20\n");
}

fs::path Hello::directory(const std::string& name) const {
  fs::path place = private_.path() / name;
  make_directories(place);
  return place;
}

fs::path Hello::build(const std::string& name, const std::vector<std::string>& flags,
                      const Environment& more) {
  fs::path program = private_.path() / name;
  Command command;
  command.argv = {(output_ / "bin" / "go").string(), "build",
                  // what repository the directory for temporary files may lie in is nobody's business
                  "-buildvcs=false", "-o", program.string()};
  command.argv.insert(command.argv.end(), flags.begin(), flags.end());
  go(command, "build a hello for " + manifest_.port.text(), more);
  return program;
}

std::string Hello::run_built(const fs::path& program) {
  Command command;
  const fs::path wrapper = output_ / "bin" / ("go_" + manifest_.port.underscored() + "_exec");
  command.argv = {program.string()};
  if (fs::exists(wrapper)) command.argv.insert(command.argv.begin(), wrapper.string());
  // what is set for the compiler must not stand before the program's own default
  std::erase_if(environment_, [](const auto& variable) { return variable.first == "GOGC"; });
  go(command, "run a hello for " + manifest_.port.text());
  return said_;
}

void Hello::go(Command& command, const std::string& doing, const Environment& more) {
  said_.clear();
  command.environment = with(environment_, more);
  command.directory = private_.path() / "hello";
  command.limit = std::chrono::minutes(5);
  command.on_line = [this](std::string_view line) { append(said_, "\n", line); };
  const Exit exit = run(command);
  if (exit.ok()) return;
  const ProgramFailed failed(doing, exit.text() + (said_.empty() ? "" : ": " + said_));
  if (is_trouble_of_machine(failed)) throw Error(doing, failed.why(), advice(ENOSPC));
  throw ProgramFailed(failed);
}

void require_execution(const fs::path& place) {
  struct statvfs status = {};
  if (::statvfs(place.c_str(), &status) != 0 || (status.f_flag & ST_NOEXEC) == 0) return;
  throw Error("run programs below " + place.string(), "its file system is mounted noexec",
              "Verify a copy elsewhere, mount it with exec, or set TMPDIR where that is the place.");
}

}  // namespace gostrap
