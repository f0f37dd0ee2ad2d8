#include "bundle/select.hpp"

#include "sdk/layout.hpp"
#include "source/goroot.hpp"
#include "store/located.hpp"
#include "support/error.hpp"
#include "support/files.hpp"

namespace gostrap {
namespace {

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

/// The provenance of what no step made: its key comes with the contents.
Provenance provenance_without_key(const BundleEntry& entry) {
  Provenance provenance;
  provenance.name = entry.name;
  provenance.inputs = inputs_of(entry.kind, entry.release, entry.source, entry.port);
  return provenance;
}

/// As the records are asked for.
Provenance recorded(const fs::path& file, Records records) {
  Provenance provenance = read_provenance(file);
  return records == Records::full ? provenance : portable(provenance);
}

}  // namespace

BundleInput input_of_store(const Store& store, const StoreEntry& entry, Records records) {
  BundleInput input;
  input.tree = entry.path;
  input.entry.key = entry.key();
  input.entry.name = entry.name();
  input.entry.kind = entry.kind;
  input.entry.release = entry.release;
  input.entry.source = entry.source;
  if (has_port(entry.kind)) take_manifest(input);
  input.provenance = recorded(store.provenance_file(entry.entry), records);
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
  if (is_source_tree(path) && !fs::exists(manifest_path(path))) {
    const Release& release = releases.get(version_line(path));
    input.entry.kind = Kind::source;
    input.entry.release = release.version.text();
    input.entry.source = release.nar();
    input.entry.name = release.name() + "-source";
  } else {
    take_manifest(input);
    input.entry.kind = kind_of(path, *input.manifest);
    input.entry.name = "go" + input.entry.release + "-" + text(input.entry.kind) + "-" +
                       input.entry.port->dashed() + input.manifest->profile.suffix();
  }
  const fs::path beside = path.string() + ".provenance.json";
  if (fs::exists(beside)) input.provenance = recorded(beside, records);
  if (!input.provenance.inputs) {
    const Provenance plain = provenance_without_key(input.entry);
    input.provenance.name = plain.name;
    input.provenance.inputs = plain.inputs;
  }
  return input;
}

BundleInput input_of_modules(const fs::path& directory, Records records) {
  if (auto entry = entry_of_store_at(resolved(directory), records)) return *entry;
  BundleInput input;
  input.tree = resolved(directory);
  input.entry.kind = Kind::modules;
  input.entry.name = plain_name(directory);
  input.provenance = provenance_without_key(input.entry);
  return input;
}

}  // namespace gostrap
