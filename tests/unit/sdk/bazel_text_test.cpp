#include "sdk/bazel_text.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

Release release(int minor) {
  Release release;
  release.version = {1, minor, 4};
  return release;
}

BazelSdk sdk(bool with_goroot) {
  BazelSdk sdk;
  sdk.port = {"linux", "arm64"};
  sdk.archive = "go.tar.gz";
  sdk.digest = "abc";
  if (with_goroot) sdk.goroot = "/store/it's \"1\"";
  return sdk;
}

}  // namespace

TEST_CASE("MODULE.bazel: a download, how a target is chosen, and nothing else where the store has nothing") {
  CHECK(module_text({sdk(false)}, {"https://a/{}", "https://b/{}"}, release(24)) ==
        R"(# MODULE.bazel: archives of go1.24.4 as gostrap makes them, which are upstream's bit for bit
# rules_go 0.41.0 or newer; leave the next line out where it is there already
bazel_dep(name = "rules_go", version = "0.41.0")
go_sdk = use_extension("@rules_go//go:extensions.bzl", "go_sdk")
go_sdk.download(
    version = "1.24.4",
    sdks = {
        "linux_arm64": ["go.tar.gz", "abc"],
    },
    urls = [
        "https://a/{}",
        "https://b/{}",
    ],
)
# Another target than where it runs: bazel build --platforms=@rules_go//go/toolchain:linux_riscv64 //...
# Pure Go, as these toolchains are built: --@rules_go//go/config:pure
)");
}

TEST_CASE("WORKSPACE: each SDK has its download, and the store's toolchain beside it") {
  CHECK(workspace_text({sdk(true)}, {"https://a/{}"}, release(25)) ==
        R"(# WORKSPACE: the same archives; rules_go 0.57.0 or newer
load("@io_bazel_rules_go//go:deps.bzl", "go_download_sdk", "go_local_sdk", "go_register_toolchains", "go_rules_dependencies")

go_rules_dependencies()

go_download_sdk(
    name = "go_sdk_linux_arm64",
    goarch = "arm64",
    goos = "linux",
    version = "1.25.4",
    sdks = {
        "linux_arm64": ["go.tar.gz", "abc"],
    },
    urls = [
        "https://a/{}",
    ],
)

# WORKSPACE: or, instead of that download, the toolchain in the store
go_local_sdk(
    name = "go_sdk_linux_arm64",
    path = "/store/it's \"1\"",
    version = "1.25.4",
)

go_register_toolchains()
# Another target than where it runs: bazel build --platforms=@io_bazel_rules_go//go/toolchain:linux_riscv64 //...
# Pure Go, as these toolchains are built: --@io_bazel_rules_go//go/config:pure
)");
}

TEST_CASE("the store's toolchain is wrapped by a repository of its own, which asks for a newer rules_go") {
  const std::string text = module_text({sdk(true)}, {"https://a/{}"}, release(24));
  CHECK(contains(text, "bazel_dep(name = \"rules_go\", version = \"0.54.0\")\n"));
  CHECK(contains(text, "new_local_repository(\n    name = \"gostrap_go_linux_arm64\",\n"));
  CHECK(contains(text, "    path = \"/store/it's \\\"1\\\"\",\n"));
  CHECK(contains(text, "    root_file = \"@gostrap_go_linux_arm64//:VERSION\",\n"));
}

TEST_CASE("archives are in the store, or upstream's; each place is named once") {
  BazelSdk stored = sdk(false);
  stored.archives = "/store/archives";
  CHECK(archive_urls({sdk(false), stored, sdk(true)}) ==
        std::vector<std::string>{"https://dl.google.com/go/{}", "file:///store/archives/{}"});
}
