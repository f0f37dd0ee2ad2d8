#include "program/read_program.hpp"

#include "program/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("a static ELF program of Go tells its port, its Go and its level") {
  const ProgramFacts facts =
      read_program(elf(183, build_header("path\tx\nbuild\tGOOS=linux\nbuild\tGOARM64=v8.0\n")), "p");
  CHECK(facts.format == "ELF");
  CHECK(facts.goos + "/" + facts.goarch == "linux/arm64");
  CHECK(facts.is_static());
  CHECK_FALSE(facts.debug);
  CHECK_FALSE(facts.symbols);
  REQUIRE(facts.build);
  CHECK(facts.build->go_version == "go1.24.4");
  CHECK(facts.level() == "GOARM64=v8.0");
}

TEST_CASE("WebAssembly has the text between marks, and its maker in a section of its own") {
  const ProgramFacts facts = read_program(wasm("path\tx\nbuild\tGOOS=js\n"), "p");
  CHECK(facts.goos + "/" + facts.goarch == "js/wasm");
  CHECK(facts.host_modules == std::vector<std::string>{"gojs"});
  REQUIRE(facts.build);
  CHECK(facts.build->go_version == "go1.24.4");
  CHECK(facts.sections.size() == 3);
}

TEST_CASE("programs that are cut off, or lead outside of themselves, are refused") {
  const std::string whole = wasm("path\tx\n");
  std::size_t accepted = 0;  // what ends between two sections is whole
  for (std::size_t size = 4; size < whole.size(); ++size)
    accepted += refusal(whole.substr(0, size)).empty() ? 1 : 0;
  CHECK(accepted == 3);
  CHECK(contains(refusal("#!/bin/sh\n"), "no ELF, PE, Mach-O"));
  CHECK_FALSE(refusal("MZ").empty());
  CHECK_FALSE(refusal("MZ" + std::string(58, '\0') + number(0xffffffff, 4)).empty());
  CHECK_FALSE(refusal("\xcf\xfa\xed\xfe" + std::string(28, '\xff')).empty());
  CHECK_FALSE(refusal("\x7f"
                      "ELF\2\1\1")
                  .empty());
}

TEST_CASE("a format is told by the first four bytes") {
  CHECK(program_format("\x7f"
                       "ELF") == "ELF");
  CHECK(program_format("MZ") == "PE");
  CHECK(program_format("\xcf\xfa\xed\xfe") == "Mach-O");
  CHECK(program_format(std::string_view("\0asm", 4)) == "WebAssembly");
  CHECK(program_format("#!/b").empty());
  CHECK(program_format("").empty());
}

TEST_CASE("a dynamic program shows its interpreter and libraries") {
  const auto facts = read_elf_file("/proc/self/exe");
  REQUIRE(facts.has_value());
  CHECK(contains(facts->interpreter, "ld-"));
  CHECK_FALSE(facts->needed.empty());
  CHECK_FALSE(facts->is_static());
}

TEST_CASE("where ELF is asked for, nothing else is looked at") {
  const Scratch scratch;
  CHECK_FALSE(read_elf_file(scratch.file("script", "#!/bin/sh\n")).has_value());
  CHECK_FALSE(read_elf_file(scratch.file("empty", "")).has_value());
}

TEST_CASE("a damaged ELF file is no crash") {
  const std::string whole = read_file("/proc/self/exe", std::size_t{1} << 30U).substr(0, 4096);
  for (std::size_t size = 4; size < whole.size(); size += 97) {
    try {
      read_program(whole.substr(0, size), "p");
    } catch (const Error&) {
      // refused is as good as read
    }
  }
}
