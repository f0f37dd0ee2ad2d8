#include "support/output_file.hpp"

#include "support/held_name.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <thread>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

unsigned mode_of(const fs::path& path) {
  struct stat status = {};
  ::stat(path.c_str(), &status);
  return status.st_mode & 07777U;
}

std::ptrdiff_t count(const fs::path& directory) {
  return std::distance(fs::directory_iterator(directory), {});
}

}  // namespace

TEST_CASE("a new file has the mode that the umask leaves") {
  const Scratch scratch;
  const mode_t before = ::umask(027);
  write_output(scratch / "text", "text");
  write_output(scratch / "program", "program", FileUse::program);
  ::umask(before);
  CHECK(read_file(scratch / "text") == "text");
  CHECK(mode_of(scratch / "text") == 0640);
  CHECK(mode_of(scratch / "program") == 0750);
  CHECK(count(scratch.path()) == 2);
}

TEST_CASE("a file that is there is replaced, and keeps its mode but for a program") {
  const Scratch scratch;
  const fs::path file = scratch.file("file", "old");
  ::chmod(file.c_str(), 0600);
  write_output(file, "new");
  CHECK(read_file(file) == "new");
  CHECK(mode_of(file) == 0600);
  write_output(file, "program", FileUse::program);
  CHECK((mode_of(file) & 0100U) != 0);
}

TEST_CASE("a link is followed and stays") {
  const Scratch scratch;
  scratch.directory("there");
  std::string target = "there/file";
  SUBCASE("to a file") {
    scratch.file("there/file", "old");
  }
  SUBCASE("to nothing yet") {}
  scratch.link("second", target);
  scratch.link("first", "second");
  write_output(scratch / "first", "new");
  CHECK(fs::is_symlink(scratch / "first"));
  CHECK(fs::is_symlink(scratch / "second"));
  CHECK(read_file(scratch / "there/file") == "new");
  CHECK(count(scratch / "there") == 1);
  CHECK(count(scratch.path()) == 3);
}

TEST_CASE("links that go round, and directories, are refused and stay") {
  const Scratch scratch;
  scratch.link("round", "round");
  CHECK(contains(error_of([&] { write_output(scratch / "round", "text"); }), "Too many levels"));
  scratch.directory("directory");
  scratch.link("to-it", "directory");
  for (const char* const name : {"directory", "directory/", "to-it", "."}) {
    CHECK(contains(error_of([&] { write_output(scratch / name, "text"); }), "it is a directory"));
    CHECK(contains(error_of([&] { require_output_place(scratch / name); }), "it is a directory"));
  }
  CHECK_FALSE(error_of([&] { write_output(scratch / "none/file", "text"); }).empty());
  CHECK_FALSE(error_of([&] { require_output_place(scratch / "none/file"); }).empty());
  CHECK_FALSE(error_of([&] { write_output("", "text"); }).empty());
  CHECK(fs::is_empty(scratch / "directory"));
  CHECK(count(scratch.path()) == 3);
}

