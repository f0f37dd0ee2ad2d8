// JSON as gostrap reads it: strict (no duplicate keys, bounded depth), with errors that name file and place.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

// Only names of nlohmann/json are declared here: who looks into a Json includes <nlohmann/json.hpp>, and who
// does not compiles in half the time.

/// Keys keep their order of insertion, so that what we write reads well and never depends on chance.
using Json = nlohmann::ordered_json;

/// Parses `text`; `name` (a file, usually) and the line stand in every error.
Json parse_json(std::string_view text, const std::string& name);
Json read_json(const std::filesystem::path& file);

/// Indented by two, with a newline at the end.
std::string to_text(const Json& json);

/// A value inside a document, with the way to it, so that an error can say where it stands.
class JsonView {
 public:
  JsonView(const Json& json, std::string name) : json_(json), where_(std::move(name)) {}

  JsonView at(const std::string& key) const;  ///< must be there
  bool has(const std::string& key) const;
  std::string text() const;
  std::string text(const std::string& key) const { return at(key).text(); }
  std::string text_or(const std::string& key, const std::string& otherwise) const;
  bool truth() const;
  std::vector<JsonView> items() const;                            ///< of an array
  std::vector<std::pair<std::string, JsonView>> members() const;  ///< of an object
  const Json& raw() const { return json_; }
  const std::string& where() const { return where_; }

  /// Throws: "cannot read <where>: <why>".
  [[noreturn]] void refuse(const std::string& why) const;

 private:
  const Json& json_;
  std::string where_;
};

}  // namespace gostrap
