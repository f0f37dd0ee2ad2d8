#include "report/proof_parts.hpp"

#include "report/history.hpp"
#include "report/proof_page.hpp"
#include "sdk/manifest.hpp"
#include "support/error.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace gostrap {

std::map<Port, fs::path> archives_in_store(const Release& release, const Store& store) {
  std::map<Port, fs::path> archives;
  for (const StoreEntry& each : store.entries()) {  // the newest first
    const bool of_release =
        std::find(release.ports.begin(), release.ports.end(), each.port) != release.ports.end();
    if (each.kind == Kind::archives && each.source == release.source && of_release && !each.reference &&
        each.profile == Profile())
      archives.emplace(each.port, each.path);
  }
  if (archives.empty()) {
    throw Error("prove " + release.name(), "the store has none of its archives",
                "gostrap build --all --archives --release " + release.version.text());
  }
  return archives;
}

Proof prove_outputs(const std::vector<fs::path>& outputs, const Releases& releases, const Limits& limits) {
  std::optional<Proof> proof;
  for (const fs::path& output : outputs) {
    if (!fs::exists(manifest_path(output))) continue;
    const Manifest manifest = read_manifest(output);
    if (manifest.kind != Kind::archives) continue;
    const Release& release = releases.get(manifest.release);
    if (!proof) proof = Proof{release, {}};
    if (proof->release.version != release.version) {
      throw Error({}, "--html is about one release, and these are of " + proof->release.name() + " and " +
                          release.name());
    }
    proof->rows.push_back(prove_port(release, manifest.hosted_on, output, std::nullopt, limits));
  }
  if (!proof) throw Error({}, "--html is about archives, and none of these paths has any");
  return *std::move(proof);
}

std::string page_of(const Proof& proof) {
  std::vector<Provenance> steps;
  for (const ProofRow& row : proof.rows) {
    if (row.archives.empty()) continue;
    const std::optional<fs::path> provenance = provenance_of(row.archives);
    if (!provenance) continue;
    for (Provenance& step : history_of(read_provenance(*provenance), row.port.text()))
      steps.push_back(std::move(step));
  }
  return proof_page(proof, merged(std::move(steps)));
}

}  // namespace gostrap
