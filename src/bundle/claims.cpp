#include "bundle/claims.hpp"

#include "support/error.hpp"
#include "support/hash.hpp"

#include <nlohmann/json.hpp>

#include <vector>

namespace gostrap {
namespace {

constexpr std::size_t longest_provenance = std::size_t{4} << 20U;  // it is read whenever the store is listed

/// Of a stranger's provenance nothing stands where anybody would look.
Provenance of_a_stranger(const BundleEntry& entry, const std::string& key, const JsonView& claims) {
  Provenance provenance;
  provenance.gostrap = GOSTRAP_VERSION;
  provenance.name = entry.name;
  provenance.key = key;
  provenance.inputs = inputs_of(entry.kind, entry.release, entry.source, entry.port);
  provenance.claims = claims.raw().dump();
  return provenance;
}

/// An hour that is none is left out where a provenance is read later: here it is told.
void check_hours(const JsonView& json, const Provenance& provenance) {
  if (json.has("made") && !provenance.made)
    json.at("made").refuse("it should be a time such as 2026-11-23T07:00:00Z");
  if (!json.has("from")) return;
  const std::vector<JsonView> from = json.at("from").items();
  for (std::size_t i = 0; i < from.size(); ++i) check_hours(from[i], provenance.from[i]);
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

void refuse_claim(const BundleReader& reader, const BundleEntry& entry, const std::string& why) {
  throw Error("install " + entry.name + " from " + reader.name(), why,
              "Its index says otherwise: get the bundle from whoever made it, and ask for a signed one.");
}

Provenance installed_provenance(const BundleReader& reader, const BundleEntry& entry,
                                const BundleEntry& installed, const std::string& text, Voucher voucher) {
  if (text.size() > longest_provenance) refuse_claim(reader, entry, why_not_read_again(text));
  const JsonDocument document(text, reader.name() + " (" + entry.name + "/provenance.json)");
  const JsonView view = document.view();
  const Provenance told = read_provenance(view);
  check_hours(view, told);
  const StepInputs inputs = read_inputs(view.at("inputs"));
  std::string key = key_of_contents(entry.kind, entry.contents.digest);
  if (entry.key != key) key = key_of(inputs.text);
  if (entry.key != key) refuse_claim(reader, entry, "its key is " + key + " by what it was made from");
  const bool same = inputs.kind == entry.kind && inputs.release == entry.release &&
                    inputs.source == entry.source && inputs.port == entry.port;
  if (!same) refuse_claim(reader, entry, "its provenance is of something else");
  Provenance provenance = voucher == Voucher::named_key ? told : of_a_stranger(entry, installed.key, view);
  const Time now = time_now();
  if (!provenance.made) provenance.made = now;
  provenance.log = "";
  provenance.installed =
      Installed{now, "sha256:" + hex(sha256(reader.index_text())),
                reader.signed_by() ? reader.signed_by()->fingerprint() : "", voucher == Voucher::named_key};
  // one level deeper than it came, for one
  const std::string why = why_not_read_again(to_text(provenance));
  if (!why.empty()) refuse_claim(reader, entry, why);
  return provenance;
}

}  // namespace gostrap
