#include "program/linked.hpp"

#include "support/strings.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace gostrap {
namespace {

/// Whether Go's linker made it: another program may have the same names among its texts.
bool is_of_go(const ProgramFacts& facts) {
  return facts.build ||
         std::any_of(facts.sections.begin(), facts.sections.end(), [](const ProgramSection& each) {
           return each.name.find("gopclntab") != std::string::npos;
         });
}

class Linked {
 public:
  Linked(const ProgramFacts& facts, std::string_view program)
      : facts_(facts), program_(program), of_go_(is_of_go(facts)) {}

  std::vector<LinkedPart> all() {
    sanitizers();
    boring();
    fips();
    zones();
    return std::move(parts_);
  }

 private:
  /// Where a name of a function that begins so stands in a program of Go, behind the NUL before it (pclntab
  /// has them one after the other); npos where there is none.
  std::size_t find_function(const std::string& begin) const {
    const std::size_t at = of_go_ ? program_.find(std::string(1, '\0') + begin) : std::string_view::npos;
    return at == std::string_view::npos ? at : at + 1;
  }

  std::string setting(const std::string& key) const {
    return facts_.build ? facts_.build->setting(key) : std::string();
  }

  static std::string by_setting(const std::string& key, const std::string& value) {
    return "build information: " + key + "=" + value;
  }

  void note_functions(LinkedPart& part, const std::string& begin) const {
    if (find_function(begin) != std::string_view::npos) part.shown_by.push_back("functions " + begin + "…");
  }
  void add_if_shown(LinkedPart part) {
    if (!part.shown_by.empty()) parts_.push_back(std::move(part));
  }

  /// A function of runtime's that is there only with them (runtime/race.go, msan.go, asan.go).
  void sanitizers() {
    struct Sanitizer {
      const char *name, *what, *function;
    };
    for (const auto& [name, what, function] :
         {Sanitizer{"race", "the runtime of the race detector (ThreadSanitizer)", "runtime.raceinit"},
          Sanitizer{"msan", "the C compiler's MemorySanitizer", "runtime.domsanread"},
          Sanitizer{"asan", "the C compiler's AddressSanitizer", "runtime.doasanread"}}) {
      LinkedPart part{name, what, {}, {}};
      const std::string key = std::string("-") + name;
      if (setting(key) == "true") part.shown_by.push_back(by_setting(key, "true"));
      if (part.name == "race") part.source = race_source();
      if (find_function(function + std::string(1, '\0')) != std::string_view::npos)
        part.shown_by.push_back(std::string("the function ") + function);
      add_if_shown(std::move(part));
    }
  }

  /// runtime/race: race_GOOS_GOARCH.syso, and of amd64 one for each level that there is (go:build amd64.v3).
  std::string race_source() const {
    if (facts_.goos.empty() || facts_.goarch.empty()) return {};
    if (facts_.goarch != "amd64")
      return "src/runtime/race/race_" + facts_.goos + "_" + facts_.goarch + ".syso";
    const std::string level = setting("GOAMD64");
    const bool v3 = facts_.goos == "linux" && (level == "v3" || level == "v4");
    return std::string("src/runtime/race/internal/amd64v") + (v3 ? "3" : "1") + "/race_" + facts_.goos +
           ".syso";
  }

  void boring() {
    LinkedPart part{"boringcrypto", "BoringCrypto, the core of BoringSSL", {}, {}};
    if (!facts_.goarch.empty())
      part.source = "src/crypto/internal/boring/syso/goboringcrypto_linux_" + facts_.goarch + ".syso";
    // it works with cgo only; without, the experiment changes nothing in the program
    const bool cgo = setting("CGO_ENABLED") != "0";
    const std::string experiments = setting("GOEXPERIMENT");
    for (const std::string_view each : split(experiments, ",")) {
      if (each == "boringcrypto" && cgo) part.shown_by.push_back(by_setting("GOEXPERIMENT", experiments));
    }
    note_functions(part, "_goboringcrypto_");
    add_if_shown(std::move(part));
  }

  /// A frozen module has its version in the paths of its packages. GOFIPS140=latest is the release's own
  /// source.
  void fips() {
    const std::string packages = "crypto/internal/fips140/v";
    const std::size_t at = find_function(packages);
    std::string version = setting("GOFIPS140");
    if (!version.starts_with('v')) version.clear();
    LinkedPart part{"fips140", "a frozen Go Cryptographic Module", {}, {}};
    if (!version.empty()) part.shown_by.push_back(by_setting("GOFIPS140", version));
    if (at != std::string_view::npos) {
      constexpr std::size_t longest = 64;
      const std::string_view name = program_.substr(at + packages.size() - 1, longest);
      const std::string in_path(name.substr(0, name.find('/')));
      const bool plain =
          in_path.size() > 1 && in_path[1] >= '0' && in_path[1] <= '9' &&
          in_path.find_first_not_of("v0123456789.-abcdefghijklmnopqrstuwxyz") == std::string::npos;
      if (plain && name.find('/') != std::string_view::npos) {
        part.shown_by.push_back("the packages crypto/internal/fips140/" + in_path);
        if (version.empty()) version = in_path;
      }
    }
    if (version.empty()) return;
    part.source = "lib/fips140/" + version + ".zip";
    parts_.push_back(std::move(part));
  }

  /// The zip that src/time/tzdata/zzipdata.go has as text: its first zone's name, between a local header and
  /// the zone. zoneinfo.zip is packed without compression.
  void zones() {
    constexpr std::string_view first_zone = "Africa/AbidjanTZif", header = "PK\x03\x04";
    constexpr std::size_t header_size = 30;
    LinkedPart part{"tzdata", "the time zones", "lib/time/zoneinfo.zip", {}};
    const std::string tags = setting("-tags");
    for (const std::string_view tag : split(tags, ",")) {
      if (tag == "timetzdata") part.shown_by.push_back(by_setting("-tags", tags));
    }
    const std::size_t at = program_.find(first_zone);
    if (at != std::string_view::npos && at >= header_size &&
        program_.substr(at - header_size, header.size()) == header)
      part.shown_by.emplace_back("the zones themselves");
    note_functions(part, "time/tzdata.");
    add_if_shown(std::move(part));
  }

  const ProgramFacts& facts_;
  std::string_view program_;
  bool of_go_;
  std::vector<LinkedPart> parts_;
};

}  // namespace

std::vector<LinkedPart> linked_parts(const ProgramFacts& facts, std::string_view program) {
  return Linked(facts, program).all();
}

Json to_json(const LinkedPart& part) {
  Json json = Json::object();
  json["name"] = part.name;
  json["what"] = part.what;
  if (!part.source.empty()) json["source"] = part.source;
  json["shownBy"] = part.shown_by;
  return json;
}

}  // namespace gostrap
