#include "support/process.hpp"

#include "support/interrupt.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace gostrap;
using namespace gostrap::testing;
using namespace std::chrono_literals;

namespace {

const Environment plain{{"PATH", "/usr/bin:/bin"}};

Command shell(const std::string& script) {
  Command command;
  command.argv = {"sh", "-c", script};
  command.environment = plain;
  return command;
}

/// Whether a process (not a zombie) with that id is there.
bool lives(const std::string& id) {
  std::ifstream file("/proc/" + id + "/stat");
  std::string word;
  std::string state;
  file >> word >> word >> state;
  return !state.empty() && state != "Z" && state != "X";
}

bool dies_soon(const std::string& id) {
  for (int i = 0; i < 100 && lives(id); ++i) ::usleep(20'000);
  return !lives(id);
}

std::string first_line(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  return line;
}

}  // namespace

TEST_CASE("processes that come and go, anybody's, do not keep a command from ending as any other") {
  // where no namespace ends them all at once, children are looked for in /proc
  std::vector<std::thread> busy;
  std::atomic<bool> over = false;
  for (int i = 0; i < 3; ++i) {
    busy.emplace_back([&] {
      while (!over) run(shell("i=0; while [ $i -lt 100 ]; do (:); i=$((i + 1)); done"));
    });
  }
  Exit exit;
  for (int i = 0; i < 150 && exit.ok(); ++i) exit = run(shell("exit 0"));
  over = true;
  for (std::thread& thread : busy) thread.join();
  CHECK_MESSAGE(exit.ok(), exit.text());
}

TEST_CASE("a command can be made to see another user as its own, and what it writes is ours all the same") {
  if (!user_can_be_changed()) return;
  const Scratch scratch;
  for (const bool without_network : {false, true}) {
    Command command = shell("echo $(id -u):$(id -g) > who; test -O who");
    command.directory = scratch.path();
    command.as_user = 54321;
    command.without_network = without_network;
    CHECK(run(command).ok());
    CHECK(read_file(scratch / "who") == "54321:54321\n");
    struct stat status = {};
    REQUIRE(::stat((scratch / "who").c_str(), &status) == 0);
    CHECK(status.st_uid == ::geteuid());
  }
}

TEST_CASE("a command that obeys permissions cannot change a read-only file, not even as root") {
  const Scratch scratch;
  fs::permissions(scratch.file("sealed", "as it was"), fs::perms(0444));
  Command command;
  command.argv = {"sh", "-c", "echo changed > sealed; echo new > other"};
  command.environment = {{"PATH", "/usr/bin:/bin"}};
  command.directory = scratch.path();
  command.obey_permissions = true;
  CHECK(run(command).ok());
  CHECK(read_file(scratch / "sealed") == "as it was");
  CHECK(read_file(scratch / "other") == "new\n");
}

TEST_CASE("how a command ended") {
  CHECK(run(shell("exit 0")).ok());
  const Exit three = run(shell("exit 3"));
  CHECK_FALSE(three.ok());
  CHECK(three.code == 3);
  CHECK(three.text() == "exit status 3");
  const Exit killed = run(shell("kill -9 $$"));
  CHECK_FALSE(killed.ok());
  CHECK(killed.signal == SIGKILL);
  CHECK(contains(killed.text(), "killed by signal 9"));
}

TEST_CASE("both streams come line by line, the last one also without a newline") {
  std::vector<std::string> lines;
  Command command = shell("echo one; echo two >&2; echo; printf three");
  command.on_line = [&](std::string_view line) { lines.emplace_back(line); };
  CHECK(run(command).ok());
  CHECK(lines == std::vector<std::string>{"one", "two", "", "three"});
}

TEST_CASE("a line without end is cut, not kept in memory") {
  std::size_t longest = 0;
  std::size_t bytes = 0;
  Command command = shell("head -c 1000000 /dev/zero");
  command.on_line = [&](std::string_view line) {
    longest = std::max(longest, line.size());
    bytes += line.size();
  };
  CHECK(run(command).ok());
  CHECK(longest <= 65536);
  CHECK(bytes == 1'000'000);
}

TEST_CASE("the child's environment is what was given and nothing else") {
  REQUIRE(::setenv("GOFLAGS", "-from-the-caller", 1) == 0);
  std::vector<std::string> lines;
  Command command;
  command.argv = {"/usr/bin/env"};
  command.environment = {{"A", "1"}, {"EMPTY", ""}, {"WITH", "x=y z"}};
  command.on_line = [&](std::string_view line) { lines.emplace_back(line); };
  CHECK(run(command).ok());
  CHECK(lines == std::vector<std::string>{"A=1", "EMPTY=", "WITH=x=y z"});
  ::unsetenv("GOFLAGS");
}

TEST_CASE("standard input is empty, the directory is the one given") {
  const Scratch scratch;
  std::vector<std::string> lines;
  Command command = shell("cat; pwd -P");
  command.directory = scratch.path();
  command.on_line = [&](std::string_view line) { lines.emplace_back(line); };
  CHECK(run(command).ok());
  CHECK(lines == std::vector<std::string>{fs::canonical(scratch.path()).string()});
}

TEST_CASE("the log grows, and holds both streams") {
  const Scratch scratch;
  Command command = shell("echo out; echo err >&2");
  command.log = scratch.file("log", "before\n");
  run(command);
  run(command);
  CHECK(read_file(scratch / "log") == "before\nout\nerr\nout\nerr\n");
  command.log = scratch / "no/such/log";
  CHECK(contains(error_of([&] { run(command); }), "no/such/log"));
}

TEST_CASE("what cannot be run is named") {
  const Scratch scratch;
  Command command = shell("");
  command.argv = {"no-such-program"};
  CHECK(contains(error_of([&] { run(command); }), "there is no such program on PATH (/usr/bin:/bin)"));
  command.argv = {(scratch / "nothing").string()};
  CHECK(contains(error_of([&] { run(command); }), (scratch / "nothing").string()));
  command.argv = {scratch.file("text", "not a program\n", true).string()};
  CHECK(contains(error_of([&] { run(command); }), (scratch / "text").string()));
  command = shell("");
  command.directory = scratch / "no-directory";
  CHECK(contains(error_of([&] { run(command); }), (scratch / "no-directory").string()));
}

TEST_CASE("a time limit ends the whole group, also those who do not listen") {
  const Scratch scratch;
  Command command =
      shell("trap '' TERM; (trap '' TERM; sh -c 'echo $$ > grandchild; exec sleep 60'); sleep 60");
  command.directory = scratch.path();
  command.limit = 500ms;
  const auto start = std::chrono::steady_clock::now();
  const Exit exit = run(command);
  CHECK(std::chrono::steady_clock::now() - start < 20s);
  CHECK(exit.out_of_time);
  CHECK_FALSE(exit.ok());
  CHECK(contains(exit.text(), "in time"));
  const std::string grandchild = first_line(scratch / "grandchild");
  REQUIRE_FALSE(grandchild.empty());
  CHECK(dies_soon(grandchild));
}

TEST_CASE("who ends well when told that time is over was too late all the same") {
  Command command = shell("trap 'exit 0' TERM; while :; do sleep 0.05; done");
  command.limit = 200ms;
  const Exit exit = run(command);
  CHECK(exit.out_of_time);
  CHECK_FALSE(exit.ok());
}

TEST_CASE("a limit counts too when the output is closed early") {
  Command command = shell("exec >&- 2>&-; sleep 60");
  command.limit = 300ms;
  CHECK(run(command).out_of_time);
}

TEST_CASE("children left behind do not outlive the call, nor hold it up") {
  const Scratch scratch;
  Command command = shell("sleep 60 & echo $! > left; exit 4");
  command.directory = scratch.path();
  const auto start = std::chrono::steady_clock::now();
  CHECK(run(command).code == 4);
  CHECK(std::chrono::steady_clock::now() - start < 20s);
  CHECK(dies_soon(first_line(scratch / "left")));
}

TEST_CASE("a listener that throws ends the child") {
  const Scratch scratch;
  Command command = shell("echo $$ > id; echo line; exec sleep 60");
  command.directory = scratch.path();
  command.on_line = [](std::string_view) { throw std::runtime_error("enough"); };
  CHECK_THROWS_AS(run(command), std::runtime_error);
  CHECK(dies_soon(first_line(scratch / "id")));
}

TEST_CASE("a signal ends the call with Interrupted, and the group with it") {
  const Scratch scratch;
  const int status = in_child([&] {
    install_signal_handlers();
    Command command = shell("echo $$ > id; echo ready; sleep 60");
    command.directory = scratch.path();
    command.on_line = [](std::string_view) { ::kill(::getpid(), SIGTERM); };
    try {
      run(command);
    } catch (const Interrupted&) {
      return 130;
    }
    return 0;
  });
  CHECK(status == 130);
  CHECK(dies_soon(first_line(scratch / "id")));
}

TEST_CASE("a child does not outlive a parent that is killed") {
  const Scratch scratch;
  const int status = in_child([&] {
    Command command = shell("echo $$ > id; echo ready; exec sleep 60");
    command.directory = scratch.path();
    command.on_line = [](std::string_view) { ::kill(::getpid(), SIGKILL); };
    run(command);
    return 0;
  });
  CHECK(status == 128 + SIGKILL);
  CHECK(dies_soon(first_line(scratch / "id")));
}

TEST_CASE("without network there is only lo, and the files made there are ours") {
  const Scratch scratch;
  std::vector<std::string> devices;
  Command command = shell("touch made; sed 1,2d /proc/net/dev");
  command.directory = scratch.path();
  command.without_network = true;
  command.on_line = [&](std::string_view line) {
    const std::size_t start = line.find_first_not_of(' ');
    devices.emplace_back(line.substr(start, line.find(':') - start));
  };
  const Exit exit = run(command);
  CHECK(exit.ok());
  CHECK(exit.network_cut == network_can_be_cut());
  if (exit.network_cut) CHECK(devices == std::vector<std::string>{"lo"});
  CHECK(
      as_nobody(scratch, [&] {
        command.argv = {"sh", "-c", "touch mine && [ -O mine ] && [ \"$(stat -c %u mine)\" = \"$(id -u)\" ]"};
        return run(command).code;
      }) == 0);
}

TEST_CASE("output_of") {
  CHECK(output_of({"sh", "-c", "echo one; echo two >&2"}, plain) == "one\ntwo\n");
  CHECK(output_of({"true"}, plain) == "");
  CHECK_FALSE(output_of({"false"}, plain));
  CHECK_FALSE(output_of({"no-such-program"}, plain));
  CHECK_FALSE(output_of({"sleep", "60"}, plain, 200ms));
}

TEST_CASE("an environment with changes laid over it") {
  CHECK(with({{"A", "1"}, {"B", "2"}}, {{"B", "3"}, {"C", "4"}}) ==
        Environment{{"A", "1"}, {"B", "3"}, {"C", "4"}});
}

TEST_CASE("find_program takes the first that may be run") {
  const Scratch scratch;
  scratch.file("one/tool", "text");
  scratch.directory("two/tool");
  scratch.file("three/tool", "#!/bin/sh", true);
  const std::string path = (scratch / "one").string() + "::" + (scratch / "two").string() +
                           ":/no/such:" + (scratch / "three").string();
  CHECK(find_program("tool", path) == scratch / "three/tool");
  CHECK_FALSE(find_program("other", path));
  CHECK_FALSE(find_program("tool", ""));
  CHECK(find_program((scratch / "three/tool").string(), "") == scratch / "three/tool");
  CHECK_FALSE(find_program((scratch / "one/tool").string(), ""));
}
