// Small programs of each format, as linkers write them and as nobody does.
#pragma once

#include "program/build_info.hpp"
#include "program/read_program.hpp"
#include "support/testing.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace gostrap::testing {

inline std::string number(std::uint64_t value, unsigned width) {
  std::string text;
  for (unsigned i = 0; i < width; ++i, value >>= 8U) text += static_cast<char>(value & 0xffU);
  return text;
}

inline std::string counted(const std::string& text) {
  return static_cast<char>(text.size()) + text;
}

/// Build information as the linker writes it, for an address that is a multiple of 16.
inline std::string build_header(const std::string& info) {
  const std::string data = module_data(info);
  std::string size;
  for (std::size_t rest = data.size(); true; rest >>= 7U) {
    size += static_cast<char>((rest & 0x7fU) | (rest > 0x7f ? 0x80U : 0U));
    if (rest <= 0x7f) break;
  }
  return "\xff Go buildinf:" + std::string("\x08\x02", 2) + std::string(16, '\0') + counted("go1.24.4") +
         size + data;
}

inline std::string wasm(const std::string& info) {
  const auto section = [](char id, const std::string& body) { return std::string(1, id) + counted(body); };
  const std::string producers =
      counted("producers") + "\x01" + counted("language") + "\x01" + counted("Go") + counted("go1.24.4");
  const std::string imports = "\x01" + counted("gojs") + counted("f") + std::string("\0\0", 2);
  const std::string data = std::string("\x01\0\x41\x10\x0b", 5) + counted(module_data(info));
  return std::string("\0asm\1\0\0\0", 8) + section(2, imports) + section(11, data) + section(0, producers);
}

/// One executable segment that is the whole file, with 64-bit headers.
inline std::string elf(unsigned machine, const std::string& data) {
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

struct ElfSection {
  std::uint64_t name, type, address, offset, size, link, entry_size;
};

/// A file of `body` behind a header of 64 bytes, with sections behind it; the last one has their names.
inline std::string elf_with(const std::string& body, const std::vector<ElfSection>& sections) {
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

/// Why the program is refused; empty where it is read.
inline std::string refusal(const std::string& bytes) {
  return error_of([&] { read_program(bytes, "p"); });
}

}  // namespace gostrap::testing
