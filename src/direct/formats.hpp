// The readers of the four formats; only program_facts.cpp and the tests call them.
#pragma once

#include "direct/bytes.hpp"
#include "direct/program_facts.hpp"

#include <utility>
#include <vector>

namespace gostrap {

/// A piece of the program's memory as the file holds it, in which build information may lie.
struct MemoryPiece {
  std::uint64_t address = 0;
  std::string_view bytes;
};

struct FormatReading {
  ProgramFacts facts;
  std::vector<MemoryPiece> data;
  std::string go_version;  ///< of WebAssembly, which has no header before its build information
};

/// More than any linker writes; a file that claims more is refused.
constexpr std::uint64_t most_sections = 10'000;

FormatReading read_elf_program(const Bytes& bytes);
FormatReading read_pe_program(const Bytes& bytes);
FormatReading read_macho_program(const Bytes& bytes);
FormatReading read_wasm_program(const Bytes& bytes);

/// Finds Go's build information in the inline form of Go 1.18 and later (debug/buildinfo). Nothing where
/// there is none; `why` says so.
std::optional<BuildInfo> find_build_info(const std::vector<MemoryPiece>& data, std::string& why);

}  // namespace gostrap
