#include "toolchain/c_parts.hpp"

#include "support/process.hpp"
#include "support/strings.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

std::string names(const std::vector<CPart>& parts) {
  return join(parts, " ", [](const CPart& each) { return each.name; });
}

}  // namespace

TEST_CASE("a part is the file itself, with its hash and size, once, by the first name that it has") {
  const Scratch scratch;
  const fs::path file = scratch.file("bin/gcc-12", "gcc");
  scratch.link("bin/gcc", "gcc-12");
  scratch.link("way", "bin");
  PartList parts;
  parts.add("cc", scratch / "way/gcc");
  parts.add("again", file);
  parts.add("also", scratch / "bin/../bin/gcc-12");
  const std::vector<CPart> found = parts.finished();
  REQUIRE(found.size() == 1);
  CHECK(found[0] == CPart{"cc", fs::canonical(file).string(), sha256("gcc"), 3});
}

TEST_CASE("what is there no more, or is no file, is no part") {
  const Scratch scratch;
  PartList parts;
  parts.add("gone", scratch / "gone");
  parts.add("directory", scratch.directory("directory"));
  scratch.link("dangling", "gone");
  parts.add("dangling", scratch / "dangling");
  ::mkfifo((scratch / "fifo").c_str(), 0600);
  parts.add("fifo", scratch / "fifo");
  CHECK(parts.finished().empty());
}

TEST_CASE(
    "a linker's trace is read in every spelling, each file once, but for what lies in the work directory") {
  const Scratch scratch;
  const auto file = [&](const std::string& name) { return fs::canonical(scratch.file(name, "x")).string(); };
  const std::string crt = file("lib/crt1.o"), libc = file("lib/libc.a"), shared = file("lib/libc.so.6"),
                    gcc = file("lib/libgcc.a");
  file("work/main.o");
  scratch.link("lib/libc.so", "libc.so.6");
  const std::string below = (scratch / "lib/../lib").string();
  CHECK(linked_files(
            {below + "/crt1.o", (scratch / "work/main.o").string(), "(" + libc + ")exit.o",
             libc + "(start.o)", "(" + gcc + ")_udivdi3.o", (scratch / "lib/libc.so").string(), shared, crt},
            scratch / "work") == std::vector<std::string>{crt, libc, gcc, shared});
}

TEST_CASE("what else a linker says names no files") {
  const Scratch scratch;
  scratch.directory("work");
  scratch.file("here", "x");
  for (const std::string& line :
       {std::string(), std::string("("), std::string(")"), std::string("()"), std::string("(/no/such)a.o"),
        std::string("warning: it is old"), std::string("here"), std::string("/no/such/crt1.o"),
        scratch.path().string(), std::string("\x1b[31m"), std::string("(") + std::string(5000, 'x')}) {
    CHECK_MESSAGE(linked_files({line}, scratch / "work").empty(), line);
  }
}

TEST_CASE("a part that is another file, or gone, is told by its name") {
  const Scratch scratch;
  CCompiler compiler;
  PartList parts;
  for (const char* name : {"cc", "as", "ld", "crt1.o"})
    parts.add(name, scratch.file(name, std::string("the ") + name));
  compiler.parts = parts.finished();
  CHECK(changed_parts(compiler).empty());
  scratch.file("as", "The as");  // of the same size
  CHECK(join(changed_parts(compiler), " ") == "as");
  scratch.file("ld", "another one");
  fs::remove(scratch / "crt1.o");
  CHECK(join(changed_parts(compiler), " ") == "as ld crt1.o");
  fs::remove(scratch / "cc");
  scratch.directory("cc");
  CHECK(join(changed_parts(compiler), " ") == "cc as ld crt1.o");
  CHECK(changed_parts({}).empty());
}

TEST_CASE("one of another size is not read, nor is what is no file") {
  const Scratch scratch;
  const fs::path fifo = scratch / "fifo";
  ::mkfifo(fifo.c_str(), 0600);  // to open it would wait for somebody who writes
  CCompiler compiler;
  compiler.parts = {{"fifo", fifo.string(), sha256(""), 0}};
  CHECK(join(changed_parts(compiler), " ") == "fifo");
  compiler.parts = {{"text", scratch.file("text", "text").string(), sha256("text"), 3}};
  CHECK(join(changed_parts(compiler), " ") == "text");
}

TEST_CASE("dpkg is asked for packages of parts, where there is one") {
  if (!fs::exists("/var/lib/dpkg/status") || !find_program("dpkg-query")) return;
  const Scratch scratch;
  PartList parts;
  parts.add("mine", scratch.file("mine", "x"));
  CHECK(packages_of(parts.finished()).empty());
  CHECK(packages_of({}).empty());
  parts.add("status", "/usr/bin/dpkg-query");
  const auto packages = packages_of(parts.finished());
  CHECK(names(parts.finished()) == "mine status");
  REQUIRE(packages.size() == 1);
  CHECK(packages.begin()->first == "dpkg");
  CHECK(packages.begin()->second.starts_with("1."));
}
