#include "road/make.hpp"

#include "archive/untrusted_name.hpp"
#include "sdk/layout.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/nar.hpp"
#include "toolchain/distpack.hpp"
#include "toolchain/packing.hpp"

#include <set>

namespace gostrap {
namespace {

Making making(const BuildRun& run) {
  Making made;
  if (!run.argv.empty()) made.run = run;
  return made;
}

std::vector<PatchName> names_of(const std::vector<Patch>& patches) {
  std::vector<PatchName> names;
  for (const Patch& patch : patches) names.push_back({printable(patch.name), patch.sha256});
  return names;
}

void note_network(const BuildRun& run, Progress& progress) {
  if (run.argv.empty() || run.network_cut) return;
  progress.note(
      "The kernel gave no network namespace, so the build could have reached the network (user namespaces "
      "are off).");
}

Manifest manifest_of(Kind kind, const Release& release, const Port& hosted_on) {
  Manifest manifest;
  manifest.kind = kind;
  manifest.release = release.version.text();
  manifest.commit = release.commit;
  manifest.source = release.source;
  manifest.hosted_on = hosted_on;
  manifest.port = hosted_on;
  return manifest;
}

void seal(const fs::path& output, Manifest manifest, Progress& progress) {
  progress.phase("Hashing and sealing");
  finish_output(output, std::move(manifest));
}

/// The manifest of what was compiled by a host with a profile: it has that profile too.
Manifest manifest_of(Kind kind, const Release& release, const Port& hosted_on, const fs::path& host) {
  Manifest manifest = manifest_of(kind, release, hosted_on);
  const Manifest from = read_manifest_head(host);
  manifest.profile = from.profile;
  manifest.canonical = from.canonical;
  manifest.differences = from.differences;
  return manifest;
}

Environment baked_by(const Profile& profile) {
  if (!profile.baked) return {};
  return {profile.settings.begin(), profile.settings.end()};
}

/// With what the host's profile says that make.bash baked.
BuildOptions options_for(const fs::path& host, BuildOptions options) {
  options.baked = baked_by(read_manifest_head(host).profile);
  return options;
}

/// A patched source is held against what its patches make of the pinned one.
void require_patched(const PatchedFiles& files, const fs::path& tree) {
  for (const auto& [path, file] : files) {
    const bool there = fs::is_regular_file(tree / path);
    if (there != file.after.has_value() || (there && read_file(tree / path) != *file.after)) {
      throw Error("use the patched source " + tree.string(), path + " is not what the patches make of it",
                  "`gostrap verify --repair` makes an entry of the store again.");
    }
  }
}

/// The patches, and what they changed as it was, go with all that is made from them.
void keep_patches(const std::vector<Patch>& patches, const PatchedFiles& files, const fs::path& output) {
  make_directories(patch_file(output, "").parent_path());
  for (const Patch& patch : patches) {
    const fs::path kept = patch_file(output, patch.sha256);
    if (!fs::exists(kept)) create_file(kept, patch.text);
  }
  for (const auto& [path, file] : files) {
    const fs::path kept = upstream_files(output) / path;
    make_directories(kept.parent_path());
    if (file.before) create_file(kept, *file.before);
  }
}

/// The files of a GOROOT that the profile of its host changes.
std::vector<std::string> differences_of(const Profile& profile, const PatchedFiles& files) {
  if (profile.empty()) return {};
  std::set<std::string> differences{"bin", "pkg/tool", "src/internal/buildcfg/zbootstrap.go"};
  for (const auto& [path, file] : files) differences.insert(path);
  return {differences.begin(), differences.end()};
}

}  // namespace

Making make_source(const Release& release, const SourceRequest& request, const fs::path& output,
                   Progress& progress) {
  const SourceReceipt receipt = obtain_source(release, request, output, progress);
  seal_tree(output);
  Making made;
  made.origin = receipt.origin;
  made.origin_kind = receipt.kind;
  made.nar = receipt.nar;
  made.commit = receipt.commit;
  return made;
}

Making make_patched_source(const Release& release, const fs::path& source, const std::vector<Patch>& patches,
                           const BuildOptions& options, const fs::path& output, Progress& progress) {
  progress.phase("Checking the source against its pin");
  check_source(release, source);
  progress.phase("Applying the patches");
  const PatchedFiles files = apply_patches(release, patches, source, options.work);
  for (const TreeEntry& entry : list_tree(source)) {
    if (entry.type == TreeEntry::Type::directory) make_directories(output / entry.path);
    if (entry.type == TreeEntry::Type::file)
      place_file(source / entry.path, output / entry.path, options.place);
  }
  write_patched(files, output);
  seal_tree(output);
  Making made;
  made.patches = names_of(patches);
  made.nar = sri(nar_hash(output).digest);
  return made;
}

Making make_host(const Release& release, const fs::path& source, const Bootstrap& bootstrap,
                 const HostChanges& changes, const BuildOptions& options, const fs::path& output,
                 Progress& progress) {
  progress.phase("Checking the source against its pin");
  check_source(release, source);
  BuildOptions build = options;
  build.baked = baked_by(changes.profile);
  fs::path tree = source;
  PatchedFiles files;
  if (!changes.patches.empty()) {
    tree = changes.patched;
    if (tree.empty()) {
      tree = options.work / "patched";
      make_directories(tree);
      make_patched_source(release, source, changes.patches, options, tree, progress);
    }
    files = apply_patches(release, changes.patches, source, options.work);
    require_patched(files, tree);
    keep_patches(changes.patches, files, output);
  }
  const BuildRun run = build_host(release, tree, bootstrap, build, goroot_of(output), progress);
  note_network(run, progress);
  build_distpack(release, goroot_of(output), options, output / packer_place, progress);
  Manifest manifest = manifest_of(Kind::toolchain, release, own_port());
  manifest.profile = changes.profile;
  manifest.canonical = changes.profile.leaves_toolchain_alone();
  manifest.differences = differences_of(changes.profile, files);
  seal(output, std::move(manifest), progress);
  Making made = making(run);
  made.bootstrap = bootstrap.description;
  made.patches = names_of(changes.patches);
  return made;
}

Making make_toolchain(const Release& release, const Port& port, bool reference, const fs::path& host,
                      const BuildOptions& options, const fs::path& output, Progress& progress) {
  release.require(port);
  const auto build = reference ? build_port_reference : build_port;
  const BuildRun run =
      build(release, port, goroot_of(host), options_for(host, options), goroot_of(output), progress);
  note_network(run, progress);
  bring_along(host, output, options.place);
  seal(output, manifest_of(Kind::toolchain, release, port, host), progress);
  return making(run);
}

Making make_sdk_output(const Release& release, const Port& port, const Profile& profile, const fs::path& host,
                       const BuildOptions& options, const fs::path& output, Progress& progress) {
  progress.phase("Laying out the SDK for " + port.text());
  make_sdk(release, port, profile, host, options.place, output);
  return {};
}

Making make_archives(const Release& release, const Port& port, const fs::path& host,
                     const fs::path& toolchain, const BuildOptions& options, const fs::path& output,
                     Progress& progress) {
  release.require(port);
  fs::path packer = host / packer_place;
  if (!fs::exists(packer)) {
    packer = options.work / "distpack";  // somebody else's host toolchain
    build_distpack(release, goroot_of(host), options, packer, progress);
  }
  const BuildRun run = build_archives(release, port, packer, goroot_of(toolchain), options_for(host, options),
                                      output, progress);
  seal(output, manifest_of(Kind::archives, release, port, host), progress);
  return making(run);
}

}  // namespace gostrap
