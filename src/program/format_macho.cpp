#include "program/format_macho.hpp"

namespace gostrap {
namespace {

std::string macho_goarch(unsigned cpu) {
  if (cpu == 0x01000007) return "amd64";
  if (cpu == 0x0100000c) return "arm64";
  return "";
}

/// The pieces that may have build information: those of `info` are looked at first.
struct InfoPieces {
  std::vector<MemoryPiece> info, data;
};

void read_segment(const Bytes& bytes, std::uint64_t at, std::uint64_t size, FormatReading& reading,
                  InfoPieces& pieces) {
  const std::uint32_t count = bytes.u32(at + 64);
  if (size < 72 + std::uint64_t{80} * count) bytes.refuse("a load command in it is smaller than it says");
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint64_t section = at + 72 + std::uint64_t{80} * i;
    const std::string name = bytes.text(section, 16);
    const std::string segment = bytes.text(section + 16, 16);
    const std::uint64_t bytes_in_it = bytes.u64(section + 40);
    reading.add_section(bytes, segment + "," + name, bytes_in_it);
    if (segment == "__DWARF") reading.facts.debug = true;
    const bool in_file = (bytes.u32(section + 64) & 0xffU) != 1;  // S_ZEROFILL
    const MemoryPiece piece{bytes.u64(section + 32),
                            in_file ? bytes.part(bytes.u32(section + 48), bytes_in_it) : ""};
    if (name == "__go_buildinfo") pieces.info.push_back(piece);
    if (segment == "__DATA" && name == "__data") pieces.data.push_back(piece);
  }
}

}  // namespace

FormatReading read_macho(const Bytes& bytes) {
  constexpr unsigned load_dylib = 0xc;
  constexpr unsigned load_dylinker = 0xe;
  constexpr unsigned dynamic_symbols = 0xb;
  constexpr unsigned segment_64 = 0x19;
  constexpr unsigned pie = 0x200000;
  FormatReading reading;
  ProgramFacts& facts = reading.facts;
  facts.goos = "darwin";
  facts.goarch = macho_goarch(bytes.u32(4));
  facts.position_independent = (bytes.u32(24) & pie) != 0;
  const std::uint32_t count = bytes.u32(16);
  if (count > most_sections) bytes.refuse("it has more load commands than any program");
  std::uint64_t at = 32;
  InfoPieces pieces;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t command = bytes.u32(at) & 0x7fffffffU;
    const std::uint32_t size = bytes.u32(at + 4);
    if (size < 8) bytes.refuse("a load command in it has no size");
    if (command == segment_64) read_segment(bytes, at, size, reading, pieces);
    if (command == load_dylib) reading.add_library(bytes, bytes.text(at + bytes.u32(at + 8), 1024));
    if (command == load_dylinker) facts.interpreter = bytes.text(at + bytes.u32(at + 8), 1024);
    // local and defined symbols; those that are only imported stay when a program is stripped
    if (command == dynamic_symbols) facts.symbols = bytes.u32(at + 12) + bytes.u32(at + 20) > 0;
    at += size;
  }
  for (const auto* const list : {&pieces.info, &pieces.data}) {
    for (const MemoryPiece& piece : *list) reading.add_piece(bytes, piece);
  }
  return reading;
}

}  // namespace gostrap
