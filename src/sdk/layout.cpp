#include "sdk/layout.hpp"

#include "sdk/additions.hpp"
#include "sdk/c_tools.hpp"
#include "sdk/runtime_defaults.hpp"
#include "sdk/sdk_of_own_host.hpp"
#include "source/known_names.hpp"
#include "support/error.hpp"
#include "support/strings.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <set>

namespace gostrap {
namespace {

void add(const fs::path& output, const std::vector<AddedFile>& files) {
  for (const AddedFile& file : files) {
    make_directories((output / file.path).parent_path());
    if (file.link) {
      fs::create_symlink(file.text, output / file.path);
    } else {
      create_file(output / file.path, file.text, file.executable);
    }
  }
}

void keep_original(const fs::path& output, const std::string& path, const std::string& text) {
  const fs::path kept = upstream_files(output) / path;
  if (fs::exists(kept)) return;  // a patch has changed it too
  make_directories(kept.parent_path());
  create_file(kept, text);
}

/// The host's profile with the SDK's own part laid over it.
Profile joined(const Profile& host, const Profile& sdk) {
  Profile all = host;
  for (const auto& [name, value] : sdk.settings) {
    if (!all.settings.emplace(name, value).second && host.settings.at(name) != value) {
      throw UsageError(
          "the host toolchain was made with " + name + "=" + host.settings.at(name) + ", not " + value,
          "Name another host, or leave " + name + " out.");
    }
  }
  all.defaults = sdk.defaults;
  all.c = sdk.c;
  return all;
}

}  // namespace

fs::path upstream_files(const fs::path& output) {
  return output / "share" / "gostrap" / "upstream";
}

fs::path patch_file(const fs::path& output, const Digest& patch) {
  return output / "share" / "gostrap" / "patches" / (hex(patch) + ".patch");
}

void bring_along(const fs::path& host, const fs::path& output, CopyMode how) {
  for (const fs::path& below : {upstream_files({}), patch_file({}, {}).parent_path()}) {
    if (!fs::exists(host / below)) continue;
    make_directories((output / below).parent_path());
    place_tree(host / below, output / below, how);
  }
}

fs::path upstream_go_env(const fs::path& output) {
  return output / "share" / "gostrap" / "upstream-go.env";
}

void finish_output(const fs::path& output, Manifest manifest) {
  if (manifest.kind != Kind::sdk) add(output, output_links(manifest.kind, manifest.hosted_on));
  record_contents(output, manifest);
  make_directories(manifest_path(output).parent_path());
  create_file(manifest_path(output), to_text(to_json(manifest)));
  seal_tree(output);
}

std::string sdk_go_env(const std::string& toolchain_go_env, const Port& port, const Profile& profile) {
  std::map<std::string, std::string> settings = profile.settings;
  if (profile.c) settings.merge(c_settings(port, *profile.c));
  std::string text;
  for (const std::string_view line : lines_of(toolchain_go_env)) {
    if (!line.starts_with("GOTOOLCHAIN=")) text += std::string(line) + "\n";
  }
  text +=
      "\n# This SDK targets " + port.text() + " by default and never replaces itself by another toolchain.\n";
  text += "GOTOOLCHAIN=local\nGOOS=" + port.goos + "\nGOARCH=" + port.goarch + "\n";
  if (!settings.empty()) text += "\n# The profile it was made with.\n";
  for (const auto& [name, value] : settings) text += name + "=" + value + "\n";
  return text;
}

namespace {

/// The host's GOROOT without the files that an SDK has otherwise; without `how`, as what is left of the host.
void place_goroot(const fs::path& from, const fs::path& to, std::optional<CopyMode> how,
                  const std::map<std::string, std::string>& edited) {
  make_directories(to.parent_path());
  if (how) {
    place_tree(from, to, *how,
               [&](const std::string& path) { return path != "go.env" && !edited.contains(path); });
    return;
  }
  fs::rename(from, to);
  fs::remove(to / "go.env");
  for (const auto& [path, text] : edited) fs::remove(to / path);
}

/// Without `how` the host is used up.
void lay_out(const SdkParts& parts, std::optional<CopyMode> how, const fs::path& output) {
  const auto& [at, profile, host, earlier] = parts;
  const int layout = earlier.value_or(layout_of(profile));
  const Release& release = at.release();
  const Port& port = at.port();
  const Manifest toolchain = read_manifest_head(host);
  if (toolchain.kind != Kind::toolchain || toolchain.release != release.version.text()) {
    throw Error("make an SDK of " + release.name() + " from " + host.string(),
                "that is a " + text(toolchain.kind) + " of go" + toolchain.release,
                "Name a host toolchain, as `gostrap host` makes it.");
  }
  const fs::path goroot = goroot_of(output);
  if (!profile.empty()) require_names(profile, release, port, read_known_names(goroot_of(host)));
  const std::map<std::string, std::string> edited = with_runtime_defaults(goroot_of(host), profile.defaults);
  const std::string go_env = read_file(goroot_of(host) / "go.env");
  std::map<std::string, std::string> originals;
  for (const auto& [path, text] : edited) originals[path] = read_file(goroot_of(host) / path);
  place_goroot(goroot_of(host), goroot, how, edited);
  create_file(goroot / "go.env", sdk_go_env(go_env, port, profile));
  make_directories(upstream_go_env(output).parent_path());
  create_file(upstream_go_env(output), go_env);
  bring_along(host, output, how.value_or(CopyMode::copy));
  for (const auto& [path, text] : edited) {
    create_file(goroot / path, text);
    keep_original(output, path, originals.at(path));
  }
  if (!how) remove_tree(host);
  add(output, added_files(port, toolchain.hosted_on, release.version, profile, layout));

  Manifest manifest = toolchain;
  manifest.kind = Kind::sdk;
  manifest.layout = layout;
  manifest.port = port;
  manifest.profile = joined(toolchain.profile, profile);
  manifest.canonical = manifest.profile.leaves_toolchain_alone();
  std::set<std::string> differences(toolchain.differences.begin(), toolchain.differences.end());
  differences.insert("go.env");
  for (const auto& [path, text] : edited) differences.insert(path);
  manifest.differences.assign(differences.begin(), differences.end());
  finish_output(output, std::move(manifest));
}

}  // namespace

void make_sdk(const SdkParts& parts, CopyMode how, const fs::path& output) {
  lay_out(parts, how, output);
}

void make_sdk_of_own_host(const SdkParts& parts, const fs::path& output) {
  lay_out(parts, std::nullopt, output);
}

}  // namespace gostrap
