#include "program/facts.hpp"

#include "program/formats.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

namespace {

std::string number(std::uint64_t value, unsigned width) {
  std::string text;
  for (unsigned i = 0; i < width; ++i, value >>= 8U) text += static_cast<char>(value & 0xffU);
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

namespace {

struct ElfSection {
  std::uint64_t name, type, address, offset, size, link, entry_size;
};

/// A file of `body` behind a header of 64 bytes, with sections behind it; the last one has their names.
std::string elf_with(const std::string& body, const std::vector<ElfSection>& sections) {
  std::string bytes =
      "\x7f"
      "ELF\2\1\1" +
      std::string(9, '\0') + number(2, 2) + number(62, 2) + number(1, 4) + number(0, 16) +
      number(64 + body.size(), 8) + number(0, 4) + number(64, 2) + number(56, 2) + number(0, 2) +
      number(64, 2) + number(sections.size(), 2) + number(sections.size() - 1, 2) + body;
  for (const ElfSection& each : sections)
    bytes += number(each.name, 4) + number(each.type, 4) + number(0, 8) + number(each.address, 8) +
             number(each.offset, 8) + number(each.size, 8) + number(each.link, 4) + number(0, 4) +
             number(1, 8) + number(each.entry_size, 8);
  return bytes;
}

}  // namespace

TEST_CASE("libraries of an ELF program are counted, and their names have an end") {
  const std::string names = std::string(1, '\0') + std::string(10'000, 'A') + std::string(1, '\0');
  const auto with = [&](std::size_t count) {
    std::string table;
    for (std::size_t i = 0; i < count; ++i) table += number(1, 8) + number(1, 8);
    const std::uint64_t behind = 64 + names.size();
    return elf_with(names + table, {{0, 0, 0, 0, 0, 0, 0},
                                    {0, 3, 0, 64, names.size(), 0, 0},
                                    {0, 6, 0, behind, table.size(), 1, 16},
                                    {0, 3, 0, 64, 1, 0, 0}});
  };
  const ProgramFacts facts = program_facts(with(3), "p");
  REQUIRE(facts.needed.size() == 3);
  CHECK(facts.needed[0] == std::string(4096, 'A'));
  CHECK(testing::contains(refusal(with(1001)), "needs more than 1000 libraries"));
}

TEST_CASE("more sections than any program has are refused before they are read") {
  std::string bytes = elf(62, std::string(400, '\0'));
  bytes.replace(0x28, 8, number(128, 8));
  bytes.replace(0x3c, 2, number(0, 2));
  bytes.replace(128 + 0x20, 8, number(10'001, 8));
  CHECK(testing::contains(refusal(bytes), "more than 10000 sections"));
}

TEST_CASE("segments and sections that lie one over the other are bounded by the size of the file") {
  std::string bytes = elf(62, std::string(1000, '\0'));
  const std::string segment = bytes.substr(64, 56);
  bytes.replace(0x38, 2, number(10, 2));
  bytes.replace(64 + 56, 0, "");
  for (unsigned i = 1; i < 10; ++i) {
    std::string all = segment;
    all.replace(8, 8, number(0, 8));
    all.replace(32, 8, number(1000, 8));
    bytes.replace(64 + 56 * i, 56, all);
  }
  CHECK(testing::contains(refusal(bytes), "lie one over the other"));

  std::string pe(4000, '\0');
  pe.replace(0, 2, "MZ");
  pe.replace(0x3c, 4, number(0x80, 4));
  pe.replace(0x80, 4, std::string("PE\0\0", 4));
  pe.replace(0x84, 2, number(0x8664, 2)).replace(0x86, 2, number(40, 2)).replace(0x94, 2, number(240, 2));
  pe.replace(0x98, 2, number(0x20b, 2));
  for (unsigned i = 0; i < 40; ++i)
    pe.replace(0x98 + 240 + 40 * i, 40,
               ".data" + std::string(3, '\0') + number(4000, 4) + number(0, 4) + number(4000, 4) +
                   number(0, 4) + std::string(16, '\0'));
  CHECK(testing::contains(refusal(pe), "lie one over the other"));
}

TEST_CASE("sections of a Mach-O program lie within the load command that has them") {
  std::string bytes = number(0xfeedfacf, 4) + number(0x01000007, 4) + number(3, 4) + number(2, 4) +
                      number(1, 4) + number(80, 4) + number(0, 8);
  bytes +=
      number(0x19, 4) + number(80, 4) + std::string(56, '\0') + number(10'000, 4) + std::string(2000, '\0');
  CHECK(testing::contains(refusal(bytes), "smaller than it says"));
}

TEST_CASE("nothing in a section of WebAssembly leads beyond it") {
  // its data claim a segment that the next section holds
  const std::string data = std::string("\x01\0\x41\x10\x0b", 5) + std::string(1, '\x20');
  const std::string bytes = std::string("\0asm\1\0\0\0", 8) + '\x0b' + counted(data) + std::string(1, '\0') +
                            counted(counted("x") + std::string(60, 'y'));
  CHECK(testing::contains(refusal(bytes), "leads outside of itself"));
}

TEST_CASE("build information has an end") {
  std::string info = "path\tx\n";
  for (int i = 0; i < 1001; ++i) info += "build\ta=b\n";
  CHECK(testing::contains(testing::error_of([&] { parse_build_info(info); }), "more than 1000 settings"));
}

TEST_CASE("a level that no Go has is not asked for") {
  const ProgramFacts facts = program_facts(elf(62, build_header("path\tx\nbuild\tGOAMD64=v5\n")), "p");
  const std::string error = testing::error_of([&] { unmet_expectations(facts, {"GOAMD64=v5"}); });
  CHECK(testing::contains(error, "there is no GOAMD64=v5: GOAMD64 is v1, v2, v3 or v4"));
  CHECK(why_no_such_level("GOARM64", "v9.5,lse").empty());
  CHECK(why_no_such_level("GOARM", "7,softfloat").empty());
  CHECK_FALSE(why_no_such_level("GOARM64", "v8.0,nosuch").empty());
  CHECK(why_no_such_level("CGO_ENABLED", "7").empty());
}
