#include "program/formats.hpp"

#include <gelf.h>
#include <libelf.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace gostrap {
namespace {

struct EndElf {
  void operator()(Elf* elf) const { elf_end(elf); }
};

std::string goarch_of(unsigned machine, bool wide, bool big_endian) {
  switch (machine) {
    case EM_X86_64:
      return "amd64";
    case EM_386:
      return "386";
    case EM_AARCH64:
      return "arm64";
    case EM_ARM:
      return "arm";
    case EM_RISCV:
      return wide ? "riscv64" : "riscv";
    case EM_S390:
      return "s390x";
    case EM_PPC64:
      return big_endian ? "ppc64" : "ppc64le";
    case EM_MIPS:
      return std::string("mips") + (wide ? "64" : "") + (big_endian ? "" : "le");
    case 258:  // EM_LOONGARCH, which older headers do not know
      return "loong64";
    default:
      return "";
  }
}

class ElfReader {
 public:
  explicit ElfReader(const Bytes& bytes) : bytes_(bytes) {
    require_few_sections();
    image_ = bytes.part(0, bytes.size());
    elf_version(EV_CURRENT);
    // libelf converts in place where it must: it gets a copy
    elf_.reset(elf_memory(image_.data(), image_.size()));
    if (!elf_ || elf_kind(elf_.get()) != ELF_K_ELF || gelf_getehdr(elf_.get(), &header_) == nullptr)
      bytes.refuse(std::string("it is no whole ELF file: ") + elf_errmsg(-1));
  }

  FormatReading read() {
    ProgramFacts& facts = reading_.facts;
    facts.format = "ELF";
    const bool big = header_.e_ident[EI_DATA] == ELFDATA2MSB;
    facts.goarch = goarch_of(header_.e_machine, header_.e_ident[EI_CLASS] == ELFCLASS64, big);
    if (header_.e_ident[EI_OSABI] == ELFOSABI_FREEBSD) facts.goos = "freebsd";
    facts.position_independent = header_.e_type == ET_DYN;
    read_segments();
    read_sections();
    return std::move(reading_);
  }

 private:
  /// libelf makes room for as many sections as there are said to be, before anybody can ask it how many.
  void require_few_sections() const {
    const bool wide = bytes_.number(EI_CLASS, 1) == ELFCLASS64;
    const Bytes file(bytes_.part(0, bytes_.size()), bytes_.name(), bytes_.number(EI_DATA, 1) == ELFDATA2MSB);
    const std::uint64_t table = wide ? file.u64(0x28) : file.u32(0x20);
    std::uint64_t count = file.u16(wide ? 0x3c : 0x30);
    // of a great many, the first section says it in the place of its size
    if (table != 0 && count == 0) count = wide ? file.u64(table + 0x20) : file.u32(table + 0x14);
    if (count > most_sections)
      bytes_.refuse("it has more than " + std::to_string(most_sections) + " sections, as no program has");
  }

  void read_segments() {
    std::size_t count = 0;
    if (elf_getphdrnum(elf_.get(), &count) != 0 || count > most_sections)
      bytes_.refuse("its program headers cannot be read");
    for (std::size_t i = 0; i < count; ++i) {
      GElf_Phdr segment;
      if (gelf_getphdr(elf_.get(), static_cast<int>(i), &segment) == nullptr) continue;
      if (segment.p_type == PT_INTERP)
        reading_.facts.interpreter =
            text_in(bytes_.part(segment.p_offset, segment.p_filesz), longest_library_name);
      if (segment.p_type == PT_LOAD && (segment.p_flags & PF_W) != 0)
        reading_.add_piece(bytes_, {segment.p_vaddr, bytes_.part(segment.p_offset, segment.p_filesz)});
    }
  }

  void read_sections() {
    std::size_t names = 0;
    std::size_t count = 0;
    if (elf_getshdrnum(elf_.get(), &count) != 0 || count > most_sections)
      bytes_.refuse("its sections cannot be read");
    if (elf_getshdrstrndx(elf_.get(), &names) != 0) return;
    const std::string_view name_table = bytes_of(names);
    for (Elf_Scn* section = elf_nextscn(elf_.get(), nullptr); section != nullptr;
         section = elf_nextscn(elf_.get(), section)) {
      GElf_Shdr header;
      if (gelf_getshdr(section, &header) == nullptr) continue;
      const std::string name = text_at(name_table, header.sh_name, longest_section_name);
      reading_.add_section(bytes_, name, header.sh_size);
      if (name.starts_with(".debug_") || name.starts_with(".zdebug_")) reading_.facts.debug = true;
      if (header.sh_type == SHT_SYMTAB) reading_.facts.symbols = true;
      if (header.sh_type == SHT_DYNAMIC) read_dynamic(header);
      if (header.sh_type == SHT_NOTE && name == ".note.netbsd.ident") reading_.facts.goos = "netbsd";
      if (header.sh_type == SHT_NOTE && name == ".note.openbsd.ident") reading_.facts.goos = "openbsd";
      if (name == ".go.buildinfo" && header.sh_type != SHT_NOBITS) {
        if (info_) bytes_.refuse("it has build information of Go twice");
        info_ = {header.sh_addr, bytes_.part(header.sh_offset, header.sh_size)};
      }
    }
    if (info_) {  // looked at before the segments
      reading_.add_piece(bytes_, *info_);
      std::rotate(reading_.data.begin(), reading_.data.end() - 1, reading_.data.end());
    }
  }

  void read_dynamic(const GElf_Shdr& header) {
    if (std::exchange(dynamic_, true)) bytes_.refuse("it has two tables of what it is linked with");
    const unsigned width = header_.e_ident[EI_CLASS] == ELFCLASS64 ? 8 : 4;
    const Bytes table(bytes_.part(header.sh_offset, header.sh_size), bytes_.name(),
                      header_.e_ident[EI_DATA] == ELFDATA2MSB);
    const std::string_view names = bytes_of(header.sh_link);
    for (std::uint64_t at = 0; at + std::uint64_t{2} * width <= table.size();
         at += std::uint64_t{2} * width) {
      const std::uint64_t tag = table.number(at, width);
      if (tag == DT_NULL) return;
      if (tag == DT_NEEDED)
        reading_.add_library(bytes_, text_at(names, table.number(at + width, width), longest_library_name));
    }
  }

  /// What a section holds. libelf's elf_strptr would look through all of it for every text.
  std::string_view bytes_of(std::size_t section) const {
    GElf_Shdr header;
    Elf_Scn* const found = elf_getscn(elf_.get(), section);
    if (found == nullptr || gelf_getshdr(found, &header) == nullptr || header.sh_type == SHT_NOBITS)
      return {};
    return bytes_.part(header.sh_offset, header.sh_size);
  }
  static std::string text_in(std::string_view bytes, std::size_t most) {
    return std::string(bytes.substr(0, std::min(bytes.substr(0, most).find('\0'), most)));
  }
  static std::string text_at(std::string_view table, std::uint64_t offset, std::size_t most) {
    return offset < table.size() ? text_in(table.substr(offset), most) : "";
  }

  const Bytes& bytes_;
  std::string image_;
  std::unique_ptr<Elf, EndElf> elf_;
  GElf_Ehdr header_{};
  std::optional<MemoryPiece> info_;
  bool dynamic_ = false;
  FormatReading reading_;
};

}  // namespace

FormatReading read_elf_program(const Bytes& bytes) {
  return ElfReader(bytes).read();
}

}  // namespace gostrap
