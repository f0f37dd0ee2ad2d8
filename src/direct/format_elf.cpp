#include "direct/formats.hpp"

#include <gelf.h>
#include <libelf.h>

#include <map>
#include <memory>

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
  explicit ElfReader(const Bytes& bytes) : bytes_(bytes), image_(bytes.part(0, bytes.size())) {
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
  void read_segments() {
    std::size_t count = 0;
    if (elf_getphdrnum(elf_.get(), &count) != 0 || count > most_sections)
      bytes_.refuse("its program headers cannot be read");
    for (std::size_t i = 0; i < count; ++i) {
      GElf_Phdr segment;
      if (gelf_getphdr(elf_.get(), static_cast<int>(i), &segment) == nullptr) continue;
      if (segment.p_type == PT_INTERP)
        reading_.facts.interpreter = std::string(bytes_.part(segment.p_offset, segment.p_filesz)).c_str();
      if (segment.p_type == PT_LOAD && (segment.p_flags & PF_W) != 0)
        reading_.data.push_back({segment.p_vaddr, bytes_.part(segment.p_offset, segment.p_filesz)});
    }
  }

  void read_sections() {
    std::size_t names = 0;
    std::size_t count = 0;
    if (elf_getshdrnum(elf_.get(), &count) != 0 || count > most_sections)
      bytes_.refuse("its sections cannot be read");
    if (elf_getshdrstrndx(elf_.get(), &names) != 0) return;
    for (Elf_Scn* section = elf_nextscn(elf_.get(), nullptr); section != nullptr;
         section = elf_nextscn(elf_.get(), section)) {
      GElf_Shdr header;
      if (gelf_getshdr(section, &header) == nullptr) continue;
      const std::string name = string_at(names, header.sh_name);
      reading_.facts.sections.push_back({name, header.sh_size});
      if (name.starts_with(".debug_") || name.starts_with(".zdebug_")) reading_.facts.debug = true;
      if (header.sh_type == SHT_SYMTAB) reading_.facts.symbols = true;
      if (header.sh_type == SHT_DYNAMIC) read_dynamic(section, header);
      if (header.sh_type == SHT_NOTE && name == ".note.netbsd.ident") reading_.facts.goos = "netbsd";
      if (header.sh_type == SHT_NOTE && name == ".note.openbsd.ident") reading_.facts.goos = "openbsd";
      if (name == ".go.buildinfo" && header.sh_type != SHT_NOBITS)
        reading_.data.insert(reading_.data.begin(),
                             {header.sh_addr, bytes_.part(header.sh_offset, header.sh_size)});
    }
  }

  void read_dynamic(Elf_Scn* section, const GElf_Shdr& header) {
    Elf_Data* data = elf_getdata(section, nullptr);
    if (data == nullptr || header.sh_entsize == 0) return;
    for (std::size_t i = 0; i < header.sh_size / header.sh_entsize; ++i) {
      GElf_Dyn entry;
      if (gelf_getdyn(data, static_cast<int>(i), &entry) == nullptr || entry.d_tag == DT_NULL) return;
      if (entry.d_tag == DT_NEEDED)
        reading_.facts.needed.push_back(string_at(header.sh_link, entry.d_un.d_val));
    }
  }

  std::string string_at(std::size_t section, std::size_t offset) {
    const char* text = elf_strptr(elf_.get(), section, offset);
    return text == nullptr ? "" : text;
  }

  const Bytes& bytes_;
  std::string image_;
  std::unique_ptr<Elf, EndElf> elf_;
  GElf_Ehdr header_{};
  FormatReading reading_;
};

}  // namespace

FormatReading read_elf_program(const Bytes& bytes) {
  return ElfReader(bytes).read();
}

}  // namespace gostrap
