#include "bundle/select.hpp"

#include "road/make.hpp"
#include "road/step.hpp"
#include "store/located.hpp"
#include "support/error.hpp"
#include "support/files.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace gostrap {
namespace {

bool is_place(const Json& value) {
  return value.is_string() && value.get<std::string>().starts_with('/');
}

Json portable_run(const Json& run) {
  Json json = Json::object();
  if (run.contains("command")) {
    json["command"] = Json::array();
    for (const Json& word : run["command"]) {
      json["command"].push_back(is_place(word) ? Json(fs::path(word.get<std::string>()).filename().string())
                                               : word);
    }
  }
  if (run.contains("environment")) {
    json["environment"] = Json::object();
    for (const auto& [name, value] : run["environment"].items()) {
      if (!is_place(value)) json["environment"][name] = value;
    }
  }
  return json;
}

bool is_source_tree(const fs::path& directory) {
  return fs::is_regular_file(directory / "VERSION") && fs::is_regular_file(directory / "src" / "make.bash") &&
         !fs::exists(manifest_path(directory));
}

Kind kind_of(const fs::path& directory, const Manifest& manifest) {
  const bool is_host = manifest.kind == Kind::toolchain && fs::exists(directory / packer_place);
  return is_host ? Kind::host : manifest.kind;
}

/// What stands in its manifest; its provenance may not say otherwise.
void take_manifest(BundleInput& input) {
  input.manifest = read_manifest_head(input.tree);
  input.entry.release = input.manifest->release;
  input.entry.source = input.manifest->source;
  input.entry.port = input.manifest->port;
  input.entry.hosted_on = input.manifest->hosted_on;
}

std::string plain_name(const fs::path& directory) {
  std::string name = fs::absolute(directory).lexically_normal().filename().string();
  if (name.empty()) name = fs::absolute(directory).lexically_normal().parent_path().filename().string();
  return name;
}

/// A key and provenance for what no store has made: the key comes with the contents.
Json keyless_provenance(const BundleEntry& entry) {
  Json json = Json::object();
  json["name"] = entry.name;
  json["key"] = "";
  json["inputs"] = Json::object();
  json["inputs"]["step"] = text(entry.kind);
  if (!entry.release.empty()) json["inputs"]["release"] = entry.release;
  if (!entry.source.empty()) json["inputs"]["source"] = entry.source;
  if (entry.port) json["inputs"]["port"] = entry.port->text();
  return json;
}

}  // namespace

Json portable_provenance(const Json& provenance) {
  Json json = Json::object();
  for (const char* key : {"gostrap", "name", "key", "inputs"}) {
    if (provenance.contains(key)) json[key] = provenance[key];
  }
  if (provenance.contains("making")) {
    json["making"] = Json::object();
    for (const auto& [key, value] : provenance["making"].items()) {
      if (key == "origin") continue;  // somebody's directory, often
      json["making"][key] = key == "run" ? portable_run(value) : value;
    }
  }
  if (provenance.contains("from")) {
    json["from"] = Json::array();
    for (const Json& each : provenance["from"]) json["from"].push_back(portable_provenance(each));
  }
  return json;
}

BundleInput input_of_store(const Store& store, const StoreEntry& entry, Records records) {
  BundleInput input;
  input.tree = entry.path;
  input.entry.key = entry.key();
  input.entry.name = entry.name();
  input.entry.kind = entry.kind;
  input.entry.release = entry.release;
  input.entry.source = entry.source;
  if (has_port(entry.kind)) take_manifest(input);
  const Json full = read_json(store.provenance_file(entry.entry));
  input.provenance = records == Records::full ? full : portable_provenance(full);
  return input;
}

namespace {

/// Without links: what a user names is often one (a root).
fs::path resolved(const fs::path& directory) {
  std::error_code failed;
  fs::path path = fs::canonical(directory, failed);
  return failed ? fs::absolute(directory).lexically_normal() : path;
}

/// Nothing for what lies in no store.
std::optional<BundleInput> entry_of_store_at(const fs::path& directory, Records records) {
  const Store around(directory.parent_path());
  std::optional<StoreEntry> entry = entry_at(around, directory);
  if (!entry) return std::nullopt;
  BundleInput input = input_of_store(around, *entry, records);
  input.tree = directory;
  return input;
}

}  // namespace

BundleInput input_of_directory(const fs::path& directory, const Releases& releases, Records records) {
  const fs::path path = resolved(directory);
  if (auto entry = entry_of_store_at(path, records)) return *entry;
  BundleInput input;
  input.tree = path;
  if (is_source_tree(path)) {
    const std::string version = read_file(path / "VERSION", 4096);
    const std::string tag = version.substr(0, version.find('\n'));
    const Release& release = releases.get(tag);
    input.entry.kind = Kind::source;
    input.entry.release = release.version.text();
    input.entry.source = release.source;
    input.entry.name = release.name() + "-source";
  } else {
    take_manifest(input);
    input.entry.kind = kind_of(path, *input.manifest);
    input.entry.name = "go" + input.entry.release + "-" + text(input.entry.kind) + "-" +
                       input.entry.port->dashed() + input.manifest->profile.suffix();
  }
  input.provenance = keyless_provenance(input.entry);
  const fs::path beside = path.string() + ".provenance.json";
  if (fs::exists(beside)) {
    const Json recorded = read_json(beside);
    const Json making = records == Records::full ? recorded : portable_provenance(recorded);
    for (const auto& [key, value] : making.items()) input.provenance[key] = value;
  }
  return input;
}

BundleInput input_of_modules(const fs::path& directory, Records records) {
  if (auto entry = entry_of_store_at(resolved(directory), records)) return *entry;
  BundleInput input;
  input.tree = resolved(directory);
  input.entry.kind = Kind::modules;
  input.entry.name = plain_name(directory);
  input.provenance = keyless_provenance(input.entry);
  return input;
}

}  // namespace gostrap
