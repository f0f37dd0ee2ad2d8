#include "sdk/verify_profile.hpp"

#include "sdk/layout.hpp"
#include "sdk/runtime_defaults.hpp"
#include "source/patch.hpp"
#include "source/source.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/stage.hpp"
#include "support/strings.hpp"
#include "toolchain/distribution.hpp"

namespace gostrap {
namespace {

std::vector<Patch> kept_patches(const fs::path& output, const Manifest& manifest) {
  std::vector<Patch> patches;
  for (const Digest& digest : manifest.profile.patches) {
    patches.push_back(read_patch(patch_file(output, digest)));
    if (patches.back().digest != digest)
      throw Error("use the patch " + hex(digest), "the output keeps another one under that name");
  }
  return patches;
}

/// The canonical source: what the output has without programs and generated files, with the files that the
/// profile changed as the output keeps them.
void lay_out_canonical(const fs::path& output, const std::vector<Patch>& patches, const fs::path& tree) {
  place_tree(goroot_of(output), tree, CopyMode::copy, [](const std::string& path) {
    return path != "bin" && path != "pkg" && !path.starts_with("bin/") && !path.starts_with("pkg/");
  });
  strip_to_source(tree);
  if (fs::exists(upstream_go_env(output))) write_file(tree / "go.env", read_file(upstream_go_env(output)));
  for (const std::string& path : touched_paths(patches)) fs::remove(tree / path);
  for (const TreeEntry& entry : list_tree(upstream_files(output))) {
    if (entry.type != TreeEntry::Type::file) continue;
    make_directories((tree / entry.path).parent_path());
    fs::remove(tree / entry.path);
    place_file(upstream_files(output) / entry.path, tree / entry.path, CopyMode::copy);
  }
  // directories that a patch made are its own
  for (const std::string& path : touched_paths(patches)) {
    for (fs::path up = fs::path(path).parent_path(); !up.empty(); up = up.parent_path()) {
      if (fs::is_directory(tree / up) && fs::is_empty(tree / up)) fs::remove(tree / up);
    }
  }
}

class ProfileCheck {
 public:
  ProfileCheck(const fs::path& output, const Manifest& manifest, const Release& release)
      : output_(output), manifest_(manifest), release_(release) {}

  Check run() {
    try {
      compare_source();
      compare_go_env();
      if (manifest_.canonical != manifest_.profile.leaves_toolchain_alone())
        check_.details.emplace_back("the manifest says the wrong thing about canonical");
    } catch (const Error& error) {
      if (is_trouble_of_machine(error)) throw;
      check_.details.push_back(error.what());
    }
    if (check_.details.empty()) {
      check_.says += verdict();
    } else {
      check_.result = Check::Result::failed;
    }
    return std::move(check_);
  }

 private:
  void expect(const std::string& path, const std::string& text) {
    const fs::path file = goroot_of(output_) / path;
    if (!fs::is_regular_file(file) || read_file(file) != text)
      check_.details.push_back("share/go/" + path + " is not what the profile makes of it");
  }

  void compare_source() {
    const std::vector<Patch> patches = kept_patches(output_, manifest_);
    const TemporaryDirectory work;
    fs::path before_defaults = upstream_files(output_);
    PatchedFiles patched;
    if (!patches.empty()) {
      before_defaults = work.path() / "source";
      patched = patch_canonical(patches, before_defaults, work.path());
    }
    const auto edited = with_runtime_defaults(before_defaults, manifest_.profile.defaults);
    for (const auto& [path, text] : edited) expect(path, text);
    for (const auto& [path, file] : patched) {
      if (edited.contains(path) || path == "go.env") continue;
      if (file.after) {
        expect(path, *file.after);
      } else if (fs::exists(goroot_of(output_) / path)) {
        check_.details.push_back("share/go/" + path + " should not be there");
      }
    }
  }

  /// Lays the pinned source out at `tree`, and the patches over it.
  PatchedFiles patch_canonical(const std::vector<Patch>& patches, const fs::path& tree,
                               const fs::path& scratch) {
    lay_out_canonical(output_, patches, tree);
    require_source(release_, tree);
    PatchedFiles patched = apply_patches(release_, patches, tree, scratch);
    write_patched(patched, tree);
    check_.says +=
        "; without " + std::string(patches.size() == 1 ? "it" : "them") + " the source is as pinned";
    return patched;
  }

  void compare_go_env() {
    if (manifest_.kind != Kind::sdk) return;
    const Profile sdk = manifest_.profile.of_sdk();
    expect("go.env", sdk_go_env(read_file(upstream_go_env(output_)), manifest_.port, sdk));
  }

  /// What this did not look at, it says nothing of: check_official_toolchain does.
  std::string verdict() const {
    if (manifest_.canonical) return ": bound in go.env";
    if (manifest_.profile.of_host().empty())
      return ": not canonical, " + counted(manifest_.differences.size(), "path") + " differ";
    return ": not canonical, its programs were made with it";
  }

  const fs::path& output_;
  const Manifest& manifest_;
  const Release& release_;
  Check check_{"profile", Check::Result::passed, manifest_.profile.text(), {}};
};

}  // namespace

Check check_profile(const fs::path& output, const Manifest& manifest, const Release& release) {
  return ProfileCheck(output, manifest, release).run();
}

}  // namespace gostrap
