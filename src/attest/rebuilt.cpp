#include "attest/rebuilt.hpp"

#include "report/history.hpp"
#include "support/encoding.hpp"
#include "support/time.hpp"

#include <nlohmann/json.hpp>

#include <chrono>

namespace gostrap {
namespace {

Json digest_of(const Digest& digest) {
  return Json{{"sha256", hex(digest)}};
}

Json described(const std::string& name, Json digest) {
  Json json = Json::object();
  json["name"] = name;
  json["digest"] = std::move(digest);
  return json;
}

Json content(const std::string& name, const std::string& text) {
  Json json = Json::object();
  json["name"] = name;
  json["content"] = base64(text);
  return json;
}

Json statement(const std::string& name, const Digest& sha256, const char* predicate, Json body) {
  Json json = Json::object();
  json["_type"] = statement_type;
  json["subject"] = Json::array({described(name, digest_of(sha256))});
  json["predicateType"] = predicate;
  json["predicate"] = std::move(body);
  return json;
}

std::string source_archive_of(const Release& release) {
  return release.name() + ".src.tar.gz";
}

/// The source, by all that is pinned of it, and the compilers from the first one up.
Json dependencies_of(const Rebuilt& rebuilt) {
  const Release& release = rebuilt.release;
  Json list = Json::array();
  if (!release.commit.empty()) {
    const std::string origin =
        release.origins.empty() ? "https://go.googlesource.com/go" : release.origins[0];
    list.push_back(described("git+" + origin + "@refs/tags/" + release.tag, {{"sha1", release.commit}}));
  }
  if (release.source_archive)
    list.push_back(described(source_archive_of(release), digest_of(*release.source_archive)));
  if (release.source) {
    list.push_back(described(release.name() + "-source.nar", digest_of(*release.source)));
  }
  if (!rebuilt.provenance) return list;
  for (const Provenance& step : history_of(*rebuilt.provenance, rebuilt.row.file)) {
    if (!step.inputs || step.inputs->kind != Kind::host) continue;
    const auto& bootstrap = step.inputs->bootstrap;
    // the first compiler: it is not built by anybody here
    if (bootstrap && !bootstrap->go.empty())
      list.push_back(described(bootstrap->name + "/bin/go", {{"sha256", bootstrap->go}}));
    list.push_back(described("gostrap/" + step.name, {{"gostrapKey", step.key}}));
  }
  return list;
}

Json run_details(const Rebuilt& rebuilt, const PrivateKey& key) {
  Json details = Json::object();
  const std::string own = "urn:gostrap:builder:" + key.public_key().fingerprint();
  details["builder"] = Json{{"id", rebuilt.builder.empty() ? own : rebuilt.builder}};
  details["byproducts"] = Json::array();
  if (!rebuilt.provenance) return details;
  const Provenance& provenance = *rebuilt.provenance;
  details["builder"]["version"] = Json{{"gostrap", provenance.gostrap}};
  details["metadata"] = Json{{"invocationId", provenance.key}};
  if (provenance.made) {
    details["metadata"]["startedOn"] = utc_text(*provenance.made);
    const auto took = std::chrono::seconds(static_cast<std::int64_t>(provenance.seconds));
    details["metadata"]["finishedOn"] = utc_text(*provenance.made + took);
  }
  details["byproducts"].push_back(content("provenance.json", to_text(portable(provenance))));
  return details;
}

/// What no field of OSS Rebuild's is for.
Json internal_parameters(const Rebuilt& rebuilt) {
  Json json = Json::object();
  if (rebuilt.row.hashes) {
    json["module"] = toolchain_module + ("@" + rebuilt.row.module);
    json["h1"] = rebuilt.row.hashes->zip;
  }
  if (rebuilt.provenance && rebuilt.provenance->machine) {
    json["system"] = rebuilt.provenance->machine->system;
    json["architecture"] = rebuilt.provenance->machine->architecture;
  }
  if (rebuilt.provenance && rebuilt.provenance->making && rebuilt.provenance->making->run)
    json["networkCut"] = rebuilt.provenance->making->run->network_cut;
  return json;
}

Json provenance_body(const Rebuilt& rebuilt, const char* build_type, Json external, Json dependencies,
                     const PrivateKey& key) {
  Json body = Json::object();
  Json& definition = body["buildDefinition"] = Json::object();
  definition["buildType"] = build_type;
  definition["externalParameters"] = std::move(external);
  definition["internalParameters"] = internal_parameters(rebuilt);
  definition["resolvedDependencies"] = std::move(dependencies);
  body["runDetails"] = run_details(rebuilt, key);
  return body;
}

Json rebuild(const Rebuilt& rebuilt, const PrivateKey& key) {
  const ProofRow& row = rebuilt.row;
  Json external = Json::object();
  external["ecosystem"] = "go-toolchain";
  external["package"] = "go";
  external["version"] = rebuilt.release.version.text();
  external["artifact"] = row.file;
  return statement(
      "rebuild/" + row.file, *row.ours, predicates::provenance,
      provenance_body(rebuilt, build_types::rebuild, std::move(external), dependencies_of(rebuilt), key));
}

Json equivalence(const Rebuilt& rebuilt, const PrivateKey& key) {
  const ProofRow& row = rebuilt.row;
  const std::string candidate = "rebuild/" + row.file, target = "https://go.dev/dl/" + row.file;
  Json external = Json::object();
  external["candidate"] = candidate;
  external["target"] = target;
  Json dependencies = Json::array();
  dependencies.push_back(described(candidate, digest_of(*row.ours)));
  dependencies.push_back(described(target, digest_of(*row.published)));
  for (Json& each : dependencies_of(rebuilt)) dependencies.push_back(std::move(each));
  Json body =
      provenance_body(rebuilt, build_types::equivalence, std::move(external), std::move(dependencies), key);
  body["buildDefinition"]["internalParameters"]["stabilizers"] = Json::array({"apple-code-signatures"});
  return statement(row.file, *row.published, predicates::provenance, std::move(body));
}

Json failure(const Rebuilt& rebuilt) {
  const ProofRow& row = rebuilt.row;
  Json body = Json::object();
  body["result"] = "FAILED";
  body["configuration"] = dependencies_of(rebuilt);
  if (row.ours) body["configuration"].push_back(described("rebuild/" + row.file, digest_of(*row.ours)));
  body["failedTests"] = Json::array({"the archive built from this source is the published one"});
  return statement(row.file, *row.published, predicates::test_result, std::move(body));
}

std::string link(const Rebuilt& rebuilt, const PrivateKey& key) {
  const ProofRow& row = rebuilt.row;
  std::vector<LinkFile> materials;
  if (rebuilt.release.source_archive)
    materials.push_back({source_archive_of(rebuilt.release), hex(*rebuilt.release.source_archive), ""});
  return signed_link("rebuild " + row.file, materials,
                     {{row.file, hex(*row.ours), sha512_file_hex(row.archives / row.file)}}, key);
}

}  // namespace

std::string why_no_statement(const ProofRow& row) {
  switch (row.verdict) {
    case Verdict::canonical:
    case Verdict::signatures:
    case Verdict::differs:
      return {};
    case Verdict::by_upstream:
      return "it was made with upstream's own toolchain: nothing was built again";
    case Verdict::not_comparable:
      return "it has Apple's signatures: --against a directory of downloads compares the rest";
    case Verdict::not_published:
      return "upstream publishes nothing for this port";
    case Verdict::not_built:
      break;
  }
  return "it was not built";
}

std::vector<Document> statements_of(const Rebuilt& rebuilt, const PrivateKey& key) {
  switch (rebuilt.row.verdict) {
    case Verdict::canonical:
      return {{"in-toto.link", link(rebuilt, key)},
              {"dsse.json", signed_envelope(rebuild(rebuilt, key), key)}};
    case Verdict::signatures:
      return {{"dsse.json", signed_envelope(equivalence(rebuilt, key), key)}};
    case Verdict::differs:
      return {{"dsse.json", signed_envelope(failure(rebuilt), key)}};
    default:
      return {};
  }
}

}  // namespace gostrap
