#include "image/make_layout.hpp"

#include "image/app.hpp"
#include "image/sdk.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const Port arm64{"linux", "arm64"};
const Port amd64{"linux", "amd64"};

/// An image of nothing for each of these.
auto images_for(const std::vector<Port>& ports) {
  return [ports](const fs::path& layout) {
    std::vector<PlatformImage> images;
    for (const Port& port : ports) {
      ImageSettings settings;
      settings.platform = {port, ""};
      images.push_back({settings.platform, write_image(layout, settings, {})});
    }
    return images;
  };
}

std::string refusal(const LayoutRequest& request, const std::vector<Port>& ports) {
  return error_of([&] { make_layout(request, images_for(ports)); });
}

}  // namespace

TEST_CASE("a layout is a directory, with its images in the order of their platforms") {
  const Scratch scratch;
  const MadeLayout made =
      make_layout({(scratch / "out/").string(), "us/server:1", {}}, images_for({arm64, amd64}));
  CHECK(made.out == scratch / "out");
  CHECK(made.name == "docker.io/us/server:1");
  REQUIRE(made.images.size() == 2);
  CHECK(made.images[0].platform.text() == "linux/amd64");
  CHECK(made.images[1].platform.text() == "linux/arm64");
  CHECK(fs::is_regular_file(made.out / "oci-layout"));
}

TEST_CASE("a name that ends with .tar is one file, with nothing beside it") {
  const Scratch scratch;
  const MadeLayout made =
      make_layout({(scratch / "new/out.tar").string(), "server", {}}, images_for({amd64}));
  CHECK(fs::is_regular_file(made.out));
  CHECK(std::distance(fs::directory_iterator(scratch / "new"), fs::directory_iterator()) == 1);
}

TEST_CASE("what is in the place already stays, and nothing else is left") {
  const Scratch scratch;
  const std::string there = scratch.file("there.tar", "mine");
  CHECK(contains(refusal({there, "server", {}}, {amd64}), "something is there already"));
  CHECK(read_file(there) == "mine");
  scratch.file("full/file", "mine");
  CHECK(refusal({(scratch / "full").string(), "server", {}}, {amd64}) != "");
  CHECK(std::distance(fs::directory_iterator(scratch / "full"), fs::directory_iterator()) == 1);
}

TEST_CASE("two images for one platform, and a name that is none, make no layout") {
  const Scratch scratch;
  const std::string out = (scratch / "out").string();
  CHECK(refusal({out, "server", {}}, {amd64, arm64, amd64}) == "two of these are for linux/amd64");
  CHECK(contains(refusal({out, "Server!", {}}, {amd64}), "is no name for an image"));
  CHECK(fs::is_empty(scratch.path()));
}

TEST_CASE("an image is called as what is in it, in characters that its name may have") {
  CHECK(default_tag(fs::path("/x/server")) == "server:latest");
  CHECK(default_tag(fs::path("./My Server_v2.exe")) == "my-server-v2-exe:latest");
  CHECK(default_tag(fs::path("--x--")) == "x:latest");
  CHECK(default_tag(fs::path("\xc3\xa4")) == "app:latest");
  Manifest manifest;
  manifest.release = "1.24.4";
  manifest.port = arm64;
  manifest.kind = Kind::sdk;
  CHECK(default_tag(manifest) == "go:1.24.4-linux-arm64");
  manifest.kind = Kind::toolchain;
  CHECK(default_tag(manifest) == "go:1.24.4");
}

TEST_CASE("a program is named with its port, unless that is its own name") {
  const Scratch scratch;
  CHECK(named_program("arm64=./server", {}).program == "./server");
  CHECK(named_program("arm64=./server", "amd64").port == arm64);
  CHECK(named_program("./server", "amd64").port == amd64);
  CHECK(!named_program("./server", {}).port);
  const std::string odd = scratch.file("a=b", "");
  CHECK(named_program(odd, {}).program == odd);
  CHECK(contains(error_of([] { named_program("../x=./server", {}); }), "is not a port"));
}
