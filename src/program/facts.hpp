// What a program says of itself: linkage, sections, debug information, symbols and Go's build information,
// out of ELF, PE, Mach-O and WebAssembly. The file may be anybody's: every offset is checked, and what does
// not fit is refused.
#pragma once

#include "program/build_info.hpp"
#include "support/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

struct ProgramSection {
  std::string name;
  std::uint64_t size = 0;
};

struct ProgramFacts {
  std::string format;       ///< "ELF", "PE", "Mach-O" or "WebAssembly"
  std::string goos;         ///< by the build information, else by the format; empty where neither tells
  std::string goarch;       ///< by the header
  std::string interpreter;  ///< of ELF: PT_INTERP
  std::vector<std::string> needed;        ///< libraries: DT_NEEDED, imported DLLs, LC_LOAD_DYLIB
  std::vector<std::string> host_modules;  ///< of WebAssembly: what it imports from whoever runs it
  bool position_independent = false;
  bool symbols = false;  ///< has a symbol table of its own, or wasm's names
  bool debug = false;    ///< has DWARF
  std::vector<ProgramSection> sections;
  std::optional<BuildInfo> build;
  std::string no_build;  ///< why there is no build information

  bool is_static() const { return interpreter.empty() && needed.empty(); }
  /// "GOAMD64=v1"; empty where the build information tells of none
  std::string level() const;
};

/// Throws Error for what is none of the four formats, or damaged; `name` stands in it.
ProgramFacts program_facts(std::string_view bytes, const std::string& name);

Json to_json(const ProgramFacts& facts);

/// Why a level of a processor ("GOAMD64", "v5") is none that Go has; empty where it is one, or no such
/// setting.
std::string why_no_such_level(const std::string& name, const std::string& value);

/// The words that program_facts may be held against: "static", "stripped", "linux/arm64", "GOAMD64=v3", …
/// Those that do not hold, each with what is so. Throws UsageError for words that mean nothing.
std::vector<std::string> unmet_expectations(const ProgramFacts& facts, const std::vector<std::string>& words);

}  // namespace gostrap
