#include "support/run_failure.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

#include <cerrno>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

std::string why(const std::string& name, int number = 0) {
  return run_failure(name, "/usr/bin:/bin", number).why();
}

}  // namespace

TEST_CASE("each reason has its own name") {
  const Scratch scratch;
  const auto program = [&](const std::string& name, const std::string& text) {
    const fs::path file = scratch.file(name, text);
    fs::permissions(file, fs::perms(0755));
    return file.string();
  };
  CHECK(why("no-such-program") == "there is no such program on PATH (/usr/bin:/bin)");
  CHECK(why((scratch / "nothing").string()) == "there is no such file");
  CHECK(why("/etc") == "it is a directory");
  CHECK(why("/dev/null") == "it is no file");
  CHECK(why(scratch.file("plain", "x").string()) == "it is not executable");
  CHECK(contains(run_failure(scratch.file("main.go", "x").string(), "").next(), "go run "));
  CHECK(contains(why(program("script", "#! /no/such -x\n"), ENOENT), "what starts it is not: /no/such"));
  CHECK(contains(why(program("text", "x\n"), ENOEXEC), "neither a program of this system nor a script"));
  CHECK(contains(why(program("elf", std::string("\177ELF\2\1\1", 7)), ENOEXEC), "another kind of machine"));
  CHECK(contains(why(program("cut", "\177ELF"), ENOENT), "what starts it is not there"));
}

TEST_CASE("a long PATH is not shown") {
  CHECK(run_failure("nothing", std::string(600, 'x')).why() == "there is no such program on PATH");
}

TEST_CASE("a place that is not there yet is judged by the directory that it will be made in") {
  const Scratch scratch;
  CHECK_FALSE(is_noexec(scratch / "not" / "there" / "yet"));
}
