// What an ELF file says about its machine and its linkage, read with libelf.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

struct ElfFacts {
  std::string goarch;               ///< the machine it is for, as Go calls it; empty for one that Go has not
  bool cut_short = false;           ///< it ends before what it has to load
  bool program = false;             ///< it can be started, and is neither an object file nor a library
  std::string interpreter;          ///< PT_INTERP; empty for a static program
  std::vector<std::string> needed;  ///< DT_NEEDED
  bool debug_sections = false;      ///< has .debug_* or .zdebug_* sections
  bool is_static() const { return interpreter.empty() && needed.empty(); }
};

/// Nothing when the file is not ELF. Throws Error for ELF that cannot be read.
std::optional<ElfFacts> read_elf(const std::filesystem::path& file);

}  // namespace gostrap
