// What the readers of the four formats find in a program, and how much of it there may be.
#pragma once

#include "program/bytes.hpp"
#include "program/facts.hpp"
#include "program/memory.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace gostrap {

// More than any linker writes; a file that claims more is refused.
constexpr std::uint64_t most_sections = 10'000;
constexpr std::size_t most_libraries = 1000;
constexpr std::size_t most_pieces = 1'000'000;  // of WebAssembly's, which leaves out zeros
constexpr std::size_t longest_section_name = 256;
constexpr std::size_t longest_library_name = 4096;
/// Pieces may lie one over the other, a section in its segment; in all they are so many times the file.
constexpr std::uint64_t most_times_read = 2;

/// However a file is made, it takes no more than a few times its size to look through this.
struct FormatReading {
  ProgramFacts facts;
  std::vector<MemoryPiece> data;  ///< in which build information may lie
  std::string go_version;         ///< of WebAssembly, which has no header before its build information

  /// All of these throw Error where the file has too much of it.
  void add_piece(const Bytes& file, MemoryPiece piece);
  void add_section(const Bytes& file, std::string name, std::uint64_t size);
  void add_library(const Bytes& file, std::string name);

 private:
  std::uint64_t piece_bytes_ = 0;
};

}  // namespace gostrap
