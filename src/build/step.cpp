#include "build/step.hpp"

#include "sdk/additions.hpp"
#include "support/hash.hpp"
#include "toolchain/environment.hpp"

#include <nlohmann/json.hpp>

namespace gostrap {
namespace {

constexpr int recipe = 1;

Json inputs_of(StepKind kind, const Release& release, const Profile& profile) {
  Json inputs = Json::object();
  inputs["step"] = text(kind);
  inputs["recipe"] = recipe;
  inputs["release"] = release.version.text();
  inputs["source"] = release.source;
  if (!profile.empty()) inputs["profile"] = to_json(profile);
  return inputs;
}

/// What of an SDK is gostrap's own.
std::string wrapper_identity(const Release& release, const Port& port, const Profile& profile) {
  std::string all = std::to_string(current_layout) + "\n";
  for (const WrapperFile& file : added_files(port, own_port(), release.version, profile.settings))
    all += file.path + (file.executable ? " x" : file.link ? " link" : "") + "\n" + file.text + "\n";
  return hex(sha256(all)).substr(0, 32);
}

}  // namespace

std::string text(StepKind kind) {
  switch (kind) {
    case StepKind::host:
      return "host";
    case StepKind::toolchain:
      return "toolchain";
    case StepKind::sdk:
      return "sdk";
    case StepKind::archives:
      return "archives";
    case StepKind::modules:
      return "modules";
    case StepKind::source:
      break;
  }
  return "source";
}

bool has_port(StepKind kind) {
  return kind != StepKind::source && kind != StepKind::modules;
}

std::optional<StepKind> step_kind(const std::string& name) {
  for (const StepKind kind : {StepKind::source, StepKind::host, StepKind::toolchain, StepKind::sdk,
                              StepKind::archives, StepKind::modules}) {
    if (text(kind) == name) return kind;
  }
  return std::nullopt;
}

std::string Step::name() const {
  std::string name = release->name() + "-" + text(kind);
  if (has_port(kind)) name += "-" + port.dashed();
  if (reference) name += "-reference";
  return name + profile.suffix();
}

std::string key_of(const std::string& inputs) {
  return hex(sha256(inputs)).substr(0, 32);
}

std::string source_inputs(const Release& release, const Profile& profile) {
  return inputs_of(StepKind::source, release, profile).dump();
}

std::string host_inputs(const Release& release, const Json& bootstrap, const Profile& profile) {
  Json inputs = inputs_of(StepKind::host, release, profile);
  inputs["port"] = own_port().text();
  inputs["bootstrap"] = bootstrap;
  return inputs.dump();
}

std::string derived_inputs(StepKind kind, const Release& release, const Port& port, bool reference,
                           const std::vector<std::string>& keys, const Profile& profile) {
  Json inputs = inputs_of(kind, release, profile);
  inputs["port"] = port.text();
  inputs["from"] = keys;
  if (reference) inputs["reference"] = true;
  // linux/arm has another one, and had it when there were no such settings
  if (kind == StepKind::toolchain && !reference && upstream_settings(port).empty()) {
    for (const auto& [name, value] : dists_settings(port)) inputs[name] = value;
  }
  if (kind == StepKind::sdk) inputs["wrapper"] = wrapper_identity(release, port, profile.of_sdk());
  return inputs.dump();
}

Json bootstrap_identity(const Bootstrap& bootstrap) {
  Json identity = Json::object();
  identity["name"] = bootstrap.name();
  identity["go"] = hex(sha256_file(bootstrap.go));
  return identity;
}

Json bootstrap_identity(const std::string& key) {
  Json identity = Json::object();
  identity["step"] = key;
  return identity;
}

}  // namespace gostrap
