// Patches, read and applied to a small source.
#include "source/patch.hpp"

#include "fuzz.hpp"
#include "support/stage.hpp"

using namespace gostrap;

FUZZ(input) {
  static const TemporaryDirectory place;
  static const fs::path tree = [] {
    make_directories(place.path() / "tree" / "src");
    make_directories(place.path() / "work");
    write_file(place.path() / "tree" / "VERSION", "go1.24.4\n");
    write_file(place.path() / "tree" / "src" / "a.go", "one\ntwo\nthree\n");
    return place.path() / "tree";
  }();
  static const Release release = [] {
    Release release;
    release.version = {1, 24, 4};
    return release;
  }();
  fuzz::accepted([&] {
    const Patch patch = checked_patch("fuzz.patch", std::string(input));
    for (const auto& [path, file] : apply_patches(release, {patch}, tree, place.path() / "work")) {
      fuzz::require(why_unsafe_path(path).empty(), "an accepted path stays in the tree");
      fuzz::require(("/" + path + "/").find("/.git/") == std::string::npos,
                    "an accepted path is none of git's");
    }
  });
}
