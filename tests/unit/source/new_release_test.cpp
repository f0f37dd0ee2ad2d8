#include "source/new_release.hpp"

#include "source/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const Digest digest = sha256("upstream's");

NewRelease named(const fs::path& from, const std::string& version = "1.24.4") {
  return {*parse_version(version), std::string(40, 'c'), {digest, {{"go1.24.4.src.tar.gz", digest}}}, from};
}

/// A tree that says all that is pinned of a source.
fs::path source_tree(const Scratch& scratch) {
  scratch.file("go/VERSION", "go1.24.4\ntime 2025-05-29T19:37:36Z\n");
  scratch.file("go/src/make.bash", "bootgo=1.22.6\n", true);
  scratch.file(
      "go/src/internal/platform/zosarch.go",
      "var distInfo = map[OSArch]osArchInfo{\n\t{\"linux\", \"riscv64\"}: {CgoSupported: true},\n}\n");
  return scratch / "go";
}

std::string refusal(const NewRelease& release) {
  Silent silent;
  return error_of([&] { pinned_release(release, {}, silent); });
}

}  // namespace

TEST_CASE("a release's pins are those of its source, and of what upstream published") {
  const Scratch scratch;
  const fs::path tree = source_tree(scratch);
  Silent silent;
  const Release release = pinned_release(named(tree), {}, silent);
  CHECK(release.name() == "go1.24.4");
  CHECK(release.tag == "go1.24.4");
  CHECK(release.commit == std::string(40, 'c'));
  CHECK(release.source == nar_hash(tree).digest);
  CHECK(release.source_archive == digest);
  CHECK(release.bootstrap.text() == "1.22.6");
  CHECK(release.ports == std::vector<Port>{{"linux", "riscv64"}});
  CHECK(release.archives.size() == 1);
  CHECK(pinned_release(named("file://" + tree.string()), {}, silent).source == release.source);
}

TEST_CASE("an archive that is not the published one is told, and taken all the same") {
  const Scratch scratch;
  const fs::path archive = scratch / "go.tar.gz";
  Pack pack(archive, Pack::Form::tar_gz);
  const fs::path tree = source_tree(scratch);
  for (const char* name : {"VERSION", "src/make.bash", "src/internal/platform/zosarch.go"})
    pack.file("go/" + std::string(name), read_file(tree / name));
  pack.close();
  Heard heard;
  CHECK(pinned_release(named(archive), {}, heard).source == nar_hash(tree).digest);
  REQUIRE(heard.notes.size() == 1);
  CHECK(contains(heard.notes[0], "it is not the published source archive (" + hex(digest) + ")"));
}

TEST_CASE("what is no source of the release is refused") {
  const Scratch scratch;
  const fs::path tree = source_tree(scratch);
  CHECK(refusal(named("/no/such/place")) == "--from /no/such/place is not there");
  CHECK(refusal(named(tree, "1.24.5")) ==
        "cannot add go1.24.5: " + tree.string() + " is the source of go1.24.4");
  fs::remove(tree / "VERSION");
  CHECK(contains(refusal(named(tree)), "VERSION"));
}

TEST_CASE("a source over the limits is refused") {
  const Scratch scratch;
  SourceRequest request;
  request.limits.bytes = 10;
  Silent silent;
  CHECK(error_of([&] { pinned_release(named(source_tree(scratch)), request, silent); }) != "");
}
