#include "support/fleeting.hpp"

#include "support/descriptors.hpp"
#include "support/error.hpp"
#include "support/files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string>

namespace gostrap {
namespace {

/// Ends when nobody holds the other end of `life` any more.
[[noreturn]] void wait_and_remove(int life, const fs::path& directory) {
  ::setsid();  // Ctrl-C is for the program, and must not end this one first
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) ::signal(number, SIG_IGN);
  const int nothing = ::open("/dev/null", O_RDWR);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nothing, stream);
  ::dup2(life, STDERR_FILENO + 1);
  life = STDERR_FILENO + 1;
  close_descriptors(static_cast<unsigned>(life) + 1);  // locks, and pipes that somebody reads to their end
  char byte = 0;
  while (::read(life, &byte, 1) < 0 && errno == EINTR) {
  }
  std::error_code hidden;
  fs::remove_all(directory, hidden);
  ::_exit(0);
}

}  // namespace

fs::path fleeting_directory(const fs::path& place) {
  std::string name = (place / "gostrap-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw system_error("make a directory in " + place.string());
  std::array<int, 2> life{};
  const pid_t child = ::pipe(life.data()) == 0 ? ::fork() : -1;
  if (child == 0) {
    ::close(life[1]);
    wait_and_remove(life[0], name);
  }
  if (child < 0) {
    const Error failure = system_error("start a process that removes " + name);
    std::error_code hidden;
    fs::remove_all(name, hidden);
    throw Error(failure);
  }
  ::close(life[0]);
  return name;
}

}  // namespace gostrap
