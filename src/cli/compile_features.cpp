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
Release release_of(const CommandLine& line, const fs::path& sdk) {
  const std::string text = read_file(goroot_of(sdk) / "VERSION");
  const std::optional<Version> version = parse_version(text.substr(0, text.find('\n')));
  const Releases releases = line.releases();
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

void add_feature_options(CommandLine& line) {
  line.add()("buildmode", "exe or pie (default: what the port prefers)", cxxopts::value<std::string>(),
             "MODE");
  for (const Feature each : never_compiled) {
    line.add()(text(each), "refused, with the reason: " + option(each) + " takes a C toolchain");
  }
}

std::string settled_build_mode(const CommandLine& line, const Port& port, const fs::path& sdk) {
  std::vector<Feature> asked;
  const std::optional<Feature> mode = asked_mode(line.text("buildmode"));
  if (mode) asked.push_back(*mode);
  for (const Feature each : never_compiled) {
    if (line.has(text(each))) asked.push_back(each);
  }
  std::string taken = mode || line.text("buildmode") == "default" ? "" : line.text("buildmode");
  if (asked.empty()) return taken;
  const Release release = release_of(line, sdk);
  for (const Feature each : asked) {
    const std::optional<Refusal> refusal = why_not_compiled(port, each, release);
    if (!refusal) {
      taken = text(each);
      continue;
    }
    if (!line.has("fallback") || !refusal->instead) throw refusal->error();
    std::cerr << "gostrap: " << harmless(refusal->text()) << ". " << option(each) << " is left out.\n";
  }
  return taken;
}

}  // namespace gostrap
