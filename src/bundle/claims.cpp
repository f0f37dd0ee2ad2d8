#include "bundle/claims.hpp"

#include "build/step.hpp"
#include "build/store.hpp"

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

}  // namespace gostrap
