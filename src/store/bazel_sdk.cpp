#include "store/bazel_sdk.hpp"

#include "sdk/manifest.hpp"
#include "support/error.hpp"
#include "support/hash.hpp"

#include <optional>
#include <string>

namespace gostrap {
namespace {

/// The checksum of archives of the store; nothing where they are a stranger's and not what upstream has
/// published.
std::optional<std::string> digest_to_trust(const StoreEntry& made, const BazelSdk& sdk) {
  std::string digest = hex(sha256_file(made.path / sdk.archive));
  if (made.is_strangers() && !sdk.digest.empty() && digest != sdk.digest) return std::nullopt;
  return digest;
}

}  // namespace

BazelSdk bazel_sdk(const ReleasePort& at, const Store& store,
                   const std::function<void(const StoreEntry&)>& use) {
  const Release& release = at.release();
  const Port& port = at.port();
  if (const auto why = why_not_hosted(port)) {
    throw Error({}, "Bazel runs no actions on " + port.text() + ": " + *why,
                "Name where Bazel's actions run, such as " + own_port().text() +
                    "; to build for it: --platforms=@rules_go//go/toolchain:" + port.underscored() +
                    " (in a WORKSPACE: @io_bazel_rules_go)");
  }
  BazelSdk sdk;
  sdk.port = port;
  sdk.archive = archive_name(release.version.text(), port);
  const auto pinned = release.archives.find(sdk.archive);
  if (pinned != release.archives.end()) sdk.digest = hex(pinned->second);
  if (const auto made = store.find(Kind::archives, release, port)) {
    use(*made);
    if (const auto digest = digest_to_trust(*made, sdk)) {
      sdk.archives = made->path;
      sdk.entries.push_back(made->entry);
      sdk.digest = *digest;
    }
  }
  const bool own = port == own_port();
  if (const auto there = store.find(own ? Kind::host : Kind::toolchain, release, port)) {
    use(*there);
    sdk.goroot = goroot_of(there->path);
    sdk.entries.push_back(there->entry);
  }
  if (sdk.digest.empty()) {
    throw Error("write text for " + port.text(),
                "upstream publishes no " + sdk.archive + ", and the store has none either",
                "Build it: gostrap build " + port.text() + " --archives --release " + release.version.text());
  }
  return sdk;
}

}  // namespace gostrap
