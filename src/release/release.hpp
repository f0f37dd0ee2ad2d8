// Releases: what is pinned about each Go version. nix/releases.json ships inside the program; a user's own
// entries lie in the configuration directory. The same file is read by Nix.
#pragma once

#include "release/port.hpp"
#include "release/version.hpp"
#include "support/hash.hpp"
#include "support/json.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

class ReleasePort;

struct Release {
  Version version;
  std::string tag;                         ///< "go1.24.4"
  std::string commit;                      ///< 40 hexadecimal digits
  Digest source{};                         ///< of the canonical source's NAR
  Digest source_archive{};                 ///< of goX.Y.Z.src.tar.gz
  Version bootstrap;                       ///< the oldest Go that can build it (bootgo in its src/make.bash)
  std::vector<std::string> origins;        ///< git URLs, in the order in which they are tried
  std::vector<Port> ports;                 ///< src/internal/platform/zosarch.go, without the broken ones
  std::map<std::string, Digest> archives;  ///< by the name of the published file

  std::string name() const { return "go" + version.text(); }
  bool has(const Port& port) const;
  /// Whether a file of that name can be one of its archives: "go1.24.4.linux-arm64.tar.gz", not go1.24.40's.
  bool may_publish(const std::string& file) const;
  /// Throws UsageError, naming what is near, for a port that the release does not have.
  ReleasePort at(const Port& port) const;
  /// The ports that match a pattern of the shell ("linux/*", "*/arm64"). Throws UsageError where none does.
  std::vector<Port> matching(const std::string& pattern) const;
};

/// A port that its release has: Release::at makes it, and whoever takes one need not look again. It refers to
/// the release.
class ReleasePort {
 public:
  const Release& release() const { return *release_; }
  const Port& port() const { return port_; }

 private:
  friend struct Release;
  ReleasePort(const Release& release, Port port) : release_(&release), port_(std::move(port)) {}

  const Release* release_;
  Port port_;
};

/// One on which a toolchain can run. Throws UsageError, with the reason, for others.
class HostedPort : public ReleasePort {
 public:
  explicit HostedPort(const ReleasePort& at);
};

class Releases {
 public:
  /// Those that ship, and the user's own laid over them. `user_file` need not exist.
  static Releases load(const std::filesystem::path& user_file);
  /// Reads a document in the format of nix/releases.json; `name` stands in errors.
  static Releases parse(std::string_view text, const std::string& name);

  const std::vector<Release>& all() const { return releases_; }  ///< newest first
  const Release& default_release() const;
  const Release* find(const Version& version) const;
  /// "1.24.4", "go1.24.4", "1.24" (its newest patch) or "" (the default). Throws UsageError.
  const Release& get(const std::string& text) const;
  /// Adds it, or replaces the entry of the same version.
  void put(Release release);

 private:
  /// Lays a document over what is there already.
  void read(std::string_view text, const std::string& name);

  std::vector<Release> releases_;
  std::optional<Version> default_;
};

/// One entry as it stands in releases.json.
Json to_json(const Release& release);
Release release_from_json(const Version& version, const JsonView& json);

/// Where a user's own entries lie: $XDG_CONFIG_HOME/gostrap/releases.json.
std::filesystem::path user_releases_file();

}  // namespace gostrap
