#include "toolchain/bootstrap.hpp"

#include "release/port.hpp"
#include "support/process.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// A GOROOT whose go command answers `answer` to everything.
fs::path goroot(const Scratch& scratch, const std::string& name, const std::string& answer) {
  scratch.file(name + "/bin/go", "#!/bin/sh\necho '" + answer + "'\n", true);
  return scratch / name;
}

std::string refusal(const fs::path& place) {
  std::string why;
  CHECK_FALSE(probe_bootstrap(place, "test", why).has_value());
  return why;
}

}  // namespace

TEST_CASE("a GOROOT is asked what it is") {
  const Scratch scratch;
  std::string why;
  const auto bootstrap =
      probe_bootstrap(goroot(scratch, "a", "go version go1.23.5 linux/amd64"), "test", why);
  REQUIRE(bootstrap.has_value());
  CHECK(bootstrap->kind == Bootstrap::Kind::go);
  CHECK(bootstrap->version.text() == "1.23.5");
  CHECK(bootstrap->description == "go1.23.5 linux/amd64");
  CHECK(bootstrap->name() == "go1.23.5");
  CHECK(bootstrap->goroot() == scratch / "a");
}

TEST_CASE("gccgo's go, which names no version of Go, counts as 1.18") {
  const Scratch scratch;
  std::string why;
  const auto bootstrap = probe_bootstrap(
      goroot(scratch, "g", "go version unknown gccgo (Debian 12.2.0-14+deb12u1) 12.2.0 linux/amd64"), "test",
      why);
  REQUIRE(bootstrap.has_value());
  CHECK(bootstrap->kind == Bootstrap::Kind::gccgo);
  CHECK(bootstrap->version == Version{1, 18, 0});
  CHECK(bootstrap->name() == "gccgo 12.2.0");
}

TEST_CASE("a go that does not know its version is what its compiler says") {
  const Scratch scratch;
  const fs::path compiler = scratch.file(
      "gccgo", "#!/bin/sh\necho 'x86_64-linux-gnu-gccgo-12 (Debian 12.2.0-14+deb12u1) 12.2.0'\n", true);
  const auto go_with = [&](const std::string& name, const std::string& named) {
    scratch.file(name + "/bin/go",
                 "#!/bin/sh\ncase $1 in env) echo '" + named +
                     "' ;; *) echo 'go version unknown linux/amd64' ;; esac\n",
                 true);
    return scratch / name;
  };
  std::string why;
  const auto bootstrap = probe_bootstrap(go_with("a", compiler), "test", why);
  REQUIRE_MESSAGE(bootstrap.has_value(), why);
  CHECK(bootstrap->kind == Bootstrap::Kind::gccgo);
  CHECK(bootstrap->name() == "gccgo 12.2.0");
  for (const std::string& other :
       {std::string("gccgo"), std::string("/nowhere/gccgo"), std::string("/bin/true")})
    CHECK(contains(refusal(go_with("b", other)), "which names no Go version"));
}

TEST_CASE("a gccgo is given to make.bash as a directory with bin/go") {
  const Scratch scratch;
  Bootstrap bootstrap;
  bootstrap.kind = Bootstrap::Kind::gccgo;
  bootstrap.go = scratch.file("go-12", "#!/bin/sh\n", true);
  const fs::path directory = bootstrap_directory(bootstrap, scratch.directory("work"));
  CHECK(fs::read_symlink(directory / "bin" / "go") == scratch / "go-12");
}

TEST_CASE("a release candidate is known as one") {
  const Scratch scratch;
  std::string why;
  const auto bootstrap =
      probe_bootstrap(goroot(scratch, "r", "go version go1.25rc2 linux/amd64"), "test", why);
  REQUIRE(bootstrap.has_value());
  CHECK(bootstrap->version < Version{1, 25, 0});
}

TEST_CASE("what is no bootstrap is refused with the reason") {
  const Scratch scratch;
  CHECK(contains(refusal(scratch / "nothing"), "there is no"));
  CHECK(contains(refusal(goroot(scratch, "odd", "hello")), "\"hello\", which names no Go version"));
  scratch.file("broken/bin/go", "#!/bin/sh\nexit 3\n", true);
  CHECK(contains(refusal(scratch / "broken"), "version` failed"));
}

TEST_CASE("gccgo names the newest of gccgo's go commands on PATH") {
  const Scratch scratch;
  const auto at = [&](const std::string& version) {
    return scratch.file("bin/go-" + version,
                        "#!/bin/sh\necho 'go version go1.18 gccgo (Debian " + version + ".2.0-1) " + version +
                            ".2.0 linux/amd64'\n",
                        true);
  };
  const std::string path = environment_value("PATH").value_or("");
  const auto probe = [&](std::string& why) {
    ::setenv("PATH", (scratch / "bin").c_str(), 1);
    auto found = probe_bootstrap("gccgo", "--bootstrap", why);
    ::setenv("PATH", path.c_str(), 1);
    return found;
  };
  std::string why;
  CHECK_FALSE(probe(why));
  CHECK(why == "no go command of a gccgo is on PATH (go-16, go-15, go-14, go-13, go-12)");
  at("12");
  const fs::path newest = at("14");
  const auto bootstrap = probe(why);
  REQUIRE_MESSAGE(bootstrap.has_value(), why);
  CHECK(bootstrap->go == newest);
  CHECK(bootstrap->kind == Bootstrap::Kind::gccgo);
  CHECK(bootstrap->name() == "gccgo 14.2.0");
}

