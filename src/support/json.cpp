#include "support/json.hpp"

#include "support/error.hpp"
#include "support/files.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace gostrap {
namespace {

constexpr int deepest = 32;

std::string line_of(std::string_view text, std::size_t byte) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(byte, text.size()));
  return std::to_string(1 + std::count(text.begin(), end, '\n'));
}

}  // namespace

Json parse_json(std::string_view text, const std::string& name) {
  std::vector<std::set<std::string>> keys;
  const auto check = [&](int depth, Json::parse_event_t event, Json& value) {
    if (depth > deepest) {
      throw Error("read " + name, "it is nested deeper than " + std::to_string(deepest) + " levels");
    }
    if (event == Json::parse_event_t::object_start) keys.emplace_back();
    if (event == Json::parse_event_t::object_end) keys.pop_back();
    if (event == Json::parse_event_t::key && !keys.back().insert(value.get<std::string>()).second) {
      throw Error("read " + name, "the key \"" + value.get<std::string>() + "\" stands twice in one object");
    }
    return true;
  };
  try {
    return Json::parse(text.begin(), text.end(), check);
  } catch (const Json::parse_error& error) {
    std::string why = error.what();
    const std::size_t prose = why.find("syntax error");
    if (prose != std::string::npos) why = why.substr(prose);
    throw Error("read " + name + ":" + line_of(text, error.byte), "it is not JSON: " + why);
  } catch (const Json::out_of_range& error) {
    throw Error("read " + name, std::string("a number in it is out of range: ") + error.what());
  }
}

Json read_json(const std::filesystem::path& file) {
  return parse_json(read_file(file), file.string());
}

std::string to_text(const Json& json) {
  return json.dump(2) + "\n";
}

void JsonView::refuse(const std::string& why) const {
  throw Error("read " + where_, why);
}

JsonView JsonView::at(const std::string& key) const {
  if (!json_.is_object()) refuse("it should be an object");
  const auto found = json_.find(key);
  if (found == json_.end()) refuse("\"" + key + "\" is missing");
  return {*found, where_ + ", " + key};
}

bool JsonView::has(const std::string& key) const {
  return json_.is_object() && json_.contains(key);
}

std::string JsonView::text() const {
  if (!json_.is_string()) refuse("it should be a string");
  return json_.get<std::string>();
}

std::string JsonView::text_or(const std::string& key, const std::string& otherwise) const {
  return has(key) ? text(key) : otherwise;
}

bool JsonView::truth() const {
  if (!json_.is_boolean()) refuse("it should be true or false");
  return json_.get<bool>();
}

std::vector<JsonView> JsonView::items() const {
  if (!json_.is_array()) refuse("it should be an array");
  std::vector<JsonView> views;
  for (std::size_t i = 0; i < json_.size(); ++i)
    views.emplace_back(json_[i], where_ + "[" + std::to_string(i) + "]");
  return views;
}

std::vector<std::pair<std::string, JsonView>> JsonView::members() const {
  if (!json_.is_object()) refuse("it should be an object");
  std::vector<std::pair<std::string, JsonView>> views;
  for (const auto& [key, value] : json_.items())
    views.emplace_back(key, JsonView(value, where_ + ", " + key));
  return views;
}

}  // namespace gostrap