TEST_CASE("a fifo's reader gets all, and the fifo stays") {
  const Scratch scratch;
  const fs::path fifo = scratch / "fifo";
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  CHECK(is_stream(fifo));
  std::string got;
  std::thread reader([&] {
    const Fd fd(::open(fifo.c_str(), O_RDONLY));
    std::string piece(100, '\0');
    for (ssize_t size = 0; (size = ::read(fd.get(), piece.data(), piece.size())) > 0;)
      got.append(piece, 0, static_cast<std::size_t>(size));
  });
  write_output(fifo, std::string(100'000, 'x'), FileUse::program);
  reader.join();
  CHECK(got.size() == 100'000);
  CHECK(fs::is_fifo(fifo));
  CHECK(mode_of(fifo) == 0600);
}

TEST_CASE("a device is written to and stays one") {
  const Scratch scratch;
  const fs::path null = scratch / "null";
  if (::mknod(null.c_str(), S_IFCHR | 0666, 0x103) != 0) return;  // only root may
  scratch.link("link", "null");
  for (const char* const name : {"null", "link"}) {
    require_output_place(scratch / name);
    write_output(scratch / name, "text", FileUse::program);
    CHECK(static_cast<bool>(begin_log(scratch / name)));
  }
  CHECK(fs::is_character_file(null));
  CHECK(fs::is_symlink(scratch / "link"));
  CHECK(count(scratch.path()) == 2);
}

TEST_CASE("a descriptor that was handed to us is written to where it stands") {
  const Scratch scratch;
  const fs::path file = scratch.file("file", "first ");
  const int fd = ::open(file.c_str(), O_WRONLY | O_APPEND);
  const std::string name = "/dev/fd/" + std::to_string(fd);
  write_output(name, "second");
  CHECK(read_file(file) == "first second");
  ::fcntl(fd, F_SETFD, FD_CLOEXEC);  // one of our own, which nobody can have meant
  CHECK(contains(error_of([&] { write_output(name, "third"); }), "not open for writing"));
  ::close(fd);
  CHECK_FALSE(error_of([&] { write_output(name, "third"); }).empty());
  CHECK(count(scratch.path()) == 1);
}

TEST_CASE("what is not committed leaves all as it was") {
  const Scratch scratch;
  scratch.file("file", "old");
  {
    OutputFile file(scratch / "file");
    file.write("half");
  }
  CHECK(read_file(scratch / "file") == "old");
  CHECK(count(scratch.path()) == 1);
}

TEST_CASE("many write one name, and each of them whole") {
  const Scratch scratch;
  std::atomic<int> failed = 0;
  std::vector<std::thread> writers;
  for (char letter = 'a'; letter < 'i'; ++letter) {
    writers.emplace_back([&, letter] {
      for (int round = 0; round < 40; ++round) {
        if (!error_of([&] { write_output(scratch / "file", std::string(5000, letter)); }).empty()) ++failed;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  CHECK(failed == 0);
  const std::string text = read_file(scratch / "file");
  CHECK(text == std::string(5000, text.front()));
  CHECK(count(scratch.path()) == 1);
}

TEST_CASE("a user's files of like names stay; what a killed run of ours left goes") {
  const Scratch scratch;
  const std::vector<std::string> users{"out.partial", "out.tmp", ".out.partial-1", ".out.partial-1-2",
                                       ".out.partial-1-0123456789abcdef-0123456789ab"};
  for (const std::string& name : users) scratch.file(name, "kept");
  const std::string left = held_name("out");
  scratch.file(left, "half");
  scratch.file(held_name("other"), "half");
  write_output(scratch / "out", "text");
  for (const std::string& name : users) CHECK(read_file(scratch / name) == "kept");
  CHECK_FALSE(fs::exists(scratch / left));
  CHECK(count(scratch.path()) == static_cast<std::ptrdiff_t>(users.size()) + 2);
}

TEST_CASE("where nothing new can be made, a file that may be written is") {
  const Scratch scratch;
  scratch.file("closed/file", "older and longer");
  fs::permissions(scratch / "closed", fs::perms(0555));
  CHECK(as_nobody(scratch, [&] {
          write_output(scratch / "closed/file", "new");
          return 0;
        }) == 0);
  CHECK(read_file(scratch / "closed/file") == "new");
  CHECK(as_nobody(scratch, [&] {
          return error_of([&] { write_output(scratch / "closed/none", "new"); }).empty() ? 1 : 0;
        }) == 0);
  CHECK_FALSE(fs::exists(scratch / "closed/none"));
}

TEST_CASE("a log begins anew, and appending by its name goes on") {
  const Scratch scratch;
  const fs::path log = scratch.file("log", "of an earlier run");
  scratch.link("link", "log");
  const Fd fd = begin_log(scratch / "link");
  CHECK(read_file(log).empty());
  CHECK(fs::is_symlink(scratch / "link"));
  CHECK(contains(error_of([&] { begin_log(scratch.path()); }), "it is a directory"));
}
