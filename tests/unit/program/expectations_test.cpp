#include "program/expectations.hpp"

#include "program/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("expectations that are not met say what is so") {
  const ProgramFacts facts = read_program(
      elf(62, build_header("path\tx\nbuild\t-trimpath=true\nbuild\tGOOS=linux\nbuild\tGOAMD64=v1\n")), "p");
  CHECK(unmet_expectations(
            facts, {"static", "stripped", "trimmed", "linux/amd64", "GOAMD64=v1", "go1.24.4", "no-pie"})
            .empty());
  CHECK(unmet_expectations(facts, {"dynamic", "amd64=1", "linux/arm64", "GOAMD64=v3", "go1.25.0"}) ==
        std::vector<std::string>{"dynamic: it is static", "amd64=1: it is not set",
                                 "linux/arm64: it is for linux/amd64", "GOAMD64=v3: it is GOAMD64=v1",
                                 "go1.25.0: go1.24.4"});
  CHECK(contains(error_of([&] { unmet_expectations(facts, {"statik"}); }), "did you mean static?"));
}

TEST_CASE("a level that no Go has is not asked for") {
  const ProgramFacts facts = read_program(elf(62, build_header("path\tx\nbuild\tGOAMD64=v5\n")), "p");
  const std::string error = error_of([&] { unmet_expectations(facts, {"GOAMD64=v5"}); });
  CHECK(contains(error, "there is no GOAMD64=v5: GOAMD64 is v1, v2, v3 or v4"));
  CHECK(why_no_such_level("GOARM64", "v9.5,lse").empty());
  CHECK(why_no_such_level("GOARM", "7,softfloat").empty());
  CHECK_FALSE(why_no_such_level("GOARM64", "v8.0,nosuch").empty());
  CHECK(why_no_such_level("CGO_ENABLED", "7").empty());
}

TEST_CASE("how a program is linked is asked for by its C library, its dynamic linker and its libraries") {
  const auto facts = [](const std::string& interpreter, const std::vector<std::string>& needed) {
    ProgramFacts linked;
    linked.interpreter = interpreter;
    linked.needed = needed;
    return linked;
  };
  const ProgramFacts glibc = facts("/lib64/ld-linux-x86-64.so.2", {"libm.so.6", "libc.so.6"});
  const ProgramFacts musl = facts("/lib/ld-musl-x86_64.so.1", {"libc.so"});
  const ProgramFacts none = facts("", {});
  CHECK(unmet_expectations(glibc, {"dynamic", "glibc", "needs=libm.so.6", "needs=libc.so.6",
                                   "interpreter=/lib64/ld-linux-x86-64.so.2"})
            .empty());
  CHECK(unmet_expectations(musl, {"dynamic", "musl", "needs=libc.so", "interpreter=/lib/ld-musl-x86_64.so.1"})
            .empty());
  CHECK(unmet_expectations(facts("/lib/ld-linux.so.3", {}), {"glibc"}).empty());
  CHECK(unmet_expectations(facts("", {"libc.so.6"}), {"glibc"}).empty());  // a library
  CHECK(unmet_expectations(musl, {"glibc"}).size() == 1);
  CHECK(unmet_expectations(glibc, {"musl"}).size() == 1);
  CHECK(unmet_expectations(none, {"glibc", "musl"}) ==
        std::vector<std::string>{"glibc: it is static", "musl: it is static"});
  CHECK(unmet_expectations(glibc, {"needs=libx.so", "interpreter=/lib64/ld"}) ==
        std::vector<std::string>{"needs=libx.so: it needs libm.so.6, libc.so.6",
                                 "interpreter=/lib64/ld: it is /lib64/ld-linux-x86-64.so.2"});
  CHECK(unmet_expectations(none, {"needs=libc.so.6", "interpreter=/lib/ld"}) ==
        std::vector<std::string>{"needs=libc.so.6: it needs no library", "interpreter=/lib/ld: it has none"});
  CHECK(unmet_expectations(glibc, {"needs=libc", "needs="}).size() == 2);
  CHECK(unmet_expectations(none, {"interpreter="}).empty());
}

TEST_CASE(
    "cgo is what the build information says; a program without any was built neither with it nor without") {
  const auto with = [](const std::string& info) {
    return read_program(elf(62, build_header("path\tx\n" + info)), "p");
  };
  CHECK(unmet_expectations(with("build\tCGO_ENABLED=1\n"), {"cgo"}).empty());
  CHECK(unmet_expectations(with("build\tCGO_ENABLED=1\n"), {"no-cgo"}) ==
        std::vector<std::string>{"no-cgo: it was built with cgo"});
  CHECK(unmet_expectations(with("build\tCGO_ENABLED=0\n"), {"no-cgo"}).empty());
  CHECK(unmet_expectations(with("build\tCGO_ENABLED=0\n"), {"cgo"}) ==
        std::vector<std::string>{"cgo: it was built without cgo"});
  CHECK(unmet_expectations(with(""), {"cgo"}).size() == 1);
  const ProgramFacts plain = read_program(elf(62, "data"), "p");
  CHECK(unmet_expectations(plain, {"cgo", "no-cgo"}).size() == 2);
  CHECK(contains(error_of([&] { unmet_expectations(plain, {"gilbc"}); }), "did you mean glibc?"));
}
