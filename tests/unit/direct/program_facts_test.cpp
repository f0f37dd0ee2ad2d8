#include "direct/program_facts.hpp"

#include "direct/formats.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

namespace {

std::string number(std::uint64_t value, unsigned width) {
  std::string text;
  for (unsigned i = 0; i < width; ++i) text += static_cast<char>(value >> (8 * i) & 0xffU);
  return text;
}

std::string counted(const std::string& text) {
  return static_cast<char>(text.size()) + text;
}

/// Build information as the linker writes it, for an address that is a multiple of 16.
std::string build_header(const std::string& info) {
  const std::string data = module_data(info);
  std::string size;
  for (std::size_t rest = data.size(); true; rest >>= 7U) {
    size += static_cast<char>((rest & 0x7fU) | (rest > 0x7f ? 0x80U : 0U));
    if (rest <= 0x7f) break;
  }
  return "\xff Go buildinf:" + std::string("\x08\x02", 2) + std::string(16, '\0') + counted("go1.24.4") +
         size + data;
}

std::string wasm(const std::string& info) {
  const auto section = [](char id, const std::string& body) { return std::string(1, id) + counted(body); };
  const std::string producers =
      counted("producers") + "\x01" + counted("language") + "\x01" + counted("Go") + counted("go1.24.4");
  const std::string imports = "\x01" + counted("gojs") + counted("f") + std::string("\0\0", 2);
  const std::string data = std::string("\x01\0\x41\x10\x0b", 5) + counted(module_data(info));
  return std::string("\0asm\1\0\0\0", 8) + section(2, imports) + section(11, data) + section(0, producers);
}

/// One executable segment that is the whole file, with 64-bit headers.
std::string elf(unsigned machine, const std::string& data) {
  constexpr std::uint64_t start = 64 + 56 + 8;
  std::string head =
      "\x7f"
      "ELF\2\1\1" +
      std::string(9, '\0') + number(2, 2) + number(machine, 2) + number(1, 4) + number(0, 8) + number(64, 8) +
      number(0, 8) + number(0, 4) + number(64, 2) + number(56, 2) + number(1, 2) + number(64, 2) +
      number(0, 2) + number(0, 2);
  head += number(1, 4) + number(6, 4) + number(start, 8) + number(0x1000, 8) + number(0x1000, 8) +
          number(data.size(), 8) + number(data.size(), 8) + number(16, 8) + std::string(8, '\0');
  return head + data;
}

std::string refusal(const std::string& bytes) {
  return testing::error_of([&] { program_facts(bytes, "p"); });
}

}  // namespace

TEST_CASE("a static ELF program of Go tells its port, its Go and its level") {
  const ProgramFacts facts =
      program_facts(elf(183, build_header("path\tx\nbuild\tGOOS=linux\nbuild\tGOARM64=v8.0\n")), "p");
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
  const ProgramFacts facts = program_facts(wasm("path\tx\nbuild\tGOOS=js\n"), "p");
  CHECK(facts.goos + "/" + facts.goarch == "js/wasm");
  CHECK(facts.host_modules == std::vector<std::string>{"gojs"});
  REQUIRE(facts.build);
  CHECK(facts.build->go_version == "go1.24.4");
  CHECK(facts.sections.size() == 3);
}

TEST_CASE("expectations that are not met say what is so") {
  const ProgramFacts facts = program_facts(
      elf(62, build_header("path\tx\nbuild\t-trimpath=true\nbuild\tGOOS=linux\nbuild\tGOAMD64=v1\n")), "p");
  CHECK(unmet_expectations(
            facts, {"static", "stripped", "trimmed", "linux/amd64", "GOAMD64=v1", "go1.24.4", "no-pie"})
            .empty());
  CHECK(unmet_expectations(facts, {"dynamic", "amd64=1", "linux/arm64", "GOAMD64=v3", "go1.25.0"}) ==
        std::vector<std::string>{"dynamic: it is static", "amd64=1: it is not set",
                                 "linux/arm64: it is for linux/amd64", "GOAMD64=v3: it is GOAMD64=v1",
                                 "go1.25.0: go1.24.4"});
  CHECK(testing::contains(testing::error_of([&] { unmet_expectations(facts, {"statik"}); }),
                          "did you mean static?"));
}

TEST_CASE("programs that are cut off, or lead outside of themselves, are refused") {
  const std::string whole = wasm("path\tx\n");
  std::size_t accepted = 0;  // what ends between two sections is whole
  for (std::size_t size = 4; size < whole.size(); ++size)
    accepted += refusal(whole.substr(0, size)).empty() ? 1 : 0;
  CHECK(accepted == 3);
  CHECK(testing::contains(refusal("#!/bin/sh\n"), "no ELF, PE, Mach-O"));
  CHECK_FALSE(refusal("MZ").empty());
  CHECK_FALSE(refusal("MZ" + std::string(58, '\0') + number(0xffffffff, 4)).empty());
  CHECK_FALSE(refusal("\xcf\xfa\xed\xfe" + std::string(28, '\xff')).empty());
  CHECK_FALSE(refusal("\x7f"
                      "ELF\2\1\1")
                  .empty());
}

TEST_CASE("build information that is damaged is said to be, and of old Go is not read") {
  std::string why;
  const auto read = [&](const std::string& bytes) { return find_build_info({{0x1000, bytes}}, why); };
  CHECK(read(build_header("path\tx\n")));
  CHECK_FALSE(read("nothing"));
  CHECK(testing::contains(why, "no build information"));
  std::string old = build_header("path\tx\n");
  old[15] = 0;
  CHECK_FALSE(read(old));
  CHECK(testing::contains(why, "1.17"));
  CHECK_FALSE(read(build_header("path\tx\n").substr(0, 34)));
  CHECK_FALSE(read(build_header("=>\tx\ty\n")));
  CHECK(testing::contains(why, "damaged"));
}
