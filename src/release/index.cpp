#include "release/index.hpp"

#include "support/error.hpp"

#include <nlohmann/json.hpp>

namespace gostrap {

namespace {

Version version_of(const JsonView& entry) {
  const std::optional<Version> version = parse_version(entry.string("version"));
  if (!version) entry.at("version").refuse("it should be a Go version, such as go1.24.4");
  return *version;
}

/// Nothing where it lists no source archive, as of a release that is only being published.
std::optional<Published> files_of(const JsonView& entry) {
  Published published;
  std::optional<Digest> source_archive;
  for (const JsonView& file : entry.at("files").items()) {
    const std::optional<Digest> digest = digest_in_hex(file.string("sha256"));
    if (!digest) file.at("sha256").refuse("it should be a SHA-256 in hexadecimal digits");
    const std::string kind = file.string("kind");
    if (kind == "source") source_archive = digest;
    if (kind == "archive") published.archives[file.string("filename")] = *digest;
  }
  if (!source_archive) return std::nullopt;
  published.source_archive = *source_archive;
  return published;
}

}  // namespace

Published published_files(const JsonView& index, const Version& version) {
  std::string there;
  for (const JsonView& entry : index.items()) {
    const std::string name = entry.string("version");
    there += " " + name;
    if (name != "go" + version.text()) continue;
    const std::optional<Published> published = files_of(entry);
    if (!published) entry.refuse("it lists no source archive");
    return *published;
  }
  index.refuse("it has no go" + version.text() + "; it has:" + there);
}

std::vector<ListedRelease> listed_releases(const JsonView& index) {
  std::vector<ListedRelease> listed;
  for (const JsonView& entry : index.items()) {
    const Version version = version_of(entry);
    if (const auto files = files_of(entry)) listed.push_back({version, *files});
  }
  return listed;
}

std::vector<Version> published_versions(const JsonView& index) {
  std::vector<Version> versions;
  for (const JsonView& entry : index.items()) {
    const Version version = version_of(entry);
    if (version.stage == Version::released) versions.push_back(version);
  }
  return versions;
}

}  // namespace gostrap
