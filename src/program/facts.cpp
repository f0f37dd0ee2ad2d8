#include "program/facts.hpp"

#include "program/formats.hpp"
#include "release/port.hpp"
#include "release/setting.hpp"
#include "support/interrupt.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace gostrap {
namespace {

constexpr std::string_view magic = "\xff Go buildinf:";
constexpr std::uint64_t header_size = 32;
const Version newest_of_all{1, 999, 0};  // knows every value that any release does
constexpr std::uint64_t longest_text = std::uint64_t{16} << 20U;

/// What lies at an address, though it may be spread over pieces with zeros between them (wasm leaves those
/// out).
class Memory {
 public:
  explicit Memory(const std::vector<MemoryPiece>& pieces) : pieces_(pieces) {}

  /// Exactly `size` bytes; nothing where none of them is in the file.
  std::optional<std::string> read(std::uint64_t address, std::uint64_t size) const {
    std::string result(size, '\0');
    bool any = size == 0;
    for (const MemoryPiece& piece : pieces_) {
      const std::uint64_t end = piece.address + piece.bytes.size();
      const std::uint64_t from = std::max(address, piece.address);
      const std::uint64_t to = std::min(address + size, end);
      if (end < piece.address || from >= to) continue;
      any = true;
      std::copy_n(piece.bytes.data() + (from - piece.address), to - from, result.data() + (from - address));
    }
    return any ? std::optional(result) : std::nullopt;
  }

  /// A text after its length; `address` moves behind it.
  std::optional<std::string> text(std::uint64_t& address) const {
    std::uint64_t size = 0;
    for (unsigned shift = 0; shift < 63; shift += 7) {
      const std::optional<std::string> byte = read(address++, 1);
      if (!byte) return std::nullopt;
      size |= std::uint64_t{static_cast<unsigned char>(byte->front()) & 0x7fU} << shift;
      if ((static_cast<unsigned char>(byte->front()) & 0x80U) == 0) {
        if (size > longest_text) return std::nullopt;
        std::optional<std::string> result = read(address, size);
        address += size;
        return result;
      }
    }
    return std::nullopt;
  }

 private:
  const std::vector<MemoryPiece>& pieces_;
};

std::optional<std::uint64_t> find_header(const std::vector<MemoryPiece>& data) {
  for (const MemoryPiece& piece : data) {
    check_interrupt();
    for (std::size_t at = piece.bytes.find(magic); at != std::string_view::npos;
         at = piece.bytes.find(magic, at + 1)) {
      if ((piece.address + at) % 16 == 0) return piece.address + at;
    }
  }
  return std::nullopt;
}

/// A word, whether it holds, and what is so.
struct Claim {
  const char* word;
  bool holds;
  std::string is;
};

std::vector<Claim> claims(const ProgramFacts& facts) {
  const std::string linkage =
      facts.is_static() ? "it is static"
                        : "it needs " + (facts.needed.empty() ? facts.interpreter : facts.needed.front());
  const std::string names = facts.symbols ? "it has a symbol table" : "it has no symbol table";
  const std::string dwarf = facts.debug ? "it has debug information" : "it has no debug information";
  const bool trimmed = facts.build && facts.build->setting("-trimpath") == "true";
  const bool cgo = facts.build && facts.build->setting("CGO_ENABLED") == "1";
  return {
      {"static", facts.is_static(), linkage},
      {"dynamic", !facts.is_static(), linkage},
      {"stripped", !facts.symbols && !facts.debug, facts.symbols ? names : dwarf},
      {"symbols", facts.symbols, names},
      {"debug", facts.debug, dwarf},
      {"no-debug", !facts.debug, dwarf},
      {"pie", facts.position_independent, "it is not position independent"},
      {"no-pie", !facts.position_independent, "it is position independent"},
      {"trimmed", trimmed, facts.build ? "it was built without -trimpath" : facts.no_build},
      {"no-cgo", facts.build && !cgo, facts.build ? "it was built with cgo" : facts.no_build},
      {"go", facts.build.has_value(), facts.no_build},
  };
}

/// In WebAssembly there is only the text that the program itself would print, between its marks.
std::optional<BuildInfo> marked_build_info(const FormatReading& reading, std::string& why) {
  for (const MemoryPiece& piece : reading.data) {
    const std::optional<std::string> marked = find_marked(piece.bytes);
    if (!marked) continue;
    try {
      BuildInfo info = parse_build_info(*marked);
      info.go_version = reading.go_version;
      return info;
    } catch (const Error& error) {
      why = std::string("its build information is damaged: ") + error.why();
      return std::nullopt;
    }
  }
  why = "it has no build information of Go";
  return std::nullopt;
}

}  // namespace

