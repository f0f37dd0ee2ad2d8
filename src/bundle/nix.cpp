#include "bundle/nix.hpp"

#include "sdk/manifest.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/nar.hpp"
#include "support/process.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace gostrap {
namespace {

constexpr std::chrono::minutes patience{30};

std::string nix_system(const Port& port) {
  const std::string machine = port.goarch == "amd64"   ? "x86_64"
                              : port.goarch == "arm64" ? "aarch64"
                                                       : port.goarch;
  return machine + "-" + port.goos;
}

/// What a command of Nix's prints that is a path of a store; an Error with all that it said otherwise.
std::string path_printed_by(const std::vector<std::string>& argv, const std::string& doing) {
  std::string path;
  std::string output;
  Command command;
  command.argv = argv;
  command.environment = own_environment();
  command.limit = patience;
  command.on_line = [&](std::string_view line) {
    if (line.starts_with('/') && line.find(' ') == std::string_view::npos) path = line;
    if (output.size() < 4000) output += "\n  " + std::string(line);
  };
  const Exit exit = run(command);
  if (!exit.ok()) {
    throw Error(
        doing, argv.front() + " ended with " + exit.text() + ":" + output,
        "It needs the flake and its inputs on this machine: --flake REF, --nix-arg WORD for more words.");
  }
  return path;
}

std::string doing_add(const BundleEntry& entry) {
  return "add " + entry.name + " to the Nix store";
}

std::string add_source(const BundleEntry& entry, const fs::path& tree, const fs::path& work) {
  const fs::path named = work / ("go-" + entry.release + "-source");
  ::chmod(tree.c_str(), 0755);  // a sealed directory cannot be renamed by everybody
  fs::rename(tree, named);
  const std::string path = path_printed_by(
      {"nix-store", "--add-fixed", "--recursive", "sha256", named.string()}, doing_add(entry));
  fs::rename(named, tree);
  return path;
}

/// Upstream's archive as the file that it is: the flake's go-archive-…, of which it makes all else.
void add_published(const BundleEntry& entry, const fs::path& tree, Progress& progress) {
  const fs::path archive = tree / archive_name(entry.release, *entry.port);
  if (!fs::exists(archive)) return;
  progress.note("upstream's archive is at " +
                path_printed_by({"nix-store", "--add-fixed", "sha256", archive.string()}, doing_add(entry)));
}

/// `nix-store --dump` writes a NAR to standard output, which belongs into a file.
void dump(const fs::path& tree, const fs::path& file) {
  Command command;
  command.argv = {"sh", "-c", "exec nix-store --dump \"$1\" >\"$2\"", "sh", tree.string(), file.string()};
  command.environment = own_environment();
  std::string output;
  command.on_line = [&](std::string_view line) { output += " " + std::string(line); };
  const Exit exit = run(command);
  if (!exit.ok()) throw Error("write the NAR of " + tree.string(), exit.text() + output);
}

constexpr std::array features{"--extra-experimental-features", "nix-command flakes"};

std::string path_of(const std::string& attribute, const NixRequest& request, const std::string& doing) {
  std::vector<std::string> eval{"nix"};
  eval.insert(eval.end(), features.begin(), features.end());
  eval.insert(eval.end(), {"eval", "--raw", request.flake + "#" + attribute + ".outPath"});
  eval.insert(eval.end(), request.arguments.begin(), request.arguments.end());
  // --raw prints no line end: it comes with whatever is said last
  return path_printed_by(eval, doing);
}

std::string add_output(const BundleEntry& entry, const fs::path& tree, const fs::path& work,
                       const NixRequest& request, const std::string& attribute) {
  const std::string path =
      path_of(attribute, request, "ask the flake " + request.flake + " where " + entry.name + " goes");
  const std::string base = fs::path(path).filename().string();
  const std::size_t dash = base.find('-');
  if (path.empty() || dash != 32) {
    throw Error("ask the flake " + request.flake + " where " + entry.name + " goes",
                "it names no path of a store: \"" + path + "\"");
  }
  const fs::path cache = work / "cache";
  make_directories(cache);
  write_file(cache / "nix-cache-info", "StoreDir: " + fs::path(path).parent_path().string() + "\n");
  const NarHash nar = nar_hash(tree);
  dump(tree, cache / "path.nar");
  write_file(cache / (base.substr(0, dash) + ".narinfo"), nar_info(path, hex(nar.digest), nar.size));
  std::vector<std::string> copy{"nix"};
  copy.insert(copy.end(), features.begin(), features.end());
  copy.insert(copy.end(), {"copy", "--no-check-sigs", "--from", "file://" + cache.string(), path});
  try {
    path_printed_by(copy, doing_add(entry));
  } catch (const Error& error) {
    throw Error(error.doing(), error.why(),
                "What is not signed by a key that Nix trusts is taken from root and from those in its "
                "trusted-users only: run it as one of them.");
  }
  remove_tree(cache);
  return path;
}

}  // namespace

