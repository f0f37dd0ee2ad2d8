// A release: what is pinned about one Go version.
#pragma once

#include "release/port.hpp"
#include "release/version.hpp"
#include "support/hash.hpp"
#include "support/json.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

class ReleasePort;

struct Release {
  Version version;
  std::string tag;  ///< "go1.24.4"
  // At least one of these three is known. Each origin is held against those that it can meet.
  std::string commit;                      ///< 40 hexadecimal digits, or empty
  std::optional<Digest> source;            ///< of the canonical source's NAR
  std::optional<Digest> source_archive;    ///< of goX.Y.Z.src.tar.gz
  Version bootstrap;                       ///< the oldest Go that can build it (bootgo in its src/make.bash)
  std::vector<std::string> origins;        ///< git URLs, in the order in which they are tried
  std::vector<Port> ports;                 ///< src/internal/platform/zosarch.go, without the broken ones
  std::map<std::string, Digest> archives;  ///< by the name of the published file

  std::string name() const { return "go" + version.text(); }
  bool has(const Port& port) const;
  /// The NAR hash of its source, by which all that is made of it is known. Throws Error where nobody has seen
  /// its source yet, with the command that looks at it.
  const Digest& nar() const;
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

/// One entry as it stands in nix/releases/ and in the file of a user's own.
Json to_json(const Release& release);
Release release_from_json(const Version& version, const JsonView& json);

/// A version as text, or a refusal.
Version version_in(const JsonView& json);

}  // namespace gostrap
