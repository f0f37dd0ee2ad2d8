#include "sdk/upstream_archive.hpp"

#include "archive/each_entry.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

#include <fstream>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// A GOROOT with the files by which orders differ: "src-x" stands before "src/a" by bytes, and behind in a
/// walk.
struct Tree {
  Scratch scratch;
  explicit Tree(const std::string& version) {
    scratch.file("go/VERSION", version + "\ntime 2026-01-02T03:04:05Z\n");
    scratch.file("go/src/a.go", "package a\n");
    scratch.file("go/src/make.bash", "echo\n", true);
    scratch.file("go/src-x", "x");
  }
  Packed packed(const Originals& originals = {}) const {
    std::ofstream out(scratch / "packed.tar.gz", std::ios::binary);
    return pack_upstream_archive(scratch / "go", originals, [&](std::string_view bytes) {
      out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    });
  }
  /// "go/ go/VERSION …", each as often as it is in the archive.
  std::string names() const {
    REQUIRE(packed().digest);
    std::string names;
    each_archive_entry(scratch / "packed.tar.gz", {}, [&](const ArchiveEntry& entry, const ReadContent&) {
      if (!names.empty()) names += ' ';
      names +=
          entry.path + (entry.type == ArchiveEntry::Type::directory && !entry.path.ends_with('/') ? "/" : "");
    });
    return names;
  }
};

}  // namespace

TEST_CASE("an archive has its directories, and its files in the order of a walk") {
  CHECK(Tree("go1.24.4").names() == "go/ go/VERSION go/src/ go/src/a.go go/src/make.bash go/src-x");
}

TEST_CASE("1.21's have them in the order of bytes, and the first of all no directories") {
  CHECK(Tree("go1.21.3").names() == "go/ go/VERSION go/src-x go/src/ go/src/a.go go/src/make.bash");
  CHECK(Tree("go1.21.0").names() == "go/VERSION go/src-x go/src/a.go go/src/make.bash");
  CHECK(Tree("go1.21rc2").names() == "go/VERSION go/src-x go/src/a.go go/src/make.bash");
}

TEST_CASE("the checksum is of the bytes that are given out, and of no machine's time") {
  const Tree tree("go1.24.4");
  const Packed packed = tree.packed();
  CHECK(packed.digest == sha256_file(tree.scratch / "packed.tar.gz"));
  CHECK(Tree("go1.24.4").packed().digest == packed.digest);
}

TEST_CASE("an original stands in the place of the file that is there") {
  const Tree tree("go1.24.4");
  const Packed as_it_is = tree.packed();
  CHECK(tree.packed({{"src/a.go", "package a\n"}}).digest == as_it_is.digest);
  CHECK(tree.packed({{"src/a.go", "package b\n"}}).digest != as_it_is.digest);
}

TEST_CASE("what no archive of upstream's has is told") {
  const auto why = [](const std::function<void(const Scratch&)>& change,
                      const std::string& version = "go1.24.4") {
    const Tree tree(version);
    change(tree.scratch);
    const Packed packed = tree.packed();
    CHECK_FALSE(packed.digest);
    return packed.why_not;
  };
  for (const std::string version : {"go1.24.4", "go1.21.0"}) {
    CAPTURE(version);
    CHECK(why([](const Scratch& scratch) { scratch.directory("go/empty"); }, version) ==
          "share/go/empty/ is an empty directory");
    CHECK(why([](const Scratch& scratch) { scratch.directory("go/src/empty"); }, version) ==
          "share/go/src/empty/ is an empty directory");
  }
  CHECK(why([](const Scratch& scratch) { scratch.link("go/src/link", "a.go"); }) ==
        "share/go/src/link is a symbolic link");
  CHECK(why([](const Scratch& scratch) { scratch.file("go/src/b.go", "", true); }) ==
        "share/go/src/b.go is a program, and none of upstream's");
  CHECK(why([](const Scratch& scratch) { scratch.file("go/src/run.bash", ""); }) ==
        "share/go/src/run.bash should be a program");
  CHECK(why([](const Scratch& scratch) { fs::remove(scratch / "go/VERSION"); }) == "it has no VERSION");
  CHECK(why([](const Scratch& scratch) { scratch.file("go/VERSION", "go1.24.4\n"); }) ==
        "VERSION gives no time");
}
