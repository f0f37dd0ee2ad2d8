#include "program/read_program.hpp"

#include "program/find_build_info.hpp"
#include "program/format_elf.hpp"
#include "program/format_macho.hpp"
#include "program/format_pe.hpp"
#include "program/format_wasm.hpp"
#include "support/files.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace gostrap {
namespace {

constexpr std::size_t largest_program = std::size_t{1} << 30U;
constexpr const char* webassembly = "WebAssembly";

struct Format {
  std::string_view magic;
  const char* name;
  FormatReading (*read)(const Bytes& bytes);
};

constexpr std::array formats{
    Format{"\x7f"
           "ELF",
           "ELF", read_elf},
    Format{"MZ", "PE", read_pe},
    Format{"\xcf\xfa\xed\xfe", "Mach-O", read_macho},
    Format{std::string_view("\0asm", 4), webassembly, read_wasm},
};

const Format* find_format(std::string_view start) {
  const auto found = std::find_if(formats.begin(), formats.end(),
                                  [&](const Format& each) { return start.starts_with(each.magic); });
  return found == formats.end() ? nullptr : &*found;
}

void add_build_info(FormatReading& reading) {
  ProgramFacts& facts = reading.facts;
  if (facts.format == webassembly) {
    facts.build = find_marked_build_info(reading.data, facts.no_build);
    if (facts.build) facts.build->go_version = reading.go_version;
  } else {
    facts.build = find_build_info(reading.data, facts.no_build);
  }
  if (facts.build && !facts.build->setting("GOOS").empty()) facts.goos = facts.build->setting("GOOS");
}

}  // namespace

std::string_view program_format(std::string_view start) {
  const Format* const format = find_format(start);
  return format != nullptr ? format->name : "";
}

std::string_view program_file_format(const fs::path& file) {
  return program_format(first_bytes(open_for_reading(file), 4));
}

ProgramFacts read_program(std::string_view bytes, const std::string& name) {
  const Bytes file(bytes, name);
  const Format* const format = find_format(bytes);
  if (format == nullptr) file.refuse("it is no ELF, PE, Mach-O (64-bit) or WebAssembly");
  FormatReading reading = format->read(file);
  reading.facts.format = format->name;
  add_build_info(reading);
  return std::move(reading.facts);
}

ProgramFacts read_program_file(const fs::path& file) {
  return read_program(read_file(file, largest_program), file.string());
}

std::optional<ProgramFacts> read_elf_file(const fs::path& file) {
  if (program_file_format(file) != "ELF") return std::nullopt;
  return read_program_file(file);
}

}  // namespace gostrap
