#include "release/port.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("ports and the names people give them") {
  CHECK(parse_port("linux/riscv64") == Port{"linux", "riscv64"});
  CHECK(parse_port("linux-riscv64") == Port{"linux", "riscv64"});
  CHECK(parse_port("riscv64") == Port{"linux", "riscv64"});
  CHECK(parse_port("arm64") == Port{"linux", "arm64"});
  CHECK(parse_port("386") == Port{"linux", "386"});
  CHECK(parse_port("wasm") == Port{"js", "wasm"});
  CHECK(parse_port("wasi") == Port{"wasip1", "wasm"});
  CHECK(parse_port("js/wasm") == Port{"js", "wasm"});
  CHECK(parse_port("windows/amd64") == Port{"windows", "amd64"});
}

TEST_CASE("the three spellings of a port") {
  const Port port{"linux", "riscv64"};
  CHECK(port.text() == "linux/riscv64");
  CHECK(port.dashed() == "linux-riscv64");
  CHECK(port.underscored() == "linux_riscv64");
}

TEST_CASE("what cannot be a port is refused, with what could be one") {
  for (const std::string text :
       {"", "/", "-", "linux/", "/arm64", "linux/arm64/v8", "Linux/arm64", "linux/../x", "linux arm64",
        "linux_arm64", "..", "--help", "linux/arm64\n", "a-very-long-name-that-no-system-has/arm64"}) {
    CAPTURE(text);
    const std::string error = error_of([&] { parse_port(text); });
    CHECK(contains(error, std::string("\"") + text + "\" is not a port"));
    CHECK(contains(error, "GOOS/GOARCH"));
  }
}

TEST_CASE("other people's names for ports are refused with Go's") {
  const auto meant = [](const std::string& text) { return error_of([&] { parse_port(text); }); };
  for (const std::string text : {"x86_64", "linux/x86_64", "x86-64", "linux/x86-64", "x64", "X86_64",
                                 "linux/x64", "x86_64-unknown-linux-gnu", "x86_64-linux-gnu"}) {
    CAPTURE(text);
    CHECK(contains(meant(text), "Did you mean linux/amd64?"));
  }
  CHECK(contains(meant("aarch64"), "Did you mean linux/arm64?"));
  CHECK(contains(meant("linux/arm64/v8"), "Did you mean linux/arm64?"));
  CHECK(contains(meant("linux/arm/v7"), "Did you mean linux/arm?"));
  CHECK(contains(meant("macos/arm64"), "Did you mean darwin/arm64?"));
  CHECK(contains(meant("aarch64-apple-darwin"), "Did you mean darwin/arm64?"));
  CHECK(contains(meant("windows"), "Did you mean windows/amd64?"));
  CHECK(contains(meant("wasip1"), "Did you mean wasip1/wasm (wasi for short)?"));
  CHECK(contains(meant("wasm32"), "js/wasm"));
  CHECK(contains(meant("wasm32-wasi"), "wasip1/wasm"));
  CHECK(contains(meant("ppc64el"), "linux/ppc64le"));
}

TEST_CASE("the nearest of several words") {
  const std::vector<std::string> ports{"linux/arm64", "linux/riscv64", "windows/amd64"};
  CHECK(nearest("linux/riscv46", ports) == "linux/riscv64");
  CHECK(nearest("linus/arm64", ports) == "linux/arm64");
  CHECK(nearest("window/amd64", ports) == "windows/amd64");
  CHECK_FALSE(nearest("zx", ports));
  CHECK_FALSE(nearest("linux/arm64", {}));
}

TEST_CASE("upstream's archives have their own names") {
  CHECK(archive_name("1.24.4", {"linux", "riscv64"}) == "go1.24.4.linux-riscv64.tar.gz");
  CHECK(archive_name("1.24.4", {"linux", "arm"}) == "go1.24.4.linux-armv6l.tar.gz");
  CHECK(archive_name("1.24.4", {"freebsd", "arm"}) == "go1.24.4.freebsd-arm.tar.gz");
  CHECK(archive_name("1.24.4", {"windows", "amd64"}) == "go1.24.4.windows-amd64.zip");
}

TEST_CASE("linux/arm is built for ARMv6 where bits must be upstream's") {
  CHECK(upstream_settings({"linux", "arm"}) ==
        std::vector<std::pair<std::string, std::string>>{{"GOARM", "6"}});
  CHECK(upstream_settings({"linux", "arm64"}).empty());
  CHECK(upstream_settings({"freebsd", "arm"}).empty());
}

TEST_CASE("where no toolchain can be hosted, and why") {
  CHECK(contains(why_not_hosted({"js", "wasm"}).value(), "wasm"));
  CHECK(why_not_hosted({"wasip1", "wasm"}));
  CHECK(why_not_hosted({"ios", "arm64"}));
  CHECK(why_not_hosted({"android", "arm64"}));
  for (const Port& port :
       {Port{"linux", "riscv64"}, Port{"windows", "arm64"}, Port{"plan9", "386"}, own_port()}) {
    CHECK_FALSE(why_not_hosted(port));
  }
}

TEST_CASE("this machine's port is one") {
  CHECK(parse_port(own_port().text()) == own_port());
}
