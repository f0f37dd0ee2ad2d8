#include "image/image.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("a name in full, as containerd has it, and the familiar one") {
  const auto names = [](const std::string& text) {
    const ImageName name = parse_image_name(text);
    return name.familiar + " " + name.full;
  };
  CHECK(names("server") == "server:latest docker.io/library/server:latest");
  CHECK(names("gs/server:1") == "gs/server:1 docker.io/gs/server:1");
  CHECK(names("go:1.24.4-linux-riscv64") ==
        "go:1.24.4-linux-riscv64 docker.io/library/go:1.24.4-linux-riscv64");
  CHECK(names("ghcr.io/us/a/b:v1.2_x") == "ghcr.io/us/a/b:v1.2_x ghcr.io/us/a/b:v1.2_x");
  CHECK(names("localhost:5000/x") == "localhost:5000/x:latest localhost:5000/x:latest");
  CHECK(names("localhost/x:1") == "localhost/x:1 localhost/x:1");
  CHECK(names("docker.io/x") == "docker.io/x:latest docker.io/library/x:latest");
  CHECK(names("a__b/c--d.e") == "a__b/c--d.e:latest docker.io/a__b/c--d.e:latest");
}

TEST_CASE("what Docker could not load under its name is refused, with what it could") {
  for (const std::string text : {"", "Server", "a b", "a:b:c", "a:", ":a", "/a", "a/", "a//b", "-a", "a-",
                                 "a..b", "a___b", "ghcr.io/Us/x", "a@sha256:0", "a:-x", "a\n", "é"}) {
    CAPTURE(text);
    CHECK(contains(error_of([&] { parse_image_name(text); }), "is no name for an image"));
  }
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
