// What an ELF file says about its linkage, read with libelf.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

struct ElfFacts {
  std::string interpreter;          ///< PT_INTERP; empty for a static program
  std::vector<std::string> needed;  ///< DT_NEEDED
  bool debug_sections = false;      ///< has .debug_* or .zdebug_* sections
  bool is_static() const { return interpreter.empty() && needed.empty(); }
};

/// Nothing when the file is not ELF. Throws Error for ELF that cannot be read.
std::optional<ElfFacts> read_elf(const std::filesystem::path& file);

}  // namespace gostrap
