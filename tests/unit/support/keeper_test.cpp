#include "support/keeper.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>

#include <array>
#include <vector>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

struct Pipe {
  Fd read, write;
  Pipe() {
    std::array<int, 2> ends{};
    REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    read = Fd(ends[0]);
    write = Fd(ends[1]);
  }
};

struct Kept {
  std::vector<KeeperReport> reports;
  std::string output;

  KeeperReport last() const {
    REQUIRE_FALSE(reports.empty());
    return reports.back();
  }
};

/// Keeps `sh -c script` to its end.
Kept keep_shell(const std::string& script, const char* program = "/bin/sh", const char* directory = "/") {
  Pipe life, report, output;
  std::string words[] = {"sh", "-c", script};
  std::array<char*, 4> argv{words[0].data(), words[1].data(), words[2].data(), nullptr};
  std::array<char*, 1> envp{nullptr};
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(life.write.release());
    KeptCommand command;
    command.program = program;
    command.argv = argv.data();
    command.envp = envp.data();
    command.directory = directory;
    keep(command, {life.read.get(), report.write.get(), output.write.get()});
  }
  report.write = Fd();
  output.write = Fd();
  Kept kept;
  KeeperReport message;
  while (::read(report.read.get(), &message, sizeof message) == sizeof message)
    kept.reports.push_back(message);
  std::array<char, 1000> bytes{};
  for (ssize_t count = 0; (count = ::read(output.read.get(), bytes.data(), bytes.size())) > 0;)
    kept.output.append(bytes.data(), static_cast<std::size_t>(count));
  ::waitpid(child, nullptr, 0);
  return kept;
}

}  // namespace

TEST_CASE("how a command ended is reported, and what it printed comes on one pipe") {
  const Kept kept = keep_shell("echo out; echo err >&2; exit 3");
  CHECK(kept.output == "out\nerr\n");
  CHECK(kept.last().what == KeeperReport::What::ended);
  CHECK(WIFEXITED(kept.last().number));
  CHECK(WEXITSTATUS(kept.last().number) == 3);
}

TEST_CASE("what a command left running is ended before its end is reported") {
  const Scratch scratch;
  const std::string id = (scratch / "id").string();
  const Kept kept = keep_shell("setsid sleep 600 & echo $! >" + id);
  CHECK(kept.last().what == KeeperReport::What::ended);
  const pid_t left = std::stoi(read_file(id));
  CHECK(::kill(left, 0) != 0);
}

TEST_CASE("a program or directory that is not there is reported with the reason") {
  CHECK(keep_shell("", "/no/such/program").reports.front().what == KeeperReport::What::not_started);
  CHECK(keep_shell("", "/no/such/program").reports.front().number == ENOENT);
  CHECK(keep_shell("", "/bin/sh", "/no/such/directory").reports.front().what ==
        KeeperReport::What::no_directory);
}

TEST_CASE("a command has nothing open but its input, which is empty, and its output") {
  CHECK(keep_shell("cat; ls /proc/$$/fd").output == "0\n1\n2\n");
}

TEST_CASE("a process that is somebody else here is that user to itself") {
  const std::string told = told_by_child([] {
    if (!change_user(54321)) return std::string("cannot");
    return std::to_string(::getuid()) + " " + std::to_string(::getgid());
  });
  CHECK((told == "54321 54321" || told == "cannot"));
}
