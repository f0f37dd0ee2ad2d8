#include "attest/statement.hpp"

#include "attest/canonical_json.hpp"
#include "support/encoding.hpp"
#include "support/error.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace gostrap {
namespace {

constexpr const char* payload_type = "application/vnd.in-toto+json";
constexpr std::size_t most_signatures = 64;

/// DSSE's pre-authentication encoding: what an envelope's signatures are about.
std::string authenticated(std::string_view type, std::string_view payload) {
  return "DSSEv1 " + std::to_string(type.size()) + " " + std::string(type) + " " +
         std::to_string(payload.size()) + " " + std::string(payload);
}

std::optional<std::string> bytes_in_hex(std::string_view text) {
  if (!is_hex(text, text.size()) || text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  const auto digit = [](char each) { return each <= '9' ? each - '0' : each - 'a' + 10; };
  for (std::size_t at = 0; at < text.size(); at += 2)
    bytes += static_cast<char>(digit(text[at]) * 16 + digit(text[at + 1]));
  return bytes;
}

/// Those that are of Ed25519's size: others' are for other keys.
std::vector<std::string> signatures_in(const JsonView& json,
                                       std::optional<std::string> (*decode)(std::string_view)) {
  const std::vector<JsonView> items = json.items();
  if (items.empty()) json.refuse("it is signed by nobody");
  if (items.size() > most_signatures)
    json.refuse("more than " + std::to_string(most_signatures) + " signatures are not looked at");
  std::vector<std::string> signatures;
  for (const JsonView& item : items) {
    std::optional<std::string> bytes = decode(item.string("sig"));
    if (!bytes) item.at("sig").refuse("it is not written as a signature is");
    if (bytes->size() == 64) signatures.push_back(std::move(*bytes));
  }
  return signatures;
}

/// {"sha256": …, …}
std::optional<Digest> sha256_in(const JsonView& hashes) {
  if (!hashes.has("sha256")) return std::nullopt;
  const std::optional<Digest> digest = digest_in_hex(hashes.string("sha256"));
  if (!digest) hashes.at("sha256").refuse("it is no SHA-256 of 64 lower-case hexadecimal digits");
  return digest;
}

Statement read_link(const JsonView& json, const std::string& name) {
  const JsonView link = json.at("signed");
  if (link.string("_type") != "link")
    link.at("_type").refuse("only a link says what was built, and this is a " + link.string("_type"));
  Statement statement;
  statement.format = "in-toto link";
  for (const auto& [file, hashes] : link.at("products").members()) {
    if (const auto digest = sha256_in(hashes)) statement.about.push_back({file, *digest});
  }
  statement.signed_bytes = canonical_json(link.raw(), name);
  statement.signatures = signatures_in(json.at("signatures"), bytes_in_hex);
  return statement;
}

/// What of a predicate it is that a rebuilt archive is upstream's.
void read_predicate(const JsonView& json, Statement& statement) {
  const std::string type = json.string("predicateType");
  const JsonView predicate = json.at("predicate");
  if (type == predicates::test_result) {
    const std::string result = predicate.string("result");
    if (result != "PASSED" && result != "FAILED")
      predicate.at("result").refuse("it is neither PASSED nor FAILED");
    statement.format = "test result";
    statement.says = result == "PASSED" ? Statement::Says::reproduced : Statement::Says::not_reproduced;
    return;
  }
  if (type != predicates::provenance) json.at("predicateType").refuse("this gostrap does not know " + type);
  const JsonView definition = predicate.at("buildDefinition");
  const std::string build = definition.string("buildType");
  if (build == build_types::equivalence) {
    statement.format = "artifact equivalence";
  } else if (build == build_types::rebuild) {
    statement.format = "SLSA provenance";
  } else {
    definition.at("buildType").refuse("it is no rebuild that this gostrap knows: " + build);
  }
}

Statement read_envelope(const JsonView& json, const std::string& name) {
  const std::string type = json.string("payloadType");
  if (type != payload_type) json.at("payloadType").refuse("it is not " + std::string(payload_type));
  const std::optional<std::string> payload = from_base64(json.string("payload"));
  if (!payload) json.at("payload").refuse("it is no base64");
  const JsonDocument inside(*payload, name + ", payload");
  const JsonView body = inside.view();
  if (body.string("_type") != statement_type)
    body.at("_type").refuse("this gostrap reads " + std::string(statement_type) + " only");
  Statement statement;
  read_predicate(body, statement);
  // OSS Rebuild's name for what was built again
  constexpr std::string_view rebuilt = "rebuild/";
  for (const JsonView& subject : body.at("subject").items()) {
    std::string file = subject.string("name");
    if (file.starts_with(rebuilt)) file.erase(0, rebuilt.size());
    if (const auto digest = sha256_in(subject.at("digest"))) statement.about.push_back({file, *digest});
  }
  statement.signed_bytes = authenticated(type, *payload);
  statement.signatures = signatures_in(json.at("signatures"), from_base64);
  return statement;
}

Json hashes_of(const std::vector<LinkFile>& files) {
  Json json = Json::object();
  for (const LinkFile& file : files) {
    json[file.name] = Json{{"sha256", file.sha256}};
    if (!file.sha512.empty()) json[file.name]["sha512"] = file.sha512;
  }
  return json;
}

}  // namespace

bool Statement::signed_by(const PublicKey& key) const {
  return std::any_of(signatures.begin(), signatures.end(),
                     [&](const std::string& signature) { return key.verifies(signed_bytes, signature); });
}

Statement read_statement(std::string_view text, const std::string& name) {
  const JsonDocument document{std::string(text), name};
  const JsonView json = document.view();
  Statement statement;
  if (json.raw().is_object() && json.has("payloadType")) {
    statement = read_envelope(json, name);
  } else if (json.raw().is_object() && json.has("signed")) {
    statement = read_link(json, name);
  } else {
    json.refuse("it is neither an in-toto link nor a DSSE envelope");
  }
  if (statement.about.empty()) json.refuse("it names no file with a SHA-256");
  statement.file = name;
  return statement;
}

std::string key_id(const PublicKey& key) {
  const Json description{{"keyid_hash_algorithms", {"sha256", "sha512"}},
                         {"keytype", "ed25519"},
                         {"keyval", {{"public", hex(key.raw())}}},
                         {"scheme", "ed25519"}};
  return hex(sha256(canonical_json(description, "a key")));
}

std::string signed_link(const std::string& name, const std::vector<LinkFile>& materials,
                        const std::vector<LinkFile>& products, const PrivateKey& key) {
  Json link = Json::object();
  link["_type"] = "link";
  link["name"] = name;
  link["materials"] = hashes_of(materials);
  link["products"] = hashes_of(products);
  link["environment"] = Json::object();  // rebuilderd has null, which in-toto in Python refuses
  link["byproducts"] = Json::object();
  link["command"] = Json::array();
  Json json = Json::object();
  json["signatures"] = Json::array(
      {Json{{"keyid", key_id(key.public_key())}, {"sig", hex(key.sign(canonical_json(link, "a link")))}}});
  json["signed"] = std::move(link);
  return to_line(json);
}

std::string signed_envelope(const Json& statement, const PrivateKey& key) {
  const std::string payload = to_line(statement);
  Json json = Json::object();
  json["payloadType"] = payload_type;
  json["payload"] = base64(payload);
  json["signatures"] = Json::array({Json{{"keyid", key_id(key.public_key())},
                                         {"sig", base64(key.sign(authenticated(payload_type, payload)))}}});
  return to_line(json);
}

}  // namespace gostrap
