#include "road/step.hpp"

#include "sdk/additions.hpp"
#include "support/hash.hpp"
#include "toolchain/environment.hpp"

#include <nlohmann/json.hpp>

namespace gostrap {
namespace {

constexpr int recipe = 1;

Json begun_inputs(Kind kind, const Release& release, const Profile& profile) {
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

std::string Step::name() const {
  std::string name = release->name() + "-" + text(kind);
  if (has_port(kind)) name += "-" + port.dashed();
  if (reference) name += "-reference";
  return name + profile.suffix();
}

bool is_made(const Store& store, const Step& step) {
  return store.has(step.entry()) && (step.stranger || !store.is_strangers(step.entry()));
}

std::string source_inputs(const Release& release, const Profile& profile) {
  return begun_inputs(Kind::source, release, profile).dump();
}

std::string host_inputs(const Release& release, const BootstrapId& bootstrap, const Profile& profile) {
  Json inputs = begun_inputs(Kind::host, release, profile);
  inputs["port"] = own_port().text();
  Json from = Json::object();
  if (bootstrap.step.empty()) {
    from["name"] = bootstrap.name;
    from["go"] = bootstrap.go;
  } else {
    from["step"] = bootstrap.step;
  }
  inputs["bootstrap"] = std::move(from);
  return inputs.dump();
}

std::string derived_inputs(Kind kind, const Release& release, const Port& port, bool reference,
                           const std::vector<std::string>& keys, const Profile& profile) {
  Json inputs = begun_inputs(kind, release, profile);
  inputs["port"] = port.text();
  inputs["from"] = keys;
  if (reference) inputs["reference"] = true;
  // linux/arm has another one, and had it when there were no such settings
  if (kind == Kind::toolchain && !reference && upstream_settings(port).empty()) {
    for (const auto& [name, value] : dists_settings(port)) inputs[name] = value;
  }
  if (kind == Kind::sdk) inputs["wrapper"] = wrapper_identity(release, port, profile.of_sdk());
  return inputs.dump();
}

BootstrapId bootstrap_id(const Bootstrap& bootstrap) {
  return {bootstrap.name(), hex(sha256_file(bootstrap.go)), ""};
}

}  // namespace gostrap