TEST_CASE("a bootstrap is asked without the caller's Go settings") {
  const Scratch scratch;
  scratch.file("e/bin/go",
               "#!/bin/sh\necho \"go version go1.23.5 ${GOROOT-none} ${GOFLAGS-none} $GOTOOLCHAIN\"\n", true);
  ::setenv("GOROOT", "/wrong", 1);
  ::setenv("GOFLAGS", "-x", 1);
  std::string why;
  const auto bootstrap = probe_bootstrap(scratch / "e", "test", why);
  ::unsetenv("GOROOT");
  ::unsetenv("GOFLAGS");
  REQUIRE(bootstrap.has_value());
  CHECK(bootstrap->description == "go1.23.5 none none local");
}

TEST_CASE("a directory that only has bin/go is not the GOROOT: the go command is asked where that is") {
  const Scratch scratch;
  const fs::path real = scratch / "real";
  const std::string answers = "case $1 in version) echo 'go version go1.23.5 linux/amd64' ;; *) echo '" +
                              real.string() + "' ;; esac\n";
  scratch.file("real/bin/go", "#!/bin/sh\n" + answers, true);
  scratch.directory("usr/bin");
  scratch.link("usr/bin/go", "../../real/bin/go");
  scratch.file("wrapped/bin/go", "#!/bin/sh\n# starts another one\n" + answers, true);
  for (const std::string place : {"usr", "usr/bin/go", "wrapped", "wrapped/bin/go", "real"}) {
    std::string why;
    const auto bootstrap = probe_bootstrap(scratch / place, "test", why);
    REQUIRE_MESSAGE(bootstrap.has_value(), why);
    CHECK_MESSAGE(bootstrap->goroot() == real, place);
  }
}

TEST_CASE("a go command without a GOROOT cannot compile, and is refused as that") {
  const Scratch scratch;
  const std::string version =
      "#!/bin/sh\n[ \"$1\" != version ] || exec echo 'go version go1.23.5 linux/amd64'\n";
  scratch.file("trimmed/bin/go", version + "exit 2\n", true);
  CHECK(contains(refusal(scratch / "trimmed"), "it has no standard library"));
  scratch.file("empty/bin/go", version + "echo\n", true);
  CHECK(contains(refusal(scratch / "empty"), "it has no standard library"));
  scratch.file("gone/bin/go", version + "echo /no/such/goroot\n", true);
  CHECK(contains(refusal(scratch / "gone"), "its GOROOT is /no/such/goroot, and there is no bin/go"));
}

TEST_CASE("a whole GOROOT is not asked where it is") {
  const Scratch scratch;
  scratch.file("a/bin/go", "#!/bin/sh\n[ \"$1\" = version ] && echo 'go version go1.23.5 linux/amd64'\n",
               true);
  scratch.directory("a/src/fmt");
  scratch.directory("a/pkg/tool");
  std::string why;
  const auto bootstrap = probe_bootstrap(scratch / "a", "test", why);
  REQUIRE(bootstrap.has_value());
  CHECK(bootstrap->goroot() == scratch / "a");
}

TEST_CASE("a GOROOT_BOOTSTRAP that is no good is passed over, and that is said") {
  const auto passed_over = [](const std::string& place) {
    ::setenv("GOROOT_BOOTSTRAP", place.c_str(), 1);
    std::string said = search_bootstraps().passed_over;
    ::unsetenv("GOROOT_BOOTSTRAP");
    return said;
  };
  CHECK(passed_over("/no/such") == "GOROOT_BOOTSTRAP=/no/such is passed over: there is no /no/such");
  const Scratch scratch;
  scratch.file("broken/bin/go", "#!/bin/sh\nexit 3\n", true);
  CHECK(contains(passed_over((scratch / "broken").string()), "version` failed"));
  CHECK(passed_over(goroot(scratch, "good", "go version go1.23.5 linux/amd64").string()).empty());
  CHECK(passed_over("").empty());
}

TEST_CASE("an SDK that targets another port is no bootstrap") {
  const Scratch scratch;
  const fs::path sdk = goroot(scratch, "sdk", "go version go1.24.4 linux/amd64");
  scratch.file("sdk/go.env", "GOOS=plan9\nGOARCH=" + own_port().goarch + "\n");
  CHECK(contains(refusal(sdk), "an SDK that targets plan9/" + own_port().goarch));
  scratch.file("sdk/go.env", "GOOS=" + own_port().goos + "\nGOARCH=" + own_port().goarch + "\n");
  std::string why;
  CHECK(probe_bootstrap(sdk, "test", why).has_value());
}
