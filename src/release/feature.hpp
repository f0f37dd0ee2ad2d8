// What a port can do in a release, and what cannot work there, before anything is run: the facts of
// src/internal/platform/supported.go and zosarch.go, of Go 1.23 to 1.27 (tests hold them against real
// sources).
#pragma once

#include "release/refusal.hpp"
#include "release/release.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gostrap {

enum class Feature {
  cgo,
  race,       ///< -race
  msan,       ///< -msan
  asan,       ///< -asan
  fuzz,       ///< go test -fuzz
  pie,        ///< -buildmode=pie
  c_archive,  ///< -buildmode=c-archive
  c_shared,   ///< -buildmode=c-shared
  shared,     ///< -buildmode=shared
  plugin,     ///< -buildmode=plugin
};

/// The word for it, as Go has it ("race", "c-archive", …), and the feature of a word.
std::string text(Feature feature);
std::optional<Feature> feature(const std::string& word);
/// How the go command is asked for it: "-race", "-buildmode=pie", "CGO_ENABLED=1".
std::string option(Feature feature);
const std::vector<Feature>& all_features();

/// Why programs of the port cannot have it, or nothing. Whether it needs a C compiler is another question:
/// needs_c().
std::optional<Refusal> why_not(const Port& port, Feature feature, const Release& release);

/// True where it works with CGO_ENABLED=1 and a C toolchain for the port only: all that is linked externally.
bool needs_c(const Port& port, Feature feature, const Version& version);

}  // namespace gostrap
