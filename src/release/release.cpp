#include "release/release.hpp"

#include "support/edit_distance.hpp"
#include "support/encoding.hpp"
#include "support/error.hpp"
#include "support/strings.hpp"

#include <fnmatch.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace gostrap {
namespace {

/// One letter in three of a word at the most is wrong.
bool is_near(const std::string& word, const std::string& candidate) {
  return edit_distance(word, candidate) <= std::max<std::size_t>(1, word.size() / 3);
}

/// The port that a mistyped one most likely meant: both of its words are near. Nothing for an architecture
/// that Go simply has not.
std::optional<Port> nearest_port(const Port& port, const std::vector<Port>& candidates) {
  // an architecture is a short word: little off, or the beginning of a longer name
  const auto near = [](const std::string& word, const std::string& candidate) {
    if (word == candidate) return 0;
    if (word.size() > 2 && candidate.starts_with(word)) return 1;
    return is_near(word, candidate) ? 2 : 1000;
  };
  std::optional<Port> best;
  int best_distance = 1000;
  for (const Port& candidate : candidates) {
    // one word alone was read as an architecture of linux
    const bool is_wasm = port.goos == "linux" && candidate.goos == "js";
    const int distance =
        (is_wasm ? 1 : near(port.goos, candidate.goos)) + near(port.goarch, candidate.goarch);
    if (distance >= best_distance) continue;
    best_distance = distance;
    best = candidate;
  }
  return best;
}

Digest digest_in(const JsonView& json) {
  const std::optional<Digest> digest = digest_in_hex(json.string());
  if (!digest) json.refuse("it should be a SHA-256 in 64 lower-case hexadecimal digits");
  return *digest;
}

std::string commit_in(const JsonView& json) {
  std::string text = json.string();
  if (!is_hex(text, 40)) json.refuse("it should be a commit in 40 lower-case hexadecimal digits");
  return text;
}

bool plain_file_name(const std::string& text) {
  return !text.empty() && text.size() < 200 && text.front() != '.' &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") ==
             std::string::npos;
}

/// It is shown on terminals and handed to others, such as ssh.
bool plain_origin(const std::string& text) {
  return !text.empty() && text.size() < 4096 && text.front() != '-' &&
         std::none_of(text.begin(), text.end(),
                      [](char each) { return static_cast<unsigned char>(each) <= ' ' || each == '\x7f'; });
}

}  // namespace

Version version_in(const JsonView& json) {
  const std::optional<Version> version = parse_version(json.string());
  if (!version) json.refuse("\"" + json.string() + "\" is not a Go version, such as 1.24.4");
  return *version;
}

bool Release::has(const Port& port) const {
  return std::find(ports.begin(), ports.end(), port) != ports.end();
}

const Digest& Release::nar() const {
  if (source) return *source;
  throw Error("tell what the source of " + name() + " is",
              "its NAR hash is not pinned here: nobody has seen its source yet",
              "`gostrap source " + version.text() + " --out DIR` looks at it, and writes the hash down.");
}

bool Release::may_publish(const std::string& file) const {
  const std::string start = name() + ".";
  // "go1.20." begins the names of go1.20.1's too
  return plain_file_name(file) && file.starts_with(start) && file.size() > start.size() &&
         (file[start.size()] < '0' || file[start.size()] > '9');
}

ReleasePort Release::at(const Port& port) const {
  if (has(port)) return {*this, port};
  const std::string all = join(ports, " ", &Port::text);
  const std::optional<Port> near = nearest_port(port, ports);
  throw UsageError(name() + " has no port " + port.text(), near ? "Did you mean " + near->text() +
                                                                      "? `gostrap release show " +
                                                                      version.text() + "` lists the ports."
                                                                : "It has: " + all);
}

HostedPort::HostedPort(const ReleasePort& at) : ReleasePort(at) {
  if (const auto why = why_not_hosted(port())) {
    throw UsageError("no toolchain can be hosted on " + port().text() + ": " + *why,
                     "`gostrap build " + port().text() + "` makes an SDK that runs here and targets it.");
  }
}

std::vector<Port> Release::matching(const std::string& pattern) const {
  std::vector<Port> found;
  for (const Port& port : ports) {
    if (::fnmatch(pattern.c_str(), port.text().c_str(), FNM_PATHNAME) == 0) found.push_back(port);
  }
  if (found.empty()) {
    throw UsageError("no port of " + name() + " matches " + pattern,
                     "`gostrap release show " + version.text() + "` lists them.");
  }
  return found;
}

Json to_json(const Release& release) {
  Json json = Json::object();
  json["tag"] = release.tag;
  if (!release.commit.empty()) json["commit"] = release.commit;
  if (release.source) json["source"] = sri(*release.source);
  if (release.source_archive) json["sourceArchive"] = hex(*release.source_archive);
  json["bootstrap"] = release.bootstrap.text();
  json["origins"] = release.origins;
  json["ports"] = Json::array();
  for (const Port& port : release.ports) json["ports"].push_back(port.text());
  json["archives"] = Json::object();
  for (const auto& [file, digest] : release.archives) json["archives"][file] = hex(digest);
  return json;
}

Release release_from_json(const Version& version, const JsonView& json) {
  Release release;
  release.version = version;
  release.tag = json.string("tag");
  if (!plain_file_name(release.tag)) json.at("tag").refuse("it should be a plain tag name, such as go1.24.4");
  if (json.has("commit")) release.commit = commit_in(json.at("commit"));
  if (json.has("source")) release.source = sri_in(json.at("source"));
  if (json.has("sourceArchive")) release.source_archive = digest_in(json.at("sourceArchive"));
  if (release.commit.empty() && !release.source && !release.source_archive)
    json.refuse("it has no pin of its source: commit, source or sourceArchive");
  release.bootstrap = version_in(json.at("bootstrap"));
  if (release.bootstrap >= version) {
    json.at("bootstrap").refuse("a release cannot be built from itself or from a newer one");
  }
  for (const JsonView& origin : json.at("origins").items()) {
    if (!plain_origin(origin.string())) origin.refuse("it should be a URL or a path, without spaces");
    release.origins.push_back(origin.string());
  }
  for (const JsonView& port : json.at("ports").items()) {
    const std::string text = port.string();
    const std::size_t slash = text.find('/');
    if (slash == std::string::npos) port.refuse("it should be GOOS/GOARCH");
    try {
      release.ports.push_back(parse_port(text));
    } catch (const UsageError& error) {
      port.refuse(error.why());
    }
  }
  for (const auto& [file, digest] : json.at("archives").members()) {
    if (!plain_file_name(file)) digest.refuse("that is not a plain file name");
    if (!release.may_publish(file)) digest.refuse("that is no archive of " + release.name());
    release.archives[file] = digest_in(digest);
  }
  return release;
}

}  // namespace gostrap
