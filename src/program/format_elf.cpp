#include "program/format_elf.hpp"

#include <gelf.h>
#include <libelf.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace gostrap {
namespace {

struct EndElf {
  void operator()(Elf* elf) const { elf_end(elf); }
};

/// The e_machine values of cmd/link's targets (cmd/link/internal/ld/elf.go).
std::string elf_goarch(unsigned machine, bool wide, bool big_endian) {
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
      return wide ? "riscv64" : "";
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

std::string text_in(std::string_view bytes, std::size_t most) {
  return std::string(bytes.substr(0, std::min(bytes.substr(0, most).find('\0'), most)));
}
std::string text_at(std::string_view table, std::uint64_t offset, std::size_t most) {
  return offset < table.size() ? text_in(table.substr(offset), most) : "";
}

class ElfReader {
 public:
  explicit ElfReader(const Bytes& bytes)
      : file_(bytes.part(0, bytes.size()), bytes.name(), bytes.number(EI_DATA, 1) == ELFDATA2MSB),
        image_(bytes.part(0, bytes.size())) {
    require_few_sections();
    elf_version(EV_CURRENT);
    // libelf converts in place where it must: it gets a copy
    elf_.reset(elf_memory(image_.data(), image_.size()));
    if (!elf_ || elf_kind(elf_.get()) != ELF_K_ELF || gelf_getehdr(elf_.get(), &header_) == nullptr)
      file_.refuse(std::string("it is no whole ELF file: ") + elf_errmsg(-1));
  }

  FormatReading read() {
    ProgramFacts& facts = reading_.facts;
    facts.goarch = elf_goarch(header_.e_machine, wide(), big_endian());
    if (header_.e_ident[EI_OSABI] == ELFOSABI_FREEBSD) facts.goos = "freebsd";
    facts.position_independent = header_.e_type == ET_DYN;
    // a position-independent program is ET_DYN, like a library; but a library has no entry point
    facts.startable = header_.e_type == ET_EXEC || (header_.e_type == ET_DYN && header_.e_entry != 0);
    read_segments();
    read_sections();
    return std::move(reading_);
  }

 private:
  bool wide() const { return file_.number(EI_CLASS, 1) == ELFCLASS64; }
  bool big_endian() const { return file_.number(EI_DATA, 1) == ELFDATA2MSB; }

  /// libelf makes room for as many sections as there are said to be, before anybody can ask it how many.
  void require_few_sections() const {
    const std::uint64_t table = wide() ? file_.u64(0x28) : file_.u32(0x20);
    std::uint64_t count = file_.u16(wide() ? 0x3c : 0x30);
    const std::uint64_t size_of_first = table + (wide() ? 0x20 : 0x14);
    // of a great many, the first section says it in the place of its size
    if (table != 0 && count == 0 && file_.holds(size_of_first, 8))
      count = file_.number(size_of_first, wide() ? 8 : 4);
    if (count > most_sections)
      file_.refuse("it has more than " + std::to_string(most_sections) + " sections, as no program has");
  }

  void read_segments() {
    std::size_t count = 0;
    if (elf_getphdrnum(elf_.get(), &count) != 0 || count > most_sections)
      file_.refuse("its program headers cannot be read");
    // libelf counts only those that are there
    if (count < header_.e_phnum && header_.e_phnum != PN_XNUM) reading_.facts.cut_short = true;
    for (std::size_t i = 0; i < count; ++i) {
      GElf_Phdr segment;
      if (gelf_getphdr(elf_.get(), static_cast<int>(i), &segment) != nullptr)
        read_segment(segment);
      else
        reading_.facts.cut_short = true;
    }
  }

  void read_segment(const GElf_Phdr& segment) {
    if (segment.p_type != PT_LOAD && segment.p_type != PT_INTERP) return;
    if (!file_.holds(segment.p_offset, segment.p_filesz)) {
      reading_.facts.cut_short = true;
      return;
    }
    const std::string_view bytes = file_.part(segment.p_offset, segment.p_filesz);
    if (segment.p_type == PT_INTERP)
      reading_.facts.interpreter = text_in(bytes, longest_library_name);
    else if ((segment.p_flags & PF_W) != 0)
      reading_.add_piece(file_, {segment.p_vaddr, bytes});
  }

  /// A table that is not whole counts as none: a program runs without it.
  void read_sections() {
    std::size_t names = 0;
    if (elf_getshdrstrndx(elf_.get(), &names) != 0) return;
    const std::string_view name_table = bytes_of(names);
    for (Elf_Scn* section = elf_nextscn(elf_.get(), nullptr); section != nullptr;
         section = elf_nextscn(elf_.get(), section)) {
      GElf_Shdr header;
      if (gelf_getshdr(section, &header) == nullptr) return;
      read_section(header, text_at(name_table, header.sh_name, longest_section_name));
    }
    if (info_) {  // looked at before the segments
      reading_.add_piece(file_, *info_);
      std::rotate(reading_.data.begin(), reading_.data.end() - 1, reading_.data.end());
    }
  }

  void read_section(const GElf_Shdr& section, const std::string& name) {
    ProgramFacts& facts = reading_.facts;
    reading_.add_section(file_, name, section.sh_size);
    if (name.starts_with(".debug_") || name.starts_with(".zdebug_")) facts.debug = true;
    if (section.sh_type == SHT_SYMTAB) facts.symbols = true;
    if (section.sh_type == SHT_DYNAMIC) read_dynamic(section);
    if (section.sh_type == SHT_NOTE && name == ".note.netbsd.ident") facts.goos = "netbsd";
    if (section.sh_type == SHT_NOTE && name == ".note.openbsd.ident") facts.goos = "openbsd";
    if (section.sh_type != SHT_NOBITS && name == ".go.buildinfo") {
      if (info_) file_.refuse("it has build information of Go twice");
      info_ = {section.sh_addr, bytes_of(section)};
    }
  }

  /// To its end, as a loader reads it: what stands behind DT_NULL is not loaded.
  void read_dynamic(const GElf_Shdr& section) {
    if (std::exchange(dynamic_, true)) file_.refuse("it has two tables of what it is linked with");
    const unsigned width = wide() ? 8 : 4;
    const Bytes table(bytes_of(section), file_.name(), big_endian());
    const std::string_view names = bytes_of(section.sh_link);
    for (std::uint64_t at = 0; table.holds(at, std::uint64_t{2} * width); at += std::uint64_t{2} * width) {
      const std::uint64_t tag = table.number(at, width);
      if (tag == DT_NULL) return;
      if (tag == DT_NEEDED)
        reading_.add_library(file_, text_at(names, table.number(at + width, width), longest_library_name));
    }
  }

  /// What a section holds. libelf's elf_strptr would look through all of it for every text.
  std::string_view bytes_of(std::size_t index) const {
    GElf_Shdr header;
    Elf_Scn* const section = elf_getscn(elf_.get(), index);
    if (section == nullptr || gelf_getshdr(section, &header) == nullptr) return {};
    return bytes_of(header);
  }
  std::string_view bytes_of(const GElf_Shdr& section) const {
    return section.sh_type == SHT_NOBITS ? std::string_view()
                                         : file_.part(section.sh_offset, section.sh_size);
  }

  Bytes file_;  ///< in its own byte order
  std::string image_;
  std::unique_ptr<Elf, EndElf> elf_;
  GElf_Ehdr header_{};
  std::optional<MemoryPiece> info_;
  bool dynamic_ = false;
  FormatReading reading_;
};

}  // namespace

FormatReading read_elf(const Bytes& bytes) {
  return ElfReader(bytes).read();
}

}  // namespace gostrap
