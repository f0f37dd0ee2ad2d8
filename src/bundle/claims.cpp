#include "bundle/claims.hpp"

#include "road/make.hpp"
#include "road/step.hpp"
#include "store/store.hpp"
#include "support/error.hpp"
#include "support/hash.hpp"
#include "support/interrupt.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace gostrap {
namespace {

constexpr std::size_t longest_word = 4096;

void check_word(const JsonView& json) {
  const std::string word = json.text();
  if (word.size() > longest_word)
    json.refuse("it has " + std::to_string(word.size()) + " bytes, and " + std::to_string(longest_word) +
                " are the most");
  const bool controls = std::any_of(word.begin(), word.end(), [](char each) {
    return static_cast<unsigned char>(each) < ' ' || each == '\x7f';
  });
  if (controls) json.refuse("there are control characters in it");
}

void check_words(const JsonView& json, std::initializer_list<const char*> names) {
  for (const char* const name : names) {
    if (json.has(name)) check_word(json.at(name));
  }
}

void check_object(const JsonView& json) {
  if (!json.raw().is_object()) json.refuse("it should be an object");
}

void check_inputs(const JsonView& inputs) {
  check_object(inputs);
  check_words(inputs, {"step", "release", "source", "port", "wrapper"});
  if (inputs.has("bootstrap")) {
    check_object(inputs.at("bootstrap"));
    check_words(inputs.at("bootstrap"), {"name", "go", "step"});
  }
  if (inputs.has("profile")) profile_from_json(inputs.at("profile"));
}

}  // namespace

void check_provenance_shape(const JsonView& provenance) {
  check_object(provenance);
  check_words(provenance, {"gostrap", "made", "name", "key", "why", "log"});
  if (provenance.has("made") && !is_time(provenance.text("made")))
    provenance.at("made").refuse("it should be a time such as 2026-11-23T07:00:00Z");
  if (provenance.has("inputs")) check_inputs(provenance.at("inputs"));
  for (const char* const part : {"making", "machine"}) {
    if (provenance.has(part)) check_object(provenance.at(part));
  }
  if (provenance.has("making"))
    check_words(provenance.at("making"), {"bootstrap", "origin", "kind", "commit", "nar"});
  if (provenance.has("machine")) check_words(provenance.at("machine"), {"system", "architecture"});
  if (!provenance.has("from")) return;
  for (const JsonView& each : provenance.at("from").items()) check_provenance_shape(each);
}

void refuse_claim(const BundleReader& reader, const BundleEntry& entry, const std::string& why) {
  throw Error("install " + entry.name + " from " + reader.name(), why,
              "Its index says otherwise: get the bundle from whoever made it, and ask for a signed one.");
}

namespace {

constexpr std::size_t longest_provenance = std::size_t{4} << 20U;  // it is read whenever the store is listed

/// Of a stranger's provenance nothing stands where anybody would look.
Json of_a_stranger(const BundleEntry& entry, const std::string& key, const Json& claims) {
  Json json = Json::object();
  json["gostrap"] = GOSTRAP_VERSION;
  json["name"] = entry.name;
  json["key"] = key;
  json["inputs"] = Json::object();
  json["inputs"]["step"] = text(entry.kind);
  if (!entry.release.empty()) json["inputs"]["release"] = entry.release;
  if (!entry.source.empty()) json["inputs"]["source"] = entry.source;
  if (entry.port) json["inputs"]["port"] = entry.port->text();
  json["claims"] = claims;
  return json;
}

/// Why the text, which will be read again, cannot be; empty where it can.
std::string why_not_read_again(const std::string& text) {
  if (text.size() > longest_provenance) {
    return "its provenance has " + std::to_string(text.size()) + " bytes, and " +
           std::to_string(longest_provenance) + " are the most";
  }
  try {
    const JsonDocument document(text, "provenance.json");
    return {};
  } catch (const Error& error) {
    return "its provenance could not be read again: " + error.why();
  }
}

}  // namespace

Json installed_provenance(const BundleReader& reader, const BundleEntry& entry, const BundleEntry& installed,
                          const std::string& text, Voucher voucher) {
  if (text.size() > longest_provenance) refuse_claim(reader, entry, why_not_read_again(text));
  const JsonDocument document(text, reader.name() + " (" + entry.name + "/provenance.json)");
  const JsonView view = document.view();
  check_provenance_shape(view);
  const JsonView inputs = view.at("inputs");
  std::string key = key_of_contents(entry.kind, entry.contents.digest);
  if (entry.key != key) key = key_of(inputs.raw().dump());
  if (entry.key != key) refuse_claim(reader, entry, "its key is " + key + " by what it was made from");
  const bool same = inputs.text("step") == gostrap::text(entry.kind) &&
                    inputs.text_or("release", "") == entry.release &&
                    inputs.text_or("source", "") == entry.source &&
                    inputs.text_or("port", "") == (entry.port ? entry.port->text() : "");
  if (!same) refuse_claim(reader, entry, "its provenance is of something else");
  const Json head = provenance_head();
  Json json = voucher == Voucher::named_key ? view.raw() : of_a_stranger(entry, installed.key, view.raw());
  if (!json.contains("made")) json["made"] = head["made"];
  json["log"] = "";
  json["installed"] = Json::object();
  json["installed"]["made"] = head["made"];
  json["installed"]["bundle"] = "sha256:" + hex(sha256(reader.index_text()));
  json["installed"]["signedBy"] = reader.signed_by() ? reader.signed_by()->fingerprint() : "";
  json["installed"]["vouched"] = voucher == Voucher::named_key;
  // one level deeper than it came, for one
  const std::string why = why_not_read_again(to_text(json));
  if (!why.empty()) refuse_claim(reader, entry, why);
  return json;
}

}  // namespace gostrap
