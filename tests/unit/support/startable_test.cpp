#include "support/startable.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("what cannot be started is called by what is in the way") {
  const Scratch scratch;
  const auto text = [&](const std::string& name) {
    return std::string(not_startable(name, (scratch / "bin").string()).what());
  };
  scratch.file("bin/tool", "#!/bin/sh\n");
  CHECK(contains(text("no-such"), "there is no such program on PATH"));
  CHECK(contains(text((scratch / "no-such").string()), "there is no such file"));
  CHECK(contains(text(scratch.path().string()), "it is a directory"));
  CHECK(contains(text((scratch / "bin/tool").string()), "is not executable"));
  CHECK(contains(text("tool"), (scratch / "bin/tool").string() + " is not executable"));
}

TEST_CASE("a mount is looked up where the place is, or will be") {
  CHECK_FALSE(is_mounted_noexec("/"));
  CHECK_FALSE(is_mounted_noexec("/no/such/place"));
  if (fs::exists("/sys/kernel")) CHECK(is_mounted_noexec("/proc/self") == is_mounted_noexec("/proc"));
}
