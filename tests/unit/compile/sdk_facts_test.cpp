#include "compile/sdk_facts.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("an SDK's port stands in its go.env") {
  const Scratch sdk;
  sdk.file("share/go/go.env", "# defaults\nGOTOOLCHAIN=local\nGOOS=linux\nGOARCH=riscv64\n");
  CHECK(port_of_sdk(sdk.path()) == Port{"linux", "riscv64"});
}

TEST_CASE("where go.env says no port the manifest is asked") {
  const Scratch sdk;
  sdk.file("share/go/go.env", "GOTOOLCHAIN=local\nXGOOS=linux\nGOARCH=riscv64\n");
  CHECK(contains(error_of([&] { port_of_sdk(sdk.path()); }), "manifest.json"));
}

TEST_CASE("an SDK's release is the one that is pinned, or has the ports of the default one") {
  const Releases releases = Releases::load("/no/such/file");
  const Scratch sdk;
  sdk.file("share/go/VERSION", "go1.24.4\ntime 2025-05-29T19:37:36Z\n");
  CHECK(release_of_sdk(sdk.path(), releases).commit == releases.get("1.24.4").commit);
  sdk.file("share/go/VERSION", "go1.24.77\n");
  const Release other = release_of_sdk(sdk.path(), releases);
  CHECK(other.version.text() == "1.24.77");
  CHECK(other.ports == releases.default_release().ports);
}
