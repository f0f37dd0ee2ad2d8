#include "sdk/verify_profile.hpp"

#include "sdk/layout.hpp"
#include "sdk/runtime_defaults.hpp"
#include "source/patch.hpp"
#include "source/source.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "toolchain/distribution.hpp"

namespace gostrap {
namespace {

std::vector<Patch> kept_patches(const fs::path& output, const Manifest& manifest) {
  std::vector<Patch> patches;
  for (const std::string& sha256 : manifest.profile.patches) {
    patches.push_back(read_patch(patch_file(output, sha256)));
    if (patches.back().sha256 != sha256)
      throw Error("use the patch " + sha256, "the output keeps another one under that name");
  }
  return patches;
}

/// The canonical source: what the output has without programs and generated files, with the files that the
/// profile changed as the output keeps them.
void lay_out_canonical(const fs::path& output, const std::vector<Patch>& patches, const fs::path& tree) {
  place_tree(goroot_of(output), tree, Place::copy, [](const std::string& path) {
    return path != "bin" && path != "pkg" && !path.starts_with("bin/") && !path.starts_with("pkg/");
  });
  strip_to_source(tree);
  if (fs::exists(upstream_go_env(output))) write_file(tree / "go.env", read_file(upstream_go_env(output)));
  for (const std::string& path : touched_paths(patches)) fs::remove(tree / path);
  for (const TreeEntry& entry : list_tree(upstream_files(output))) {
    if (entry.type != TreeEntry::Type::file) continue;
    make_directories((tree / entry.path).parent_path());
    fs::remove(tree / entry.path);
    place_file(upstream_files(output) / entry.path, tree / entry.path, Place::copy);
  }
  // directories that a patch made are its own
  for (const std::string& path : touched_paths(patches)) {
    for (fs::path up = fs::path(path).parent_path(); !up.empty(); up = up.parent_path()) {
      if (fs::is_directory(tree / up) && fs::is_empty(tree / up)) fs::remove(tree / up);
    }
  }
}

std::string counted(std::size_t number, const std::string& what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

}  // namespace

Check check_profile(const fs::path& output, const Manifest& manifest, const Release& release) {
  Check check{"profile", Check::Result::passed, manifest.profile.text(), {}};
  const auto expect = [&](const std::string& path, const std::string& text) {
    const fs::path file = goroot_of(output) / path;
    if (!fs::is_regular_file(file) || read_file(file) != text)
      check.details.push_back("share/go/" + path + " is not what the profile makes of it");
  };
  try {
    const std::vector<Patch> patches = kept_patches(output, manifest);
    const TemporaryDirectory work;
    fs::path before_defaults = upstream_files(output);
    PatchedFiles patched;
    if (!patches.empty()) {
      before_defaults = work.path() / "source";
      lay_out_canonical(output, patches, before_defaults);
      check_source(release, before_defaults);
      patched = apply_patches(release, patches, before_defaults, work.path());
      write_patched(patched, before_defaults);
      check.says +=
          "; without " + std::string(patches.size() == 1 ? "it" : "them") + " the source is as pinned";
    }
    const auto edited = with_runtime_defaults(before_defaults, manifest.profile.defaults);
    for (const auto& [path, text] : edited) expect(path, text);
    for (const auto& [path, file] : patched) {
      if (edited.contains(path) || path == "go.env") continue;
      if (file.after) {
        expect(path, *file.after);
      } else if (fs::exists(goroot_of(output) / path)) {
        check.details.push_back("share/go/" + path + " should not be there");
      }
    }
    if (manifest.kind == Kind::sdk) {
      const Profile sdk = manifest.profile.of_sdk();
      expect("go.env", sdk_go_env(read_file(upstream_go_env(output)), manifest.port, sdk.settings));
    }
    if (manifest.canonical != manifest.profile.leaves_toolchain_alone())
      check.details.emplace_back("the manifest says the wrong thing about canonical");
  } catch (const Error& error) {
    if (is_trouble_of_machine(error)) throw;
    check.details.push_back(error.what());
  }
  if (check.details.empty()) {
    // what this did not look at, it says nothing of: check_official_toolchain does
    if (manifest.canonical) {
      check.says += ": bound in go.env";
    } else if (manifest.profile.of_host().empty()) {
      check.says += ": not canonical, " + counted(manifest.differences.size(), "path") + " differ";
    } else {
      check.says += ": not canonical, its programs were made with it";
    }
    return check;
  }
  check.result = Check::Result::failed;
  return check;
}

}  // namespace gostrap
