#include "cli/compile_features.hpp"

#include "cli/terminal.hpp"
#include "compile/refusals.hpp"
#include "compile/sdk_facts.hpp"
#include "support/error.hpp"

#include <array>
#include <iostream>

namespace gostrap {
namespace {

/// Options of the go command's that gostrap compile knows only to say why not.
constexpr std::array never_compiled{Feature::cgo, Feature::race, Feature::msan, Feature::asan};

std::optional<Feature> asked_mode(const std::string& mode) {
  if (mode.empty() || mode == "exe" || mode == "default") return std::nullopt;
  const std::optional<Feature> asked = feature(mode);
  if (!asked || option(*asked) != "-buildmode=" + mode) {
    throw UsageError("--buildmode takes exe or pie, not \"" + mode + "\"");
  }
  return asked;
}

}  // namespace

void FeatureWords::declare(Options& options) {
  options.add("buildmode", "exe or pie (default: what the port prefers)", "MODE", build_mode);
  const std::array given{&cgo, &race, &msan, &asan};
  for (std::size_t i = 0; i < never_compiled.size(); ++i) {
    options.add(text(never_compiled.at(i)),
                "refused, with the reason: " + option(never_compiled.at(i)) + " takes a C toolchain",
                *given.at(i));
  }
}

std::string settled_build_mode(const CommonWords& common, const FeatureWords& words, bool fallback,
                               const Port& port, const fs::path& sdk) {
  const std::string named = words.build_mode.value_or("");
  const std::optional<Feature> mode = asked_mode(named);
  AskedMode asked;
  if (mode) {
    asked.features.push_back(*mode);
  } else if (named != "default") {
    asked.mode = named;
  }
  const std::array given{words.cgo, words.race, words.msan, words.asan};
  for (std::size_t i = 0; i < never_compiled.size(); ++i) {
    if (given.at(i)) asked.features.push_back(never_compiled.at(i));
  }
  if (asked.features.empty()) return asked.mode;
  const SettledMode settled = settled_mode(asked, fallback, port, release_of_sdk(sdk, common.releases()));
  for (const std::string& each : settled.left_out) std::cerr << "gostrap: " << harmless(each) << "\n";
  return settled.mode;
}

}  // namespace gostrap