std::optional<BuildInfo> find_build_info(const std::vector<MemoryPiece>& data, std::string& why) {
  const std::optional<std::uint64_t> header = find_header(data);
  if (!header) {
    why = "it has no build information of Go";
    return std::nullopt;
  }
  const Memory memory(data);
  const std::optional<std::string> flags = memory.read(*header + magic.size(), header_size - magic.size());
  if (!flags || ((*flags)[1] & 2) == 0) {
    why = "its build information is in the form of Go 1.17 and before, which is not read";
    return std::nullopt;
  }
  std::uint64_t address = *header + header_size;
  const std::optional<std::string> version = memory.text(address);
  const std::optional<std::string> module = version ? memory.text(address) : std::nullopt;
  if (!version || !module) {
    why = "its build information is damaged";
    return std::nullopt;
  }
  try {
    BuildInfo info = parse_build_info(without_marks(*module).value_or(""));
    info.go_version = *version;
    return info;
  } catch (const Error& error) {
    why = std::string("its build information is damaged: ") + error.why();
    return std::nullopt;
  }
}

std::string ProgramFacts::level() const {
  if (!build) return {};
  for (const char* name :
       {"GOAMD64", "GOARM64", "GORISCV64", "GO386", "GOARM", "GOMIPS", "GOMIPS64", "GOPPC64", "GOWASM"}) {
    const std::string value = build->setting(name);
    if (!value.empty()) return std::string(name) + "=" + value;
  }
  return {};
}

ProgramFacts program_facts(std::string_view bytes, const std::string& name) {
  const Bytes little(bytes, name);
  FormatReading reading;
  if (bytes.starts_with("\x7f"
                        "ELF")) {
    reading = read_elf_program(little);
  } else if (bytes.starts_with("MZ")) {
    reading = read_pe_program(little);
  } else if (bytes.starts_with("\xcf\xfa\xed\xfe")) {
    reading = read_macho_program(little);
  } else if (bytes.starts_with(std::string_view("\0asm", 4))) {
    reading = read_wasm_program(little);
  } else {
    throw Error("read the program " + name, "it is no ELF, PE, Mach-O (64-bit) or WebAssembly");
  }
  ProgramFacts facts = std::move(reading.facts);
  facts.build = facts.format == "WebAssembly" ? marked_build_info(reading, facts.no_build)
                                              : find_build_info(reading.data, facts.no_build);
  if (facts.build && !facts.build->setting("GOOS").empty()) facts.goos = facts.build->setting("GOOS");
  return facts;
}

