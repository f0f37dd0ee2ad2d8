#include "program/format_elf.hpp"

#include "program/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

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
  const ProgramFacts facts = read_program(with(3), "p");
  REQUIRE(facts.needed.size() == 3);
  CHECK(facts.needed[0] == std::string(4096, 'A'));
  CHECK(contains(refusal(with(1001)), "needs more than 1000 libraries"));
}

TEST_CASE("more sections than any program has are refused before they are read") {
  std::string bytes = elf(62, std::string(400, '\0'));
  bytes.replace(0x28, 8, number(128, 8));
  bytes.replace(0x3c, 2, number(0, 2));
  bytes.replace(128 + 0x20, 8, number(10'001, 8));
  CHECK(contains(refusal(bytes), "more than 10000 sections"));
}

TEST_CASE("segments of ELF that lie one over the other are bounded by the size of the file") {
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
  CHECK(contains(refusal(bytes), "lie one over the other"));
}

TEST_CASE("a table of libraries ends where a loader ends it, and there is one") {
  const std::string names = std::string("\0one\0two\0", 9);
  const auto entry = [](std::uint64_t tag, std::uint64_t value) { return number(tag, 8) + number(value, 8); };
  const std::string table = entry(1, 1) + entry(0, 0) + entry(1, 5);
  const std::uint64_t behind = 64 + names.size();
  std::vector<ElfSection> sections{{0, 0, 0, 0, 0, 0, 0},
                                   {0, 3, 0, 64, names.size(), 0, 0},
                                   {0, 6, 0, behind, table.size(), 1, 16},
                                   {0, 3, 0, 64, 1, 0, 0}};
  CHECK(read_program(elf_with(names + table, sections), "p").needed == std::vector<std::string>{"one"});
  sections.insert(sections.begin() + 2, sections[2]);
  CHECK(contains(refusal(elf_with(names + table, sections)), "two tables"));
}

TEST_CASE("a program that ends before what is to be loaded is cut short") {
  const std::string whole = elf(62, std::string(1000, 'x'));
  const ProgramFacts facts = read_program(whole, "p");
  CHECK(facts.startable);
  CHECK_FALSE(facts.cut_short);
  CHECK(read_program(whole.substr(0, whole.size() - 1), "p").cut_short);
  CHECK(read_program(whole.substr(0, 64 + 55), "p").cut_short);  // amid the headers of its segments
  CHECK(contains(refusal(whole.substr(0, 63)), "no whole ELF file"));
}

TEST_CASE("a table of sections that is not whole counts as none") {
  const std::string whole = elf_with("", {{0, 0, 0, 0, 0, 0, 0}, {0, 2, 0, 64, 0, 0, 0}});
  CHECK(read_program(whole, "p").symbols);
  const ProgramFacts cut = read_program(whole.substr(0, whole.size() - 1), "p");
  CHECK_FALSE(cut.symbols);
  CHECK(cut.sections.empty());
  CHECK_FALSE(cut.cut_short);
}

TEST_CASE("headers of 32 bits and of the other byte order are read as they are") {
  const auto header = [](char width, char order, const std::string& type_and_machine) {
    std::string bytes =
        "\x7f"
        "ELF" +
        std::string{width, order, 1} + std::string(9, '\0') + type_and_machine;
    bytes.resize(64);
    return bytes;
  };
  const auto goarch = [&](char width, char order, const std::string& type_and_machine) {
    return read_program(header(width, order, type_and_machine), "p").goarch;
  };
  CHECK(goarch(1, 2, std::string("\0\2\0\10", 4)) == "mips");
  CHECK(goarch(1, 1, std::string("\2\0\10\0", 4)) == "mipsle");
  CHECK(goarch(2, 2, std::string("\0\2\0\26", 4)) == "s390x");
  CHECK(goarch(2, 1, std::string("\2\0\363\0", 4)) == "riscv64");
  CHECK(goarch(1, 1, std::string("\2\0\363\0", 4)).empty());  // Go has no RISC-V of 32 bits
  CHECK(read_program(header(1, 2, std::string("\0\2\0\10", 4)), "p").startable);
  CHECK_FALSE(read_program(header(1, 2, std::string("\0\1\0\10", 4)), "p").startable);  // an object file
  CHECK_FALSE(refusal(header(3, 1, std::string("\2\0\10\0", 4))).empty());
  CHECK_FALSE(refusal(header(1, 3, std::string("\2\0\10\0", 4))).empty());
}
