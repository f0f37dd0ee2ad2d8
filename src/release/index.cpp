#include "release/index.hpp"

#include "release/release.hpp"
#include "support/error.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>
#include <set>
#include <stdexcept>

namespace gostrap {

namespace {

/// What is done about something wrong: thrown, or written down.
using Complain = std::function<void(const Error&)>;

void strictly(const Error& error) {
  throw Error(error);
}

/// "go1.24.4", as upstream spells it; go1.24 is no name of a release since 1.21.
std::optional<Version> version_named(const std::string& name) {
  const std::optional<Version> version = parse_version(name);
  return version && name == "go" + version->text() ? version : std::nullopt;
}

bool is_too_old(const std::string& name) {
  const std::optional<Version> version = parse_version(name);
  return name == "go1" || (version && version->major == 1 && version->minor < oldest_minor);
}

/// Of one release, file by file.
class Files {
 public:
  Files(const Version& version, const Complain& complain) : complain_(complain) {
    release_.version = version;
  }

  void take(const JsonView& file) try {
    const std::string kind = file.string("kind");
    if (kind != "source" && kind != "archive") return;
    const std::string name = file.string("filename");
    if ((name == source()) != (kind == "source") || !release_.may_publish(name))
      file.at("filename").refuse("\"" + name + "\" is no " + kind + " of " + release_.name());
    const std::optional<Digest> digest = digest_in_hex(file.string("sha256"));
    if (!digest) file.at("sha256").refuse("it should be a SHA-256 in hexadecimal digits");
    const auto [there, is_new] = files_.emplace(name, *digest);
    if (!is_new && there->second != *digest) {
      unsure_.insert(name);
      file.refuse(name + " is listed twice, with different checksums");
    }
  } catch (const Error& error) {
    complain_(error);
  }

  /// Nothing where there is no source archive.
  std::optional<Published> published() const {
    std::map<std::string, Digest> files = files_;
    for (const std::string& name : unsure_) files.erase(name);
    const auto node = files.extract(source());
    if (node.empty()) return std::nullopt;
    return Published{node.mapped(), std::move(files)};
  }

 private:
  std::string source() const { return release_.name() + ".src.tar.gz"; }

  Release release_;
  const Complain& complain_;
  std::map<std::string, Digest> files_;
  std::set<std::string> unsure_;
};

std::optional<Published> files_of(const JsonView& entry, const Version& version, const Complain& complain) {
  Files files(version, complain);
  for (const JsonView& file : entry.at("files").items()) files.take(file);
  std::optional<Published> published = files.published();
  if (!published) entry.refuse("it lists no source archive that could be taken");
  return published;
}

std::string place(const Error& error) {
  constexpr std::string_view reading = "read ";
  const std::string& doing = error.doing();
  return doing.starts_with(reading) ? doing.substr(reading.size()) : doing;
}

/// What is thrown through all that writes down what else is wrong.
struct NoIndex : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Nothing for what is too old, and for what is told.
std::optional<ListedRelease> release_in(const JsonView& entry, const Complain& complain) try {
  const std::string name = entry.string("version");
  if (is_too_old(name)) return std::nullopt;
  const std::optional<Version> version = version_named(name);
  if (!version) entry.at("version").refuse("\"" + name + "\" is no name of a release of Go");
  std::optional<Published> files = files_of(entry, *version, complain);
  return files ? std::optional(ListedRelease{*version, std::move(*files)}) : std::nullopt;
} catch (const Error& error) {
  complain(error);
  return std::nullopt;
}

/// Those of its line, else the first.
std::string near_ones(const std::vector<Version>& there, const Version& wanted) {
  std::string near, newest;
  std::size_t count = 0;
  for (const Version& each : there) {
    if (same_line(each, wanted)) near += " go" + each.text();
    if (count++ < 10) newest += " go" + each.text();
  }
  if (!near.empty()) return "; of its line there are:" + near;
  return newest.empty() ? "" : "; it begins with:" + newest;
}

}  // namespace

Published published_files(const JsonView& index, const Version& version) {
  std::vector<Version> there;
  std::optional<Published> found;
  for (const JsonView& entry : index.items()) {
    const std::string name = entry.string("version");
    if (const auto other = version_named(name)) there.push_back(*other);
    if (name != "go" + version.text()) continue;
    const std::optional<Published> published = files_of(entry, version, strictly);
    if (found && found != published) entry.refuse(name + " is listed twice, with different files");
    found = published;
  }
  if (found) return *found;
  index.refuse("it has no go" + version.text() + near_ones(there, version));
}

ReleaseIndex read_index(const JsonView& index) {
  constexpr std::size_t most_wrong = 20;
  ReleaseIndex read;
  std::map<Version, Published> listed;
  std::set<Version> unsure;
  const Complain complain = [&](const Error& error) {
    read.left_out.push_back(place(error) + ": " + error.why());
    if (read.left_out.size() > most_wrong)
      throw NoIndex("more than " + std::to_string(most_wrong) + " things in it are wrong, the first being " +
                    read.left_out.front());
  };
  try {
    for (const JsonView& entry : index.items()) {
      if (const auto release = release_in(entry, complain)) {
        const auto [there, is_new] = listed.emplace(release->version, release->published);
        if (is_new) {
          read.releases.push_back(*release);
        } else if (there->second != release->published) {
          unsure.insert(release->version);
          read.left_out.push_back("go" + release->version.text() + " is listed twice, with different files");
        }
      }
    }
  } catch (const NoIndex& error) {
    index.refuse(error.what());
  }
  std::erase_if(read.releases, [&](const ListedRelease& each) { return unsure.contains(each.version); });
  if (read.releases.empty())
    index.refuse(read.left_out.empty() ? "it lists no release of Go" : read.left_out.front());
  return read;
}

std::vector<Version> published_versions(const JsonView& index) {
  std::vector<Version> versions;
  const std::vector<JsonView> entries = index.items();
  bool any = entries.empty();
  for (const JsonView& entry : entries) {
    const std::optional<Version> version = parse_version(entry.string("version"));
    any = any || version;
    if (version && version->stage == Version::released) versions.push_back(*version);
  }
  if (!any) entries.front().at("version").refuse("it should be a Go version, such as go1.24.4");
  return versions;
}

}  // namespace gostrap
