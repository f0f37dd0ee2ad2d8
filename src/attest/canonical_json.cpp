#include "attest/canonical_json.hpp"

#include "support/error.hpp"

#include <nlohmann/json.hpp>

#include <map>

namespace gostrap {
namespace {

void append_string(std::string& text, const std::string& value) {
  text += '"';
  for (const char each : value) {
    if (each == '"' || each == '\\') text += '\\';
    text += each;
  }
  text += '"';
}

void append_value(std::string& text, const Json& json, const std::string& name) {
  if (json.is_object()) {
    std::map<std::string, const Json*> members;
    for (const auto& [key, value] : json.items()) members.emplace(key, &value);
    char before = '{';
    for (const auto& [key, value] : members) {
      text += before;
      append_string(text, key);
      text += ':';
      append_value(text, *value, name);
      before = ',';
    }
    text += members.empty() ? "{}" : "}";
  } else if (json.is_array()) {
    char before = '[';
    for (const Json& value : json) {
      text += before;
      append_value(text, value, name);
      before = ',';
    }
    text += json.empty() ? "[]" : "]";
  } else if (json.is_string()) {
    append_string(text, json.get_ref<const std::string&>());
  } else if (json.is_number_float()) {
    throw Error("read " + name, "a number in what is signed is no integer");
  } else {
    text += json.dump();
  }
}

}  // namespace

std::string canonical_json(const Json& json, const std::string& name) {
  std::string text;
  append_value(text, json, name);
  return text;
}

}  // namespace gostrap
