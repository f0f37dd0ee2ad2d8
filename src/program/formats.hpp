// The readers of the four formats; only program_facts.cpp and the tests call them.
#pragma once

#include "program/bytes.hpp"
#include "program/facts.hpp"

#include <utility>
#include <vector>

namespace gostrap {

/// A piece of the program's memory as the file holds it, in which build information may lie.
struct MemoryPiece {
  std::uint64_t address = 0;
  std::string_view bytes;
};

// More than any linker writes; a file that claims more is refused.
constexpr std::uint64_t most_sections = 10'000;
constexpr std::size_t most_libraries = 1000;
constexpr std::size_t most_pieces = 1'000'000;  // of WebAssembly's, which leaves out zeros
constexpr std::size_t longest_section_name = 256;
constexpr std::size_t longest_library_name = 4096;
/// Pieces may lie one over the other, a section in its segment; in all they are so many times the file.
constexpr std::uint64_t most_times_read = 2;

/// What a reader finds. However a file is made, it takes no more than a few times its size to look through
/// this.
struct FormatReading {
  ProgramFacts facts;
  std::vector<MemoryPiece> data;
  std::string go_version;  ///< of WebAssembly, which has no header before its build information

  /// All of these throw Error where the file has too much of it.
  void add_piece(const Bytes& file, MemoryPiece piece);
  void add_section(const Bytes& file, std::string name, std::uint64_t size);
  void add_library(const Bytes& file, std::string name);

 private:
  std::uint64_t piece_bytes_ = 0;
};

FormatReading read_elf_program(const Bytes& bytes);
FormatReading read_pe_program(const Bytes& bytes);
FormatReading read_macho_program(const Bytes& bytes);
FormatReading read_wasm_program(const Bytes& bytes);

/// Finds Go's build information in the inline form of Go 1.18 and later (debug/buildinfo). Nothing where
/// there is none; `why` says so.
std::optional<BuildInfo> find_build_info(const std::vector<MemoryPiece>& data, std::string& why);

}  // namespace gostrap
