#include "sdk/logged_module.hpp"

#include "sdk/official.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"

#include <array>
#include <map>

namespace gostrap {
namespace {

constexpr std::string_view goroot = "share/go/";

/// What of a GOROOT is in no module (cmd/distpack/pack.go).
bool is_left_out(std::string_view path) {
  constexpr std::array<std::string_view, 4> directories{"api/", "doc/", "misc/", "test/"};
  for (const std::string_view each : directories) {
    if (path.starts_with(each)) return true;
  }
  return false;
}

/// No module has a go.mod below its top: distpack calls them otherwise.
std::string name_in_module(const std::string& path) {
  const std::string_view go_mod = "/go.mod";
  return path.ends_with(go_mod) ? path.substr(0, path.size() - go_mod.size()) + "/_go.mod" : path;
}

ModuleHashes hashes_of(const fs::path& output, const Manifest& manifest, const std::string& version) {
  const Originals originals = originals_of(output, manifest);
  const std::string start = std::string(toolchain_module) + "@" + version + "/";
  std::map<std::string, Digest> files;
  for (const auto& [path, record] : manifest.files) {
    if (!path.starts_with(goroot)) continue;
    const std::string below = path.substr(goroot.size());
    if (is_left_out(below)) continue;
    const auto original = originals.find(below);
    files[start + name_in_module(below)] =
        original != originals.end() ? sha256(original->second) : record.digest;
  }
  return {h1_of_files(files), h1_of_toolchain_mod()};
}

}  // namespace

LoggedModule no_logged_module(const std::string& why) {
  return {{}, std::nullopt, why, false, {}};
}

LoggedModule logged_module(const fs::path& output, const Manifest& manifest) {
  const bool has_goroot = manifest.kind == Kind::toolchain || manifest.kind == Kind::sdk;
  if (!has_goroot && manifest.kind != Kind::archives)
    return no_logged_module("upstream publishes no module of a " + text(manifest.kind));
  LoggedModule module;
  module.version = module_version(manifest.release, manifest.hosted_on);
  module.signed_by_others = manifest.hosted_on.goos == "darwin";
  if (!manifest.profile.empty()) module.made_with = manifest.profile.text();
  if (has_goroot) {
    module.hashes = hashes_of(output, manifest, module.version);
  } else {
    module.hashes = module_hashes(output, module.version);
    if (!module.hashes)
      module.why_not = "it has no files of " + std::string(toolchain_module) + "@" + module.version;
  }
  return module;
}

LoggedModule logged_module(const fs::path& zip) {
  const std::string name = zip.filename().string();
  if (!is_module_file(name) || !name.ends_with(".zip"))
    return no_logged_module(
        "the log has the zips of modules, as v0.0.1-go1.24.4.linux-riscv64.zip, and no other files");
  LoggedModule module;
  module.version = zip.stem().string();
  module.signed_by_others = module.version.find(".darwin-") != std::string::npos;
  module.hashes = ModuleHashes{h1_of_archive(zip, Limits()), h1_of_toolchain_mod()};
  return module;
}

}  // namespace gostrap
