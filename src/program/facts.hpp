// What a program says of itself: linkage, sections, debug information, symbols and Go's build information.
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
  std::string goarch;       ///< by the header; empty for a machine that Go has not
  std::string interpreter;  ///< of ELF: PT_INTERP
  std::vector<std::string> needed;        ///< libraries: DT_NEEDED, imported DLLs, LC_LOAD_DYLIB
  std::vector<std::string> host_modules;  ///< of WebAssembly: what it imports from whoever runs it
  bool startable = false;                 ///< of ELF: it is neither an object file nor a library
  bool cut_short = false;                 ///< of ELF: the file ends before what is to be loaded
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

Json to_json(const ProgramFacts& facts);

}  // namespace gostrap
