#include "program/format_pe.hpp"

#include <charconv>

namespace gostrap {
namespace {

struct Section {
  std::string name;
  std::uint32_t virtual_size, address, size, offset;
};

std::string pe_goarch(unsigned machine) {
  switch (machine) {
    case 0x8664:
      return "amd64";
    case 0x14c:
      return "386";
    case 0xaa64:
      return "arm64";
    case 0x1c4:
      return "arm";
    default:
      return "";
  }
}

class PeReader {
 public:
  explicit PeReader(const Bytes& bytes) : bytes_(bytes), header_(bytes.u32(0x3c)) {
    if (bytes.part(header_, 4) != std::string_view("PE\0\0", 4))
      bytes.refuse("it is a DOS program, or damaged");
  }

  FormatReading read() {
    ProgramFacts& facts = reading_.facts;
    facts.goos = "windows";
    facts.goarch = pe_goarch(bytes_.u16(header_ + 4));
    facts.symbols = bytes_.u32(header_ + 16) != 0;
    const std::uint64_t optional = header_ + 24;
    read_sections(optional + bytes_.u16(header_ + 20));
    constexpr unsigned dynamic_base = 0x40;
    facts.position_independent = (bytes_.u16(optional + 70) & dynamic_base) != 0;
    const unsigned magic = bytes_.u16(optional);
    if (magic != 0x10b && magic != 0x20b) bytes_.refuse("its optional header is of no known kind");
    const std::uint64_t directories = optional + (magic == 0x20b ? 112 : 96);
    if (bytes_.u32(directories - 4) > 1) read_imports(bytes_.u32(directories + 8));
    return std::move(reading_);
  }

 private:
  void read_sections(std::uint64_t table) {
    const std::uint64_t strings = bytes_.u32(header_ + 12) + std::uint64_t{18} * bytes_.u32(header_ + 16);
    const unsigned count = bytes_.u16(header_ + 6);
    for (unsigned i = 0; i < count; ++i) {
      const std::uint64_t at = table + std::uint64_t{40} * i;
      Section section{bytes_.text(at, 8), bytes_.u32(at + 8), bytes_.u32(at + 12), bytes_.u32(at + 16),
                      bytes_.u32(at + 20)};
      // a name of more than eight letters stands in the string table: "/4"
      unsigned offset = 0;
      const std::string& name = section.name;
      if (name.starts_with("/") &&
          std::from_chars(name.data() + 1, name.data() + name.size(), offset).ec == std::errc() &&
          strings + offset < bytes_.size())
        section.name = bytes_.text(strings + offset, longest_section_name);
      if (section.name.starts_with(".debug_") || section.name.starts_with(".zdebug_"))
        reading_.facts.debug = true;
      if (section.name == ".data" || section.name == ".go.buildinfo")
        reading_.add_piece(bytes_, {section.address, bytes_.part(section.offset, section.size)});
      reading_.add_section(bytes_, section.name, section.size);
      sections_.push_back(std::move(section));
    }
  }

  std::uint64_t offset_of(std::uint32_t address) const {
    for (const Section& section : sections_) {
      if (address >= section.address && address - section.address < section.size)
        return std::uint64_t{section.offset} + (address - section.address);
    }
    bytes_.refuse("an address in it is in no section");
  }

  void read_imports(std::uint32_t address) {
    if (address == 0) return;
    std::uint64_t at = offset_of(address);
    for (;; at += 20) {
      const std::uint32_t name = bytes_.u32(at + 12);
      if (name == 0) return;
      reading_.add_library(bytes_, bytes_.text(offset_of(name), 256));
    }
  }

  const Bytes& bytes_;
  std::uint64_t header_;
  std::vector<Section> sections_;
  FormatReading reading_;
};

}  // namespace

FormatReading read_pe(const Bytes& bytes) {
  return PeReader(bytes).read();
}

}  // namespace gostrap
