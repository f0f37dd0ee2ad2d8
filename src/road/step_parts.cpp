#include "road/step_parts.hpp"

#include "archive/untrusted_name.hpp"
#include "sdk/layout.hpp"

#include <nlohmann/json.hpp>

namespace gostrap {
namespace {

constexpr int recipe = 1;

}  // namespace

Json begun_inputs(const Output& output) {
  Json inputs = Json::object();
  inputs["step"] = text(output.kind);
  inputs["recipe"] = recipe;
  inputs["release"] = output.release->version.text();
  inputs["source"] = sri(output.release->nar());
  if (!output.profile.empty()) inputs["profile"] = to_json(output.profile);
  return inputs;
}

Json derived_inputs(const Output& output, const std::vector<std::string>& from) {
  Json inputs = begun_inputs(output);
  inputs["port"] = output.port.text();
  inputs["from"] = from;
  if (output.reference) inputs["reference"] = true;
  return inputs;
}

Environment baked_by(const Profile& profile) {
  if (!profile.baked) return {};
  return {profile.settings.begin(), profile.settings.end()};
}

HostToolchain host_at(const fs::path& output) {
  return {goroot_of(output), baked_by(read_manifest_head(output).profile)};
}

Making making_of(const BuildRun& run, Progress& progress) {
  if (run.argv.empty()) return {};
  if (!run.network_cut) {
    progress.note(
        "The kernel gave no network namespace, so the build could have reached the network (user namespaces "
        "are off).");
  }
  Making made;
  made.run = run;
  return made;
}

std::vector<PatchName> names_of(const std::vector<Patch>& patches) {
  std::vector<PatchName> names;
  for (const Patch& patch : patches) names.push_back({printable(patch.name), hex(patch.digest)});
  return names;
}

Manifest manifest_of(Kind kind, const Release& release, const Port& hosted_on) {
  Manifest manifest;
  manifest.kind = kind;
  manifest.release = release.version.text();
  manifest.commit = release.commit;
  manifest.source = release.nar();
  manifest.hosted_on = hosted_on;
  manifest.port = hosted_on;
  return manifest;
}

Manifest manifest_made_by(const fs::path& host, Kind kind, const HostedPort& at) {
  Manifest manifest = manifest_of(kind, at.release(), at.port());
  const Manifest from = read_manifest_head(host);
  manifest.profile = from.profile;
  manifest.canonical = from.canonical;
  manifest.differences = from.differences;
  return manifest;
}

void seal(const fs::path& output, Manifest manifest, Progress& progress) {
  progress.phase("Hashing and sealing");
  finish_output(output, std::move(manifest));
}

}  // namespace gostrap