std::optional<std::string> nix_attribute(const BundleEntry& entry) {
  if (entry.kind == Kind::modules) return std::nullopt;
  // others it unpacks from upstream's archives
  if (entry.kind == Kind::toolchain && entry.port->goos != "darwin") return std::nullopt;
  // the names are those of nix/packages.nix
  // a name tells of a profile, or of the reference way: the flake's attribute makes the plain one
  std::string plain = "go" + entry.release + "-" + text(entry.kind);
  if (entry.kind != Kind::source) plain += "-" + entry.port->dashed();
  if (!entry.name.empty() && entry.name != plain) return std::nullopt;
  std::string version = entry.release;
  std::replace(version.begin(), version.end(), '.', '_');
  const Port system = is_cross(entry.kind) || entry.kind == Kind::host ? *entry.hosted_on : own_port();
  std::string name = "go-" + text(entry.kind);
  if (entry.kind == Kind::host) name += "-from-source";
  if (entry.kind != Kind::source && entry.kind != Kind::host) name += "-" + entry.port->dashed();
  return "legacyPackages." + nix_system(system) + ".go_" + version + "." + name;
}

std::string why_not_the_flakes(const BundleEntry& entry, const fs::path& tree) {
  if (entry.kind == Kind::source || entry.kind == Kind::modules) return {};
  const Manifest manifest = read_manifest_head(tree);
  if (!manifest.profile.empty()) return "it has the profile " + manifest.profile.text();
  if (!manifest.canonical) return "it is not canonical";
  if (manifest.kind == Kind::sdk && manifest.layout != layout_of(manifest.profile))
    return "it was laid out by an earlier gostrap (layout " + std::to_string(manifest.layout) + ")";
  return {};
}

std::string nar_info(const std::string& store_path, const std::string& nar_sha256, std::uint64_t nar_size) {
  return "StorePath: " + store_path + "\nURL: path.nar\nCompression: none\nNarHash: sha256:" + nar_sha256 +
         "\nNarSize: " + std::to_string(nar_size) + "\nReferences: \n";
}

std::string add_to_nix(const BundleEntry& entry, const fs::path& tree, const fs::path& work,
                       const NixRequest& request, Progress& progress) {
  const std::optional<std::string> attribute = nix_attribute(entry);
  if (!attribute) {
    throw Error("add " + entry.name + " to the Nix store", "the flake makes no such thing",
                "`gostrap bundle install --to DIR` unpacks it.");
  }
  progress.phase("Adding " + entry.name + " to the Nix store");
  if (entry.kind == Kind::source) return add_source(entry, tree, work);
  if (entry.kind == Kind::archives && entry.port->goos != "darwin") add_published(entry, tree, progress);
  return add_output(entry, tree, work, request, *attribute);
}

}  // namespace gostrap
