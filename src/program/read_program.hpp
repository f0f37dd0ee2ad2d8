// Reads programs: ELF, PE, Mach-O and WebAssembly. The file may be anybody's: every offset is checked, and
// what does not fit is refused.
#pragma once

#include "program/facts.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace gostrap {

/// "ELF", "PE", "Mach-O" or "WebAssembly", by the first four bytes; empty for anything else.
std::string_view program_format(std::string_view start);
std::string_view program_file_format(const std::filesystem::path& file);

/// Throws Error for what is none of the four formats, or damaged; `name` stands in it.
ProgramFacts read_program(std::string_view bytes, const std::string& name);
ProgramFacts read_program_file(const std::filesystem::path& file);
/// Nothing where the file is not ELF.
std::optional<ProgramFacts> read_elf_file(const std::filesystem::path& file);

}  // namespace gostrap
