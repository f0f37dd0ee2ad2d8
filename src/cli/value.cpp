#include "cli/value.hpp"

#include "support/strings.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace gostrap {
namespace {

using enum ValueKind;

struct Known {
  std::string_view placeholder;
  std::string_view of;  ///< only of these, with spaces between: options, or verbs; empty: of all others
  std::vector<ValueKind> kinds;
  std::string_view words = {};  ///< with spaces between
};

const std::vector<Known>& known() {
  static const std::vector<Known> all{
      {"ADDRESS:PORT", "", {free}},
      {"AGE", "", {free}},
      {"B", "", {directory}},
      {"BYTES/S", "", {free}},
      {"C", "", {free}},
      {"CHARS", "", {free}},
      {"COMMAND", "", {words}, "go gofmt asm compile link cover vet nm objdump pprof trace"},
      {"D", "", {directory}},
      {"DIR", "", {directory}},
      {"DIR|FILE", "", {file}},
      {"DIR|FILE.jsonl", "", {file}},
      {"DIR|FILE.tar", "", {file}},
      {"DIR|FILE|URL", "", {file}},
      {"DIR|ZIP|URL", "", {file}},
      {"FILE", "--pgo", {words, file}, "auto off"},
      {"FILE", "", {file}},
      {"FILE.go", "", {file}},
      {"FILE.pub", "", {file}},
      {"FILE|URL", "", {file}},
      {"FLAGS", "", {free}},
      {"FUNC", "", {free}},
      {"GOROOT", "", {words, directory}, "gccgo published"},
      {"H", "", {host_entry, directory}},
      {"HOW", "", {words}, "gzip zstd none"},
      {"K=V|FILE", "", {profile, file}},
      {"K", "", {free}},
      {"KEY", "--withhold", {free}},
      {"KEY", "--log-key", {free}},
      {"KEY", "", {file}},
      {"KEY=VALUE", "", {free}},
      {"KIND|PATH", "", {words, file}, "gcc clang musl mingw"},
      {"LINE", "", {free}},
      {"LINK", "", {file}},
      {"MODE", "--buildmode", {words}, "exe pie default"},
      {"MODE", "--mod", {words}, "readonly vendor mod"},
      {"N", "", {free}},
      {"NAME", "", {free}},
      {"NAME=DIR", "", {free}},
      {"NAME=VALUE", "", {free}},
      {"ORIGIN", "", {file}},
      {"OUT", "", {file}},
      {"PART", "", {part}},
      {"PATH", "goproxy", {archives_entry, directory}},
      {"PATH", "image sdk", {sdk_entry, directory}},
      {"PATH", "--check", {any_entry, directory}},
      {"PATH", "", {any_entry, file}},
      {"PATTERN", "", {pattern}},
      {"PKG", "", {directory}},
      {"PLACE", "", {file}},
      {"PORT", "env shell exec compile --sdk", {usable_port}},
      {"PORT", "", {port}},
      {"PORT[@V]", "", {port_at_release, pattern}},
      {"REF", "", {directory}},
      {"S", "", {source_entry, directory}},
      {"SDK", "", {sdk_entry, directory}},
      {"SECONDS", "", {free}},
      {"SHELL", "", {words}, "bash zsh sh fish nu pwsh json"},
      {"SIZE", "", {free}},
      {"STAGE", "", {words}, "compile asm link"},
      {"T", "", {toolchain_entry, directory}},
      {"TAG,…", "", {free}},
      {"URI", "", {free}},
      {"URL", "", {free}},
      {"USER", "", {free}},
      {"V", "--variant", {free}},
      {"V", "", {release}},
      {"VERB", "help", {verb, words}, "environment"},
      {"VERB", "", {verb}},
      {"WORD", "", {free}},
      {"WORD,…", "--fail-on", {words}, "any fixed modules stdlib toolchain"},
      {"WORD,…", "", {expectation}},
      {"[PORT=]PROGRAM", "", {file}},
      {"[V=]ORIGIN", "", {origin, file}},
  };
  return all;
}

/// The name of a verb may be two words, so that the list is looked through as a text.
bool is_among(std::string_view list, std::string_view name) {
  const std::string padded = " " + std::string(list) + " ";
  return padded.find(" " + std::string(name) + " ") != std::string::npos;
}

bool is_literal(std::string_view placeholder) {
  return !placeholder.empty() && std::all_of(placeholder.begin(), placeholder.end(),
                                             [](char each) { return each >= 'a' && each <= 'z'; });
}

}  // namespace

Value value_of(std::string_view placeholder, std::string_view of) {
  if (is_literal(placeholder)) return {{words}, {std::string(placeholder)}};
  for (const Known& each : known()) {
    if (each.placeholder != placeholder || (!each.of.empty() && !is_among(each.of, of))) continue;
    Value value{each.kinds, {}};
    if (!each.words.empty()) value.words = split(each.words, " ").copied();
    return value;
  }
  throw std::out_of_range("nobody says what " + std::string(placeholder) + " of " + std::string(of) + " is");
}

}  // namespace gostrap
