#include "image/image.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

std::string packed(const std::function<void(TarWriter&)>& fill, std::int64_t time = 1) {
  std::string bytes;
  TarWriter tar([&](std::string_view piece) { bytes += piece; }, time);
  fill(tar);
  tar.finish();
  return bytes;
}

}  // namespace

TEST_CASE("a tar depends on content, names and modes, not on the files' own times or modes") {
  const Scratch scratch;
  scratch.file("a/run", "x", true);
  scratch.file("a/file", "y");
  scratch.file("b/run", "x", true);
  scratch.file("b/file", "y");
  fs::permissions(scratch / "b/file", fs::perms(0600));
  fs::last_write_time(scratch / "b/file", fs::file_time_type::min());
  const auto tree = [&](const char* name) {
    return packed([&](TarWriter& tar) { tar.tree("go", scratch / name); });
  };
  CHECK(tree("a") == tree("b"));
  fs::permissions(scratch / "b/file", fs::perms(0700));
  CHECK(tree("a") != tree("b"));
}

TEST_CASE("long names and links are kept whole") {
  const std::string deep = std::string(90, 'd') + "/" + std::string(120, 'e') + "/" + std::string(90, 'f');
  const std::string bytes = packed([&](TarWriter& tar) {
    tar.file(deep, "content");
    tar.link("link", deep);
    tar.file("\xc3\x9e and \xff", "whatever the locale");
  });
  CHECK(contains(bytes, deep));
  CHECK(contains(bytes, "\xc3\x9e and \xff"));
  CHECK(bytes.size() % 512 == 0);
}

TEST_CASE("what a sink throws comes out as it was") {
  CHECK_THROWS_AS(
      {
        TarWriter tar([](std::string_view) { throw Interrupted(); }, 0);
        for (int i = 0; i < 100; ++i) tar.file("a", std::string(100'000, 'x'));
        tar.finish();
      },
      Interrupted);
}

TEST_CASE("a stream that is given up leaves its layer unmade") {
  const Scratch scratch;
  CHECK_THROWS_AS(write_layer(scratch.path(), Compression::gzip, 0, "x",
                              [](TarWriter& tar) {
                                tar.file("a", "b");
                                throw Error("do it", "no");
                              }),
                  Error);
  CHECK(fs::is_empty(scratch / "blobs/sha256"));
}

TEST_CASE("dates are written as RFC 3339 wants them") {
  CHECK(rfc3339(0) == "1970-01-01T00:00:00Z");
  CHECK(rfc3339(1'700'000'000) == "2023-11-14T22:13:20Z");
}
