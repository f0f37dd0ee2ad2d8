#include "release/releases.hpp"

#include "release/embedded.hpp"
#include "support/directories.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/strings.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <mutex>

namespace gostrap {
namespace {

/// Of a hundred releases, those that whoever named another may have meant: of its line, else each line's
/// newest.
std::string near_ones(const std::vector<Version>& versions, const std::optional<Version>& wanted) {
  std::vector<Version> near;
  for (const Version& version : versions) {
    if (wanted && same_line(version, *wanted)) near.push_back(version);
  }
  if (near.empty()) {
    for (const Version& version : versions) {
      if (near.empty() || !same_line(near.back(), version)) near.push_back(version);
    }
  }
  return join(near, ", ", &Version::text);
}

}  // namespace

std::optional<Version> version_meant(const std::string& word, const std::vector<Version>& known) {
  const std::optional<Version> line = line_named(word), one = parse_version(word);
  for (const Version& version : known) {
    const bool meant = line || word == "latest"
                           ? version.stage == Version::released && (!line || same_line(version, *line))
                           : version == one;
    if (meant) return version;
  }
  return std::nullopt;
}

/// A release, or the text of one that is read when somebody asks.
class Releases::Entry {
 public:
  explicit Entry(Release release) : release_(std::move(release)) {}
  Entry(Version version, std::string_view text) : version_(version), text_(text) {}

  const Release& release() const {
    std::call_once(read_, [&] {
      if (release_) return;
      const JsonDocument document(std::string(text_),
                                  "nix/releases/" + version_.text() + ".json, as shipped");
      release_ = release_from_json(version_, document.view());
    });
    return *release_;
  }

 private:
  Version version_;
  std::string_view text_;
  mutable std::once_flag read_;
  mutable std::optional<Release> release_;
};

Releases Releases::load(const fs::path& user_file) {
  Releases releases;
  for (const auto& [name, text] : embedded::nix_releases) {
    if (const auto version = parse_version(name))
      releases.entries_[*version] = std::make_shared<const Entry>(*version, text);
    else  // default.json
      releases.default_ = parse_version(parse_json(text, std::string(name)).get<std::string>());
  }
  if (fs::exists(user_file)) releases.read(read_file(user_file), user_file.string());
  return releases;
}

Releases Releases::parse(std::string_view text, const std::string& name) {
  Releases releases;
  releases.read(text, name);
  return releases;
}

void Releases::read(std::string_view text, const std::string& name) {
  const JsonDocument document(std::string(text), name);
  const JsonView view = document.view();
  for (const auto& [key, entry] : view.at("releases").members()) {
    const std::optional<Version> version = parse_version(key);
    if (!version || version->text() != key)
      entry.refuse("\"" + key + "\" is not a Go version, such as 1.24.4");
    if (entry.members().size() == 1 && entry.has("source")) {
      complete(*version, entry);
    } else {
      put(with_shipped_pins(release_from_json(*version, entry)));
    }
  }
  if (view.has("default")) {
    default_ = version_in(view.at("default"));
    if (!entries_.contains(*default_)) view.at("default").refuse("there is no release " + default_->text());
  }
}

/// One that was added before it shipped, or with fewer pins, keeps its own and has the others that ship now.
Release Releases::with_shipped_pins(Release own) const {
  const Release* const shipped = find(own.version);
  const bool is_same =
      shipped != nullptr && own.source_archive && own.source_archive == shipped->source_archive;
  if (!is_same) return own;
  if (own.commit.empty()) own.commit = shipped->commit;
  if (!own.source) own.source = shipped->source;
  own.archives.insert(shipped->archives.begin(), shipped->archives.end());
  return own;
}

/// What was seen of a source lies over what ships, and is held against what has come to ship since.
void Releases::complete(const Version& version, const JsonView& seen) {
  const Digest source = sri_in(seen.at("source"));
  const Release* const there = find(version);
  if (there == nullptr) return;  // it shipped with the gostrap that saw it
  if (there->source && *there->source != source) {
    seen.refuse("the source that was seen here is " + sri(source) + ", and " + there->name() +
                " is pinned to " + sri(*there->source));
  }
  Release release = *there;
  release.source = source;
  put(std::move(release));
}

void Releases::put(Release release) {
  const Version version = release.version;
  entries_[version] = std::make_shared<const Entry>(std::move(release));
}

void Releases::choose_default(const Version& version, const std::string& name) {
  if (!entries_.contains(version)) throw Error("read " + name, "there is no release " + version.text());
  default_ = version;
}

std::vector<Version> Releases::versions() const {
  std::vector<Version> versions;
  for (const auto& [version, entry] : entries_) versions.push_back(version);
  return versions;
}

std::vector<std::reference_wrapper<const Release>> Releases::all() const {
  std::vector<std::reference_wrapper<const Release>> all;
  for (const auto& [version, entry] : entries_) all.emplace_back(entry->release());
  return all;
}

const Release* Releases::find(const Version& version) const {
  const auto there = entries_.find(version);
  return there != entries_.end() ? &there->second->release() : nullptr;
}

const Release& Releases::default_release() const {
  if (entries_.empty()) throw Error("choose a release", "there is none: the releases file is empty");
  const Release* const release = default_ ? find(*default_) : nullptr;
  return release != nullptr ? *release : entries_.begin()->second->release();
}

const Release& Releases::get(const std::string& text) const {
  if (text.empty()) return default_release();
  if (const auto version = version_meant(text, versions())) return *find(*version);
  const std::optional<Version> wanted = parse_version(without_any_patch(text));
  throw UsageError(
      "there is no release \"" + text + "\"",
      "There are: " + near_ones(versions(), wanted) +
          ". `gostrap release list` shows all; `gostrap release add` writes an entry for another "
          "one.");
}

fs::path user_releases_file() {
  return need_base_directory(BaseDirectory::config, "your releases", "--releases FILE") / "gostrap" /
         "releases.json";
}

}  // namespace gostrap