namespace {

Json raw_json(const ProgramFacts& facts) {
  Json json;
  json["format"] = facts.format;
  json["goos"] = facts.goos;
  json["goarch"] = facts.goarch;
  json["static"] = facts.is_static();
  json["interpreter"] = facts.interpreter;
  json["needed"] = facts.needed;
  if (facts.format == "WebAssembly") json["hostModules"] = facts.host_modules;
  json["pie"] = facts.position_independent;
  json["symbols"] = facts.symbols;
  json["debug"] = facts.debug;
  json["level"] = facts.level();
  json["sections"] = Json::array();
  for (const ProgramSection& section : facts.sections)
    json["sections"].push_back({{"name", section.name}, {"size", section.size}});
  if (!facts.build) {
    json["build"] = nullptr;
    return json;
  }
  Json& build = json["build"];
  build["go"] = facts.build->go_version;
  build["path"] = facts.build->path;
  build["settings"] = Json::object();
  for (const auto& [key, value] : facts.build->settings) build["settings"][key] = value;
  build["text"] = text(*facts.build);
  return json;
}

}  // namespace

Json to_json(const ProgramFacts& facts) {
  // names in a strange file need not be UTF-8, and JSON must be
  return Json::parse(raw_json(facts).dump(-1, ' ', false, Json::error_handler_t::replace));
}

std::string why_no_such_level(const std::string& name, const std::string& value) {
  const Setting* const setting = find_setting(name);
  if (setting == nullptr || setting->architectures.empty()) return {};
  const std::vector<std::string> values = setting_values(name, newest_of_all);
  const std::size_t comma = std::min(value.find(','), value.size());
  bool known = std::find(values.begin(), values.end(), value.substr(0, comma)) != values.end();
  const std::vector<std::string> suffixes = setting_suffixes(name, newest_of_all);
  for (std::size_t start = comma + 1; start <= value.size();) {
    const std::size_t end = std::min(value.find(',', start), value.size());
    known = known &&
            std::find(suffixes.begin(), suffixes.end(), value.substr(start, end - start)) != suffixes.end();
    start = end + 1;
  }
  if (known || values.empty()) return {};
  std::string all;
  for (std::size_t i = 0; i < values.size(); ++i)
    all += (i == 0 ? "" : i + 1 == values.size() ? " or " : ", ") + values[i];
  return "there is no " + name + "=" + value + ": " + name + " is " + all;
}

std::vector<std::string> unmet_expectations(const ProgramFacts& facts,
                                            const std::vector<std::string>& words) {
  std::vector<std::string> unmet;
  const std::vector<Claim> known = claims(facts);
  for (const std::string& word : words) {
    const auto claim =
        std::find_if(known.begin(), known.end(), [&](const Claim& each) { return word == each.word; });
    if (claim != known.end()) {
      if (!claim->holds) unmet.push_back(word + ": " + claim->is);
    } else if (const std::size_t equals = word.find('='); equals != std::string::npos) {
      const std::string key = word.substr(0, equals);
      if (const std::string why = why_no_such_level(key, word.substr(equals + 1)); !why.empty())
        throw UsageError("--expect " + word + ": " + why);
      const std::string is = facts.build ? facts.build->setting(key) : "";
      if (!facts.build) {
        unmet.push_back(word + ": " + facts.no_build);
      } else if (is != word.substr(equals + 1)) {
        unmet.push_back(word + ": it is " + (is.empty() ? "not set" : key + "=" + is));
      }
    } else if (word.starts_with("go1.")) {
      const std::string is = facts.build ? facts.build->go_version : facts.no_build;
      if (is != word) unmet.push_back(word + ": " + is);
    } else if (word.find('/') != std::string::npos) {
      const std::string is =
          (facts.goos.empty() ? "?" : facts.goos) + "/" + (facts.goarch.empty() ? "?" : facts.goarch);
      if (is != parse_port(word).text()) unmet.push_back(word + ": it is for " + is);
    } else {
      std::vector<std::string> names;
      for (const Claim& each : known) names.emplace_back(each.word);
      const std::optional<std::string> near = nearest(word, names);
      std::string all;
      for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
      throw UsageError(
          "--expect does not know \"" + word + "\"" + (near ? ", did you mean " + *near + "?" : ""),
          "It knows " + all + ", a port, a Go version (go1.24.4) and settings (GOAMD64=v3).");
    }
  }
  return unmet;
}

}  // namespace gostrap
