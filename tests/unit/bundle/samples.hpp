// Bundles of plain trees, made in memory, and outputs that could go into one.
#pragma once

#include "bundle/create.hpp"
#include "sdk/manifest.hpp"
#include "support/hash.hpp"
#include "support/testing.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace gostrap::testing {

class MemorySink final : public ByteSink {
 public:
  void write(std::string_view bytes) override { text += bytes; }
  std::vector<fs::path> commit() override { return {}; }
  std::uint64_t size() const override { return text.size(); }
  std::string text;
};

inline std::string bundle_of(const std::vector<fs::path>& trees, const PrivateKey* key = nullptr) {
  std::vector<BundleInput> inputs;
  for (const fs::path& tree : trees) inputs.push_back(input_of_modules(tree, Records::portable));
  MemorySink sink;
  Silent silent;
  create_bundle(std::move(inputs), Releases(), key, sink, silent);
  return sink.text;
}

inline Release sample_pin(const std::string& version = "1.99.0") {
  Release release;
  release.version = *parse_version(version);
  release.commit = std::string(40, 'c');
  release.source = sha256("source of " + version);
  return release;
}
inline Releases sample_pins() {
  Releases releases;
  releases.put(sample_pin());
  return releases;
}

inline Manifest sample_manifest(Kind kind) {
  Manifest manifest;
  manifest.kind = kind;
  manifest.release = "1.99.0";
  manifest.commit = sample_pin().commit;
  manifest.source = *sample_pin().source;
  manifest.port = {"linux", "riscv64"};
  manifest.hosted_on = kind == Kind::sdk ? Port{"linux", "amd64"} : manifest.port;
  manifest.layout = plain_layout;
  return manifest;
}
/// Writes the manifest of what lies at scratch/NAME.
inline fs::path put_manifest(const Scratch& scratch, const std::string& name, Manifest manifest) {
  record_contents(scratch / name, manifest);
  scratch.file(name + "/" + manifest_path({}).string(), to_text(to_json(manifest)));
  return scratch / name;
}
/// An output with one file, beside its manifest.
inline fs::path put_output(const Scratch& scratch, const std::string& name, const Manifest& manifest) {
  const bool archives = manifest.kind == Kind::archives;
  scratch.file(name + (archives ? "/go1.99.0.linux-riscv64.tar.gz" : "/share/go/VERSION"), "go1.99.0\n");
  return put_manifest(scratch, name, manifest);
}

}  // namespace gostrap::testing
