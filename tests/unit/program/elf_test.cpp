#include "program/elf.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("a dynamic program shows its interpreter and libraries") {
  const auto facts = read_elf("/proc/self/exe");
  REQUIRE(facts.has_value());
  CHECK(contains(facts->interpreter, "ld-"));
  CHECK_FALSE(facts->needed.empty());
  CHECK_FALSE(facts->is_static());
}

TEST_CASE("what is not ELF is not looked at") {
  const Scratch scratch;
  CHECK_FALSE(read_elf(scratch.file("script", "#!/bin/sh\n")).has_value());
  CHECK_FALSE(read_elf(scratch.file("empty", "")).has_value());
}

TEST_CASE("a damaged ELF file is no crash") {
  const Scratch scratch;
  const std::string whole = read_file("/proc/self/exe", std::size_t{1} << 30U).substr(0, 4096);
  for (std::size_t size = 4; size < whole.size(); size += 97) {
    const fs::path file = scratch.file("cut", whole.substr(0, size));
    try {
      read_elf(file);
    } catch (const Error&) {
      // refused is as good as read
    }
  }
}
