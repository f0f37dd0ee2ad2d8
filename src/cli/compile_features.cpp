#include "cli/compile_features.hpp"

#include "cli/terminal.hpp"
#include "compile/refusals.hpp"
#include "sdk/manifest.hpp"
#include "support/error.hpp"
#include "support/files.hpp"

#include <array>
#include <iostream>

namespace gostrap {
namespace {

/// Options of the go command's that gostrap compile knows only to say why not.
constexpr std::array never_compiled{Feature::cgo, Feature::race, Feature::msan, Feature::asan};

/// The release of the SDK, as the index has it. Of one that is not in there, the ports of the default
/// release.
Release release_of(const CommonWords& common, const fs::path& sdk) {
  const std::string text = read_file(goroot_of(sdk) / "VERSION");
  const std::optional<Version> version = parse_version(text.substr(0, text.find('\n')));
  const Releases releases = common.releases();
  const Release* const known = version ? releases.find(*version) : nullptr;
  Release release = known != nullptr ? *known : releases.default_release();
  if (version) release.version = *version;
  return release;
}

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
  std::vector<Feature> asked;
  const std::optional<Feature> mode = asked_mode(named);
  if (mode) asked.push_back(*mode);
  const std::array given{words.cgo, words.race, words.msan, words.asan};
  for (std::size_t i = 0; i < never_compiled.size(); ++i) {
    if (given.at(i)) asked.push_back(never_compiled.at(i));
  }
  std::string taken = mode || named == "default" ? "" : named;
  if (asked.empty()) return taken;
  const Release release = release_of(common, sdk);
  for (const Feature each : asked) {
    const std::optional<Refusal> refusal = why_not_compiled(port, each, release);
    if (!refusal) {
      taken = text(each);
      continue;
    }
    if (!fallback || !refusal->instead) throw refusal->error();
    std::cerr << "gostrap: " << harmless(refusal->text()) << ". " << option(each) << " is left out.\n";
  }
  return taken;
}

}  // namespace gostrap
