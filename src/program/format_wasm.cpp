#include "program/format_wasm.hpp"

#include "support/interrupt.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace gostrap {
namespace {

constexpr std::size_t most_host_modules = 100;

constexpr std::array section_names{"custom", "type",  "import",  "function", "table", "memory",    "global",
                                   "export", "start", "element", "code",     "data",  "datacount", "tag"};

std::string name_at(const Bytes& bytes, std::uint64_t& at) {
  const std::uint64_t size = bytes.leb128(at);
  const std::string name(bytes.part(at, std::min<std::uint64_t>(size, 4096)));
  bytes.part(at, size);
  at += size;
  return name;
}

void skip_limits(const Bytes& bytes, std::uint64_t& at) {
  const bool has_most = (bytes.number(at++, 1) & 1U) != 0;
  bytes.leb128(at);
  if (has_most) bytes.leb128(at);
}

void read_imports(const Bytes& bytes, std::uint64_t at, ProgramFacts& facts) {
  const std::uint64_t count = bytes.leb128(at);
  std::set<std::string> seen;
  for (std::uint64_t i = 0; i < count; ++i) {
    if (i % 4096 == 0) check_interrupt();
    const std::string module = name_at(bytes, at);
    name_at(bytes, at);
    if (seen.size() < most_host_modules && seen.insert(module).second) facts.host_modules.push_back(module);
    switch (bytes.number(at++, 1)) {
      case 0:  // a function and its type
        bytes.leb128(at);
        break;
      case 1:  // a table
        ++at;
        skip_limits(bytes, at);
        break;
      case 2:  // a memory
        skip_limits(bytes, at);
        break;
      case 3:  // a global
        at += 2;
        break;
      default:
        bytes.refuse("it imports what there is not");
    }
  }
}

/// Which Go made it, by the tool conventions' section "producers": fields of names and versions.
std::string producer(const Bytes& bytes, std::uint64_t at) {
  const std::uint64_t fields = bytes.leb128(at);
  for (std::uint64_t field = 0; field < fields; ++field) {
    name_at(bytes, at);
    const std::uint64_t values = bytes.leb128(at);
    for (std::uint64_t value = 0; value < values; ++value) {
      const std::string name = name_at(bytes, at);
      const std::string version = name_at(bytes, at);
      if (name == "Go") return version;
    }
  }
  return {};
}

void read_data(const Bytes& bytes, std::uint64_t at, FormatReading& reading) {
  const std::uint64_t count = bytes.leb128(at);
  for (std::uint64_t i = 0; i < count; ++i) {
    if (i % 4096 == 0) check_interrupt();
    // Go's linker writes segments for memory 0 at constant addresses, and no others
    if (bytes.leb128(at) != 0 || bytes.number(at++, 1) != 0x41) return;
    const std::uint64_t address = bytes.leb128(at);
    if (bytes.number(at++, 1) != 0x0b) return;
    const std::uint64_t size = bytes.leb128(at);
    reading.add_piece(bytes, {address, bytes.part(at, size)});
    at += size;
  }
}

}  // namespace

FormatReading read_wasm(const Bytes& bytes) {
  if (bytes.u32(4) != 1) bytes.refuse("it is of a version of WebAssembly that is not known");
  FormatReading reading;
  ProgramFacts& facts = reading.facts;
  facts.goarch = "wasm";
  for (std::uint64_t at = 8; at < bytes.size();) {
    const std::uint64_t id = bytes.number(at++, 1);
    const std::uint64_t size = bytes.leb128(at);
    const Bytes section(bytes.part(at, size), bytes.name());  // nothing in it leads beyond it
    std::uint64_t inside = 0;
    std::string name = id < section_names.size() ? section_names[id] : "section " + std::to_string(id);
    if (id == 0) name = name_at(section, inside);
    if (id == 0 && name == "name") facts.symbols = true;
    if (id == 0 && name.starts_with(".debug_")) facts.debug = true;
    if (id == 2) read_imports(section, inside, facts);
    if (id == 11) read_data(section, inside, reading);
    if (id == 0 && name == "producers") reading.go_version = producer(section, inside);
    reading.add_section(bytes, std::move(name), size);
    at += size;
  }
  for (const std::string& module : facts.host_modules) {
    if (module.starts_with("wasi_")) facts.goos = "wasip1";
    if (module == "gojs" || module == "go") facts.goos = "js";
  }
  return reading;
}

}  // namespace gostrap
