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
  for (const char* text : {"", "Server", "a b", "a:b:c", "a:", ":a", "/a", "a/", "a//b", "-a", "a-", "a..b",
                           "a___b", "ghcr.io/Us/x", "a@sha256:0", "a:-x", "a\n", "é"}) {
    CAPTURE(text);
    CHECK(contains(error_of([&] { parse_image_name(text); }), "is no name for an image"));
  }
}
