#include "compile/sdk_facts.hpp"

#include "sdk/manifest.hpp"
#include "source/goroot.hpp"
#include "support/files.hpp"

#include <optional>
#include <string>

namespace gostrap {

Port port_of_sdk(const fs::path& sdk) {
  const std::string text = "\n" + read_file(goroot_of(sdk) / "go.env");
  const auto value = [&](const std::string& name) {
    const std::size_t at = text.find("\n" + name + "=");
    if (at == std::string::npos) return std::string();
    const std::size_t start = at + name.size() + 2;
    return text.substr(start, text.find('\n', start) - start);
  };
  const Port port{value("GOOS"), value("GOARCH")};
  return port.goos.empty() || port.goarch.empty() ? read_manifest_head(sdk).port : port;
}

Release release_of_sdk(const fs::path& sdk, const Releases& releases) {
  const std::optional<Version> version = parse_version(version_line(goroot_of(sdk)));
  const Release* const known = version ? releases.find(*version) : nullptr;
  Release release = known != nullptr ? *known : releases.default_release();
  if (version) release.version = *version;
  return release;
}

}  // namespace gostrap
