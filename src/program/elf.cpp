#include "program/elf.hpp"

#include "support/error.hpp"
#include "support/files.hpp"

#include <gelf.h>
#include <libelf.h>

#include <memory>

namespace gostrap {
namespace {

struct EndElf {
  void operator()(Elf* elf) const { elf_end(elf); }
};

std::string string_at(Elf* elf, std::size_t section, std::size_t offset) {
  const char* text = elf_strptr(elf, section, offset);
  return text == nullptr ? "" : text;
}

/// The e_machine values of cmd/link's targets (cmd/link/internal/ld/elf.go).
std::string goarch_of(const GElf_Ehdr& header) {
  const bool little = header.e_ident[EI_DATA] == ELFDATA2LSB;
  const bool wide = header.e_ident[EI_CLASS] == ELFCLASS64;
  switch (header.e_machine) {
    case EM_386:
      return "386";
    case EM_X86_64:
      return "amd64";
    case EM_ARM:
      return "arm";
    case EM_AARCH64:
      return "arm64";
    case EM_RISCV:
      return wide ? "riscv64" : "";
    case EM_S390:
      return "s390x";
    case EM_PPC64:
      return little ? "ppc64le" : "ppc64";
    case EM_MIPS:
      return std::string("mips") + (wide ? "64" : "") + (little ? "le" : "");
    case 258:  // EM_LOONGARCH, which older libelf has no name for
      return "loong64";
    default:
      return "";
  }
}

/// Of which inspect says more; all of them are kept.
constexpr std::size_t most_libraries = 1000;

void read_dynamic(Elf* elf, Elf_Scn* section, const GElf_Shdr& header, const fs::path& file,
                  ElfFacts& facts) {
  Elf_Data* data = elf_getdata(section, nullptr);
  if (data == nullptr || header.sh_entsize == 0) return;
  for (std::size_t i = 0; i < header.sh_size / header.sh_entsize; ++i) {
    GElf_Dyn entry;
    if (gelf_getdyn(data, static_cast<int>(i), &entry) == nullptr) return;
    if (entry.d_tag == DT_NEEDED && facts.needed.size() == most_libraries)
      throw Error("read the ELF file " + file.string(),
                  "it needs more than " + std::to_string(most_libraries) + " libraries, as no program does");
    if (entry.d_tag == DT_NEEDED) facts.needed.push_back(string_at(elf, header.sh_link, entry.d_un.d_val));
  }
}

}  // namespace

std::optional<ElfFacts> read_elf(const fs::path& file) {
  elf_version(EV_CURRENT);
  const Fd fd = open_for_reading(file);
  const std::unique_ptr<Elf, EndElf> elf(elf_begin(fd.get(), ELF_C_READ_MMAP, nullptr));
  if (!elf || elf_kind(elf.get()) != ELF_K_ELF) return std::nullopt;
  ElfFacts facts;
  GElf_Ehdr head;
  if (gelf_getehdr(elf.get(), &head) == nullptr)
    throw Error("read the ELF file " + file.string(), elf_errmsg(-1));
  facts.goarch = goarch_of(head);
  // a position-independent program is ET_DYN, like a library; but a library has no entry point
  facts.program = head.e_type == ET_EXEC || (head.e_type == ET_DYN && head.e_entry != 0);
  std::size_t count = 0;
  std::size_t names = 0;
  if (elf_getphdrnum(elf.get(), &count) != 0)
    throw Error("read the ELF file " + file.string(), elf_errmsg(-1));
  std::size_t size = 0;
  const char* const bytes = elf_rawfile(elf.get(), &size);
  for (std::size_t i = 0; i < count; ++i) {
    GElf_Phdr header;
    if (gelf_getphdr(elf.get(), static_cast<int>(i), &header) == nullptr) {
      facts.cut_short = true;
      continue;
    }
    const bool inside = header.p_offset <= size && header.p_filesz <= size - header.p_offset;
    if (header.p_type == PT_LOAD && !inside) facts.cut_short = true;
    if (header.p_type == PT_INTERP && inside && bytes != nullptr)
      facts.interpreter = std::string(bytes + header.p_offset, header.p_filesz).c_str();
  }
  if (elf_getshdrstrndx(elf.get(), &names) != 0) return facts;
  for (Elf_Scn* section = elf_nextscn(elf.get(), nullptr); section != nullptr;
       section = elf_nextscn(elf.get(), section)) {
    GElf_Shdr header;
    if (gelf_getshdr(section, &header) == nullptr) continue;
    const std::string name = string_at(elf.get(), names, header.sh_name);
    if (name.compare(0, 7, ".debug_") == 0 || name.compare(0, 8, ".zdebug_") == 0)
      facts.debug_sections = true;
    if (header.sh_type == SHT_DYNAMIC) read_dynamic(elf.get(), section, header, file, facts);
  }
  return facts;
}

}  // namespace gostrap
