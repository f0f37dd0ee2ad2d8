#include "program/expectations.hpp"

#include "release/port.hpp"
#include "release/setting.hpp"
#include "support/error.hpp"
#include "support/strings.hpp"

#include <algorithm>
#include <optional>

namespace gostrap {
namespace {

const Version newest_of_all{1, 999, 0};  // knows every value that any release does

/// A word, whether it holds, and what is so.
struct Claim {
  const char* word;
  bool holds;
  std::string is;
};

bool needs(const ProgramFacts& facts, const std::string& library) {
  return std::find(facts.needed.begin(), facts.needed.end(), library) != facts.needed.end();
}

/// "interpreter=PATH" and "needs=LIBRARY": why it is not so, empty where it is; nothing for another word.
std::optional<std::string> unmet_linkage(const ProgramFacts& facts, const std::string& key,
                                         const std::string& value) {
  if (key == "interpreter") {
    if (facts.interpreter == value) return "";
    return facts.interpreter.empty() ? "it has none" : "it is " + facts.interpreter;
  }
  if (key != "needs") return std::nullopt;
  if (needs(facts, value)) return "";
  return facts.needed.empty() ? "it needs no library" : "it needs " + join(facts.needed, ", ");
}

std::vector<Claim> claims(const ProgramFacts& facts) {
  const std::string linkage =
      facts.is_static() ? "it is static"
                        : "it needs " + (facts.needed.empty() ? facts.interpreter : facts.needed.front());
  const std::string names = facts.symbols ? "it has a symbol table" : "it has no symbol table";
  const std::string dwarf = facts.debug ? "it has debug information" : "it has no debug information";
  const bool trimmed = facts.build && facts.build->setting("-trimpath") == "true";
  const bool glibc = needs(facts, "libc.so.6") || facts.interpreter.find("/ld-linux") != std::string::npos;
  const bool musl = facts.interpreter.find("/ld-musl") != std::string::npos;
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
      {"cgo", cgo, facts.build ? "it was built without cgo" : facts.no_build},
      {"glibc", glibc, linkage},
      {"musl", musl, linkage},
      {"no-cgo", facts.build && !cgo, facts.build ? "it was built with cgo" : facts.no_build},
      {"go", facts.build.has_value(), facts.no_build},
  };
}

}  // namespace

std::vector<std::string> expectation_words() {
  std::vector<std::string> words;
  for (const Claim& claim : claims({})) words.emplace_back(claim.word);
  return words;
}

std::string why_no_such_level(const std::string& name, const std::string& value) {
  const Setting* const setting = find_setting(name);
  if (setting == nullptr || setting->architectures.empty()) return {};
  const std::vector<std::string> values = setting_values(name, newest_of_all);
  const std::vector<std::string> suffixes = setting_suffixes(name, newest_of_all);
  const auto* allowed = &values;  // of the first part; suffixes follow
  bool known = true;
  for (const std::string_view part : split(value, ",")) {
    known = known && std::find(allowed->begin(), allowed->end(), part) != allowed->end();
    allowed = &suffixes;
  }
  if (known || values.empty()) return {};
  return "there is no " + name + "=" + value + ": " + name + " is " + enumeration(values, " or ");
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
      if (const auto why = unmet_linkage(facts, key, word.substr(equals + 1))) {
        if (!why->empty()) unmet.push_back(word + ": " + *why);
        continue;
      }
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
      throw UsageError(
          "--expect does not know \"" + word + "\"" + (near ? ", did you mean " + *near + "?" : ""),
          "It knows " + join(names, ", ") + ", a port, a Go version (go1.24.4) and settings (GOAMD64=v3).");
    }
  }
  return unmet;
}

}  // namespace gostrap
