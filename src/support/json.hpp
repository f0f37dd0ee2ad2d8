// JSON as gostrap reads it: strict (no duplicate keys, bounded depth), with errors that name file, line and
// place.
#pragma once

#include "support/hash.hpp"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gostrap {

// Only names of nlohmann/json are declared here: who looks into a Json includes <nlohmann/json.hpp>, and who
// does not compiles in half the time.

/// Keys keep their order of insertion, so that what we write reads well and never depends on chance.
using Json = nlohmann::ordered_json;

/// Parses `text`; `name` (a file, usually) and the line stand in every error.
Json parse_json(std::string_view text, const std::string& name);
/// The object without what its members `without` hold, null instead: large ones take long to build. What is
/// in them must be JSON, and is not looked at any further.
Json parse_json_without(const std::vector<std::string>& without, std::string_view text,
                        const std::string& name);
Json read_json(const std::filesystem::path& file);

/// Indented by two, with a newline at the end. Bytes that are not UTF-8 become U+FFFD, in what is written
/// here as in all JSON of gostrap: work that is done is not lost for a name.
std::string to_text(const Json& json);
/// The same on one line, without the newline.
std::string to_line(const Json& json);

/// The document with secrets in URLs hidden (support/url.hpp), for those who watch.
Json with_secrets_hidden(Json json);

/// A value inside a document, with the way to it, so that an error can say where it stands. Refers to the
/// document.
class JsonView {
 public:
  /// The root. With the document's text at hand, errors tell the line too.
  JsonView(const Json& json, const std::string& name, std::string_view text = {})
      : json_(json), name_(name), text_(text) {}

  JsonView at(const std::string& key) const;  ///< must be there
  bool has(const std::string& key) const;
  std::string string() const;
  std::string string(const std::string& key) const { return at(key).string(); }
  std::string string_or(const std::string& key, const std::string& otherwise) const;
  bool truth() const;
  std::vector<JsonView> items() const;                            ///< of an array
  std::vector<std::pair<std::string, JsonView>> members() const;  ///< of an object
  const Json& raw() const { return json_; }
  /// "file.json:7, releases, 1.24.4, ports[3]"
  std::string where() const;

  /// Throws: "cannot read <where>: <why>".
  [[noreturn]] void refuse(const std::string& why) const;

 private:
  JsonView(const JsonView& above, const Json& json, std::string step);

  const Json& json_;
  std::string name_;
  std::string_view text_;
  std::vector<std::string> way_;  ///< keys, and "[3]" for items of arrays
};

/// A SHA-256 as Nix writes it, or a refusal.
Digest sri_in(const JsonView& json);

/// A document as it was read, which its views refer to.
class JsonDocument {
 public:
  JsonDocument(std::string text, std::string name);
  ~JsonDocument();
  JsonDocument(const JsonDocument&) = delete;
  JsonDocument& operator=(const JsonDocument&) = delete;

  JsonView view() const { return {*json_, name_, text_}; }

 private:
  std::string text_, name_;
  std::unique_ptr<const Json> json_;
};

}  // namespace gostrap
