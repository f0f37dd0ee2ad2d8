#include "sdk/goroot_only.hpp"

#include "sdk/bent.hpp"
#include "sdk/manifest.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/strings.hpp"
#include "support/text.hpp"

#include <optional>

namespace gostrap {
namespace {

/// The SDK whose share/go that is; nothing for one whose programs need no wrapper, and for any other GOROOT.
/// One that lies elsewhere than in the store, as in a project of strangers, is not to be recommended.
std::optional<fs::path> foreign_sdk(const fs::path& goroot, const fs::path& store) {
  std::error_code hidden;
  if (!goroot.is_absolute()) return std::nullopt;
  fs::path there = fs::canonical(goroot, hidden);
  if (hidden) return std::nullopt;
  const fs::path sdk = there.parent_path().parent_path();
  if (sdk.parent_path() != fs::weakly_canonical(store, hidden) && sdk.parent_path() != "/nix/store")
    return std::nullopt;
  if (!fs::is_regular_file(manifest_path(sdk), hidden) || goroot_of(sdk) != there) return std::nullopt;
  try {
    const Manifest manifest = read_manifest_head(sdk);
    if (manifest.kind == Kind::sdk && manifest.port != own_port()) return sdk;
  } catch (const Error&) {
    // no SDK of ours
  }
  return std::nullopt;
}

/// The string that follows "go.goroot": in a file of JSON with comments; nothing where it stands in one.
std::optional<std::string> goroot_setting(const std::string& text) {
  for (const std::string_view line : lines_of(text)) {
    const std::size_t key = line.find("\"go.goroot\"");
    if (key == std::string_view::npos || line.substr(0, key).find("//") != std::string_view::npos) continue;
    const std::size_t colon = line.find(':', key);
    const std::size_t begin = colon == std::string_view::npos ? colon : line.find('"', colon);
    const std::size_t end = begin == std::string_view::npos ? begin : line.find('"', begin + 1);
    if (end != std::string_view::npos) return std::string(line.substr(begin + 1, end - begin - 1));
  }
  return std::nullopt;
}

void look_at_code(const fs::path& directory, const fs::path& store, std::vector<GorootOnly>& found) {
  std::error_code hidden;
  for (fs::path each = directory; !each.empty(); each = each.parent_path()) {
    const fs::path file = each / ".vscode" / "settings.json";
    if (fs::is_regular_file(file, hidden)) {
      try {
        const auto value = goroot_setting(read_file(file, std::size_t{1} << 20U));
        const auto sdk = value ? foreign_sdk(*value, store) : std::nullopt;
        if (sdk) {
          found.push_back({"go.goroot", "in " + file.string(), *value,
                           "instead: \"go.alternateTools\": {\"go\": \"" +
                               on_one_line((*sdk / "bin" / "go").string()) + "\"}"});
        }
      } catch (const Error&) {
        // what we may not read is not ours to judge
      }
      return;
    }
    if (each == each.root_path()) return;
  }
}

}  // namespace

std::string GorootOnly::text() const {
  return name + "=" + on_one_line(goroot.string()) + " " + on_one_line(where) +
         ": who starts the go of that SDK there has this machine's build constraints, and nothing that runs "
         "foreign programs";
}

std::vector<GorootOnly> goroots_only(const fs::path& directory, const Environment& environment,
                                     const fs::path& store) {
  std::vector<GorootOnly> found;
  const auto look = [&](const std::string& goroot, const std::string& where, const std::string& undo) {
    if (const auto sdk = goroot.empty() ? std::nullopt : foreign_sdk(goroot, store))
      found.push_back(
          {"GOROOT", where, goroot, undo + ", and name " + on_one_line((*sdk / "bin" / "go").string())});
  };
  look(value_in(environment, "GOROOT").value_or(""), "in the environment", "unset GOROOT");
  const auto written = written_settings(environment);
  if (const auto there = written.find("GOROOT"); there != written.end())
    look(there->second, "in " + written_settings_file(environment).string(), "go env -u GOROOT");
  look_at_code(directory, store, found);
  return found;
}

}  // namespace gostrap
