#include "bundle/index.hpp"

#include "archive/untrusted_name.hpp"
#include "release/version.hpp"
#include "support/encoding.hpp"
#include "support/interrupt.hpp"

#include <nlohmann/json.hpp>

#include <set>

namespace gostrap {
namespace {

constexpr const char* format = "gostrap-bundle";
constexpr int schema = 1;
constexpr std::size_t most_entries = 10'000;

Json to_json(const BundlePart& part) {
  Json json = Json::object();
  json["size"] = part.size;
  json["sha256"] = hex(part.digest);
  return json;
}

std::uint64_t number_in(const JsonView& json) {
  if (!json.raw().is_number_unsigned()) json.refuse("it should be a number of bytes or files");
  return json.raw().get<std::uint64_t>();
}

BundlePart part_in(const JsonView& json) {
  const std::optional<Digest> digest = digest_in_hex(json.string("sha256"));
  if (!digest) json.at("sha256").refuse("it should be a SHA-256 in hexadecimal");
  return {number_in(json.at("size")), *digest};
}

Port port_in(const JsonView& json) {
  try {
    Port port = parse_port(json.string());
    if (port.text() == json.string()) return port;
  } catch (const UsageError&) {
    // said below
  }
  json.refuse("it should be GOOS/GOARCH");
}

/// It becomes the name of a directory.
std::string name_in(const JsonView& json) {
  std::string name = json.string();
  const bool plain =
      !name.empty() && name.size() <= 160 && name.front() != '.' && name.front() != '-' &&
      name != bundle_directory &&
      name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-") ==
          std::string::npos;
  if (!plain) json.refuse(in_quotes(name) + " is not a plain name");
  return name;
}

std::string key_in(const JsonView& json) {
  std::string key = json.string();
  if (!is_hex(key, 32)) {
    json.refuse("it should be a key of 32 hexadecimal digits");
  }
  return key;
}

BundleEntry entry_in(const JsonView& json) {
  BundleEntry entry;
  entry.name = name_in(json.at("name"));
  const std::string word = json.string("kind");
  const std::optional<Kind> kind = kind_called(word);
  if (!kind) json.at("kind").refuse(in_quotes(word) + " is none of " + all_kinds());
  entry.kind = *kind;
  entry.key = key_in(json.at("key"));
  if (entry.kind != Kind::modules) {
    entry.release = json.string("release");
    const std::optional<Version> version = parse_version(entry.release);
    if (!version || version->text() != entry.release) json.at("release").refuse("it is not a Go version");
    entry.source = sri_in(json.at("source"));
    if (has_port(entry.kind)) {
      entry.port = port_in(json.at("port"));
      entry.hosted_on = port_in(json.at("hostedOn"));
    }
  }
  entry.files = number_in(json.at("files"));
  entry.bytes = number_in(json.at("bytes"));
  entry.new_bytes = number_in(json.at("newBytes"));
  if (entry.new_bytes > entry.bytes) json.at("newBytes").refuse("it is more than all bytes");
  entry.contents = part_in(json.at("contents"));
  entry.provenance = part_in(json.at("provenance"));
  return entry;
}

}  // namespace

BundlePart part_of(std::string_view text) {
  return {text.size(), sha256(text)};
}

Json to_json(const BundleIndex& index) {
  Json json = Json::object();
  json["format"] = format;
  json["schema"] = schema;
  json["gostrap"] = index.made_by;
  json["sbom"] = to_json(index.sbom);
  json["releases"] = to_json(index.releases);
  json["entries"] = Json::array();
  for (const BundleEntry& entry : index.entries) {
    Json each = Json::object();
    each["name"] = entry.name;
    each["kind"] = text(entry.kind);
    each["key"] = entry.key;
    if (!entry.release.empty()) each["release"] = entry.release;
    if (entry.source) each["source"] = sri(*entry.source);
    if (entry.port) each["port"] = entry.port->text();
    if (entry.hosted_on) each["hostedOn"] = entry.hosted_on->text();
    each["files"] = entry.files;
    each["bytes"] = entry.bytes;
    each["newBytes"] = entry.new_bytes;
    each["contents"] = to_json(entry.contents);
    each["provenance"] = to_json(entry.provenance);
    json["entries"].push_back(std::move(each));
  }
  return json;
}

BundleIndex index_from_json(const JsonView& json) {
  if (json.string("format") != format) json.at("format").refuse("it is not the index of a bundle");
  if (json.at("schema").raw() != Json(schema) || !json.at("schema").raw().is_number_integer()) {
    json.at("schema").refuse("this gostrap reads bundles of schema " + std::to_string(schema) + " only");
  }
  BundleIndex index;
  index.made_by = json.string("gostrap");
  index.sbom = part_in(json.at("sbom"));
  index.releases = part_in(json.at("releases"));
  std::set<std::string> names;
  std::set<std::string> keys;
  for (const JsonView& each : json.at("entries").items()) {
    check_interrupt();
    if (index.entries.size() >= most_entries) each.refuse("a bundle has at most 10000 entries");
    index.entries.push_back(entry_in(each));
    const BundleEntry& entry = index.entries.back();
    if (!names.insert(folded_case(entry.name)).second) {
      each.refuse("there is another entry " + in_quotes(entry.name));
    }
    if (!keys.insert(entry.key).second) each.refuse("there is another entry with the key " + entry.key);
  }
  if (index.entries.empty()) json.at("entries").refuse("there is none");
  return index;
}

}  // namespace gostrap
