#include "report/proof.hpp"

#include "sdk/against.hpp"
#include "sdk/manifest.hpp"
#include "sdk/official.hpp"
#include "store/provenance.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "support/interrupt.hpp"
#include "support/strings.hpp"
#include "support/words.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace gostrap {
namespace {

/// Sets verdict and reason of a row whose archive is not the published one.
void explain_difference(const Release& release, const fs::path& file,
                        const std::optional<fs::path>& downloads, const Limits& limits, ProofRow& row) {
  if (!is_signed_by_apple(row.file)) {
    row.verdict = Verdict::differs;
    row.says = "the bits differ";
    return;
  }
  row.verdict = Verdict::not_comparable;
  row.says = "the published one carries Apple's signatures: gostrap verify --against FILE says more";
  if (!downloads || !fs::is_regular_file(*downloads / row.file)) return;
  const fs::path download = *downloads / row.file;
  if (sha256_file(download) != row.published) {
    row.says = download.string() + " is not the archive that upstream published for " + release.name();
    return;
  }
  const Check check = check_against(file, download, limits);
  row.verdict = check.result == Check::Result::passed ? Verdict::signatures : Verdict::differs;
  row.says = check.says;
  for (const std::string& detail : check.details) row.says += "; " + detail;
}

/// Upstream's archive that a host toolchain was unpacked from, where these archives were made with such a
/// one: of its own port they show nothing at all. Empty where their provenance says so of none, or is not
/// there.
std::string made_with(const fs::path& archives) {
  const std::optional<fs::path> file = provenance_of(archives);
  if (!file) return {};
  const Provenance provenance = read_provenance(*file);
  const Provenance* const host = published_host(provenance);
  return host != nullptr ? host->inputs->published->file : std::string();
}

void prove_made(const Release& release, const std::optional<fs::path>& downloads, const Limits& limits,
                ProofRow& row) {
  const Manifest manifest = read_manifest(row.archives);
  if (!manifest.canonical) {
    row.verdict = Verdict::not_comparable;
    row.says = "it was made with a profile: its bits are its own";
    return;
  }
  const std::string name = archive_name(release.version.text(), row.port);
  const auto record = manifest.files.find(name);
  const fs::path file = row.archives / name;
  if (record == manifest.files.end() || !fs::is_regular_file(file)) {
    row.verdict = Verdict::differs;
    row.says = "it has no " + name;
    return;
  }
  row.ours = sha256_file(file);
  if (row.ours != record->second.digest) {
    row.verdict = Verdict::differs;
    row.says = "it was damaged since it was made: gostrap verify --repair " + row.archives.string();
    return;
  }
  row.hashes = module_hashes(row.archives, row.module, limits);
  if (!row.published) {
    row.verdict = Verdict::not_published;
    row.says = "upstream publishes no archive of it";
  } else if (row.ours == row.published) {
    const std::string archive = made_with(row.archives);
    row.verdict = archive.empty() ? Verdict::canonical : Verdict::by_upstream;
    row.says = "the published bits";
    if (!archive.empty())
      row.says += ", made with upstream's own " + archive + ": that says nothing of its source";
  } else {
    explain_difference(release, file, downloads, limits, row);
  }
}

/// In the order in which they are counted up.
constexpr std::array verdict_words{
    Word{Verdict::canonical, "canonical"},
    Word{Verdict::by_upstream, "canonical by upstream's toolchain"},
    Word{Verdict::signatures, "canonical but for signatures"},
    Word{Verdict::not_comparable, "not comparable"},
    Word{Verdict::differs, "differs"},
    Word{Verdict::not_published, "not published"},
    Word{Verdict::not_built, "not built"},
};

}  // namespace

std::string text(Verdict verdict) {
  return word_of(verdict_words, verdict);
}

std::size_t Proof::count(Verdict verdict) const {
  return static_cast<std::size_t>(std::count_if(
      rows.begin(), rows.end(), [verdict](const ProofRow& row) { return row.verdict == verdict; }));
}

std::string Proof::summary() const {
  std::string summary;
  for (const auto& [verdict, word] : verdict_words) {
    if (count(verdict) == 0) continue;
    append(summary, ", ", std::to_string(count(verdict)) + " " + std::string(word));
  }
  return summary;
}

ProofRow prove_port(const Release& release, const Port& port, const std::optional<fs::path>& archives,
                    const std::optional<fs::path>& downloads, const Limits& limits) {
  check_interrupt();
  ProofRow row;
  row.port = port;
  const auto published = release.archives.find(archive_name(release.version.text(), port));
  if (published != release.archives.end()) {
    row.file = published->first;
    row.published = published->second;
  }
  if (const auto why = why_not_hosted(port)) {
    row.verdict = Verdict::not_published;
    row.says = *why;
    return row;
  }
  row.module = module_version(release.version.text(), port);
  if (archives) {
    row.archives = *archives;
    prove_made(release, downloads, limits, row);
  } else {
    row.verdict = row.published ? Verdict::not_built : Verdict::not_published;
    row.says = row.published
                   ? "gostrap build " + port.text() + " --archives --release " + release.version.text()
                   : "upstream publishes no archive of it";
  }
  return row;
}

Proof prove_release(const Release& release,
                    const std::function<std::optional<fs::path>(const Port&)>& archives,
                    const std::optional<fs::path>& downloads, const Limits& limits) {
  Proof proof{release, {}};
  for (const Port& port : release.ports) {
    proof.rows.push_back(prove_port(release, port, archives(port), downloads, limits));
  }
  return proof;
}

Json to_json(const Proof& proof) {
  Json json = Json::object();
  json["release"] = proof.release.version.text();
  json["commit"] = proof.release.commit;
  if (proof.release.source) json["source"] = sri(*proof.release.source);
  json["holds"] = proof.holds();
  json["counts"] = Json::object();
  for (const auto& [verdict, word] : verdict_words) json["counts"][std::string(word)] = proof.count(verdict);
  json["ports"] = Json::array();
  for (const ProofRow& row : proof.rows) {
    Json each = Json::object();
    each["port"] = row.port.text();
    each["verdict"] = text(row.verdict);
    each["says"] = row.says;
    if (!row.file.empty()) each["file"] = row.file;
    if (row.published) each["published"] = hex(*row.published);
    if (row.ours) each["ours"] = hex(*row.ours);
    if (!row.archives.empty()) each["path"] = row.archives.string();
    if (row.hashes) {
      each["module"] = Json::object();
      each["module"]["path"] = toolchain_module;
      each["module"]["version"] = row.module;
      each["module"]["zip"] = row.hashes->zip;
      each["module"]["mod"] = row.hashes->mod;
    }
    json["ports"].push_back(std::move(each));
  }
  return json;
}

}  // namespace gostrap
