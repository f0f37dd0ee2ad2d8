#include "cli/profile_options.hpp"

#include "cli/terminal.hpp"
#include "sdk/manifest.hpp"
#include "source/known_names.hpp"
#include "support/error.hpp"
#include "support/files.hpp"

#include <iostream>

namespace gostrap {
namespace {

/// The names that the release's own source knows, where the store has it.
std::optional<KnownNames> names_at_hand(const Store& store, const Release& release) {
  if (const auto source = store.find(StepKind::source, release, own_port()))
    return read_known_names(source->path);
  const auto host = store.find(StepKind::host, release, own_port());
  return host ? std::optional(read_known_names(goroot_of(host->path))) : std::nullopt;
}

}  // namespace

void add_profile_options(CommandLine& line) {
  line.add()(
      "profile",
      "how programs are compiled (GOAMD64=v3, GORISCV64=…, GOEXPERIMENT=…) and the defaults that they start "
      "with, compiled in (GOGC=200,GOMEMLIMIT=64MiB,GODEBUG=gctrace=1); or a JSON file of these (repeatable)",
      cxxopts::value<std::vector<std::string>>(), "K=V|FILE");
  line.add()("patch", "a patch on the canonical source, as git diff writes it (repeatable)",
             cxxopts::value<std::vector<std::string>>(), "FILE");
  line.add()("bake", "have make.bash bake the profile's settings into the toolchain, instead of go.env");
  line.add()("fallback", "where a setting cannot work, take the nearest that does, and say so");
}

AskedProfile asked_profile(const CommandLine& line, const Release& release, const std::vector<Port>& ports) {
  ProfileRequest request;
  for (const std::string& word : line.texts("profile")) read_profile_word(word, request);
  for (const std::string& file : line.texts("patch")) request.patches.emplace_back(file);
  request.bake = request.bake || line.has("bake");
  AskedProfile asked;
  if (request.values.empty() && request.patches.empty() && !request.bake) return asked;
  const std::optional<KnownNames> names = names_at_hand(line.store(), release);
  std::vector<std::string> said;
  asked.profile =
      checked_profile(request, release, ports, names ? &*names : nullptr, line.has("fallback"), said);
  for (const std::string& each : said) std::cerr << "gostrap: " << harmless(each) << "\n";
  for (const fs::path& file : request.patches) asked.patches.push_back(read_patch(file));
  for (const Patch& patch : asked.patches) asked.profile.patches.push_back(patch.sha256);
  return asked;
}

}  // namespace gostrap
