#include "source/blobs.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const std::string nul(1, '\0');

const Blob* find(const BlobSearch& search, const std::string& path) {
  for (const Blob& blob : search.blobs) {
    if (blob.path == path) return &blob;
  }
  return nullptr;
}

BlobUse use_of(const BlobSearch& search, const std::string& path) {
  const Blob* const blob = find(search, path);
  REQUIRE_MESSAGE(blob != nullptr, path);
  return blob->use;
}

}  // namespace

TEST_CASE("text is no blob, whatever language it is in") {
  CHECK(form_of_blob("package p\n").empty());
  CHECK(form_of_blob("").empty());
  CHECK(form_of_blob("größer 世界\n").empty());
  CHECK(form_of_blob("MZ is how this text begins\n").empty());
  CHECK(form_of_blob("BZh too\n").empty());
}

TEST_CASE("archives and objects are known by how they begin, all else by what no text has") {
  CHECK(form_of_blob("\x7f"
                     "ELF" +
                     nul) == "ELF object or program");
  CHECK(form_of_blob("PK\x03\x04") == "zip");
  CHECK(form_of_blob("!<arch>\nall of it is text\n") == "ar archive");
  CHECK(form_of_blob("MZ" + nul) == "PE program");
  CHECK(form_of_blob("text" + nul) == "NUL bytes");
  CHECK(form_of_blob("caf\xe9\n") == "bytes that are not UTF-8");
}

TEST_CASE("every file that is no text is found, with its hash, and an unknown one is told as such") {
  const Scratch scratch;
  scratch.file("src/p/p.go", "package p\n");
  scratch.file("src/p/evil.bin", "a" + nul);
  scratch.file("src/runtime/race/race_linux_arm64.syso",
               "\x7f"
               "ELF" +
                   nul);
  const BlobSearch search = find_blobs(scratch.path());
  CHECK(search.files == 3);
  CHECK(search.blobs.size() == 2);
  CHECK(use_of(search, "src/p/evil.bin") == BlobUse::unknown);
  CHECK(find(search, "src/p/evil.bin")->sha256 == sha256("a" + nul));
  CHECK(find(search, "src/p/evil.bin")->size == 2);
  CHECK(use_of(search, "src/runtime/race/race_linux_arm64.syso") == BlobUse::program);
}

TEST_CASE("what is in testdata is for tests, unless a file that is no test embeds it") {
  const Scratch scratch;
  scratch.file("src/p/testdata/a.bin", nul);
  scratch.file("src/p/testdata/b.bin", nul);
  scratch.file("src/p/testdata/c.bin", nul);
  scratch.file("src/p/p.go", "package p\n//go:embed testdata/a.bin\nvar a []byte\n");
  scratch.file("src/p/p_test.go", "package p\n//go:embed testdata/b.bin\nvar b []byte\n");
  scratch.file("src/p/testdata/q.go", "package q\n//go:embed c.bin\nvar c []byte\n");
  const BlobSearch search = find_blobs(scratch.path());
  CHECK(use_of(search, "src/p/testdata/a.bin") == BlobUse::unknown);
  CHECK(find(search, "src/p/testdata/a.bin")->taken_by == "src/p/p.go embeds it");
  CHECK(use_of(search, "src/p/testdata/b.bin") == BlobUse::tests);
  CHECK(use_of(search, "src/p/testdata/c.bin") == BlobUse::tests);
}

TEST_CASE("what the go command links by its name counts though it be text") {
  const Scratch scratch;
  scratch.file("src/p/a.syso", "text\n");
  scratch.file("src/p/testdata/a.syso", "text\n");
  const BlobSearch search = find_blobs(scratch.path());
  CHECK(search.blobs.size() == 1);
  CHECK(use_of(search, "src/p/a.syso") == BlobUse::unknown);
  CHECK(find(search, "src/p/a.syso")->taken_by == "go build links it into whatever has that package");
}

TEST_CASE("bin and pkg are passed over in a GOROOT, and in a source they are not") {
  const Scratch scratch;
  scratch.file("pkg/tool/compile", nul);
  CHECK(use_of(find_blobs(scratch.path()), "pkg/tool/compile") == BlobUse::unknown);
  scratch.file("bin/go", nul);
  const BlobSearch search = find_blobs(scratch.path());
  CHECK(search.blobs.empty());
  CHECK(search.compiled == 2);
}
