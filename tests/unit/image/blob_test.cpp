#include "image/blob.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// What lies among the blobs of a layout.
std::vector<std::string> names(const Scratch& scratch) {
  std::vector<std::string> names;
  for (const auto& each : fs::directory_iterator(scratch / "blobs/sha256"))
    names.push_back(each.path().filename().string());
  return names;
}

}  // namespace

TEST_CASE("a blob lies under its digest, and its descriptor says kind, digest and size") {
  const Scratch scratch;
  const Descriptor descriptor = write_blob(scratch.path(), "text/plain", "content");
  CHECK(descriptor.media_type == "text/plain");
  CHECK(descriptor.digest == hex(sha256("content")));
  CHECK(descriptor.size == 7);
  CHECK(read_file(scratch / "blobs/sha256" / descriptor.digest) == "content");
}

TEST_CASE("in whatever pieces it comes, it is the same blob") {
  const Scratch scratch;
  BlobWriter blob(scratch.path());
  blob.write("con");
  blob.write("");
  blob.write("tent");
  CHECK(blob.finish("text/plain").digest == write_blob(scratch.path(), "text/plain", "content").digest);
  CHECK(names(scratch) == std::vector<std::string>{hex(sha256("content"))});
}

TEST_CASE("nothing is a blob, too") {
  const Scratch scratch;
  const Descriptor descriptor = write_blob(scratch.path(), "text/plain", "");
  CHECK(descriptor.size == 0);
  CHECK(read_file(scratch / "blobs/sha256" / hex(sha256(""))).empty());
}

TEST_CASE("a blob that was not finished leaves nothing") {
  const Scratch scratch;
  {
    BlobWriter blob(scratch.path());
    blob.write("half");
    CHECK(names(scratch).size() == 1);
  }
  CHECK(names(scratch).empty());
}

TEST_CASE("a layout that cannot be made is an error that names it") {
  const Scratch scratch;
  scratch.file("blobs", "no directory");
  CHECK(contains(error_of([&] { write_blob(scratch.path(), "text/plain", ""); }),
                 (scratch / "blobs").string()));
}
