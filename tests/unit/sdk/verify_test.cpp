#include "sdk/verify.hpp"

#include "program/samples.hpp"
#include "release/c_compiler_samples.hpp"
#include "support/strings.hpp"
#include "toolchain/fake_compilers.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const Port s390x{"linux", "s390x"};  // nobody's own

/// What is said of the hello that an SDK for linux/s390x "builds": that file.
Check linkage(const std::string& program, const std::optional<CCompiler>& compiler) {
  const Scratch scratch;
  scratch.file("program", program);
  scratch.file("sdk/bin/go",
               "#!/bin/sh\nwhile [ \"$1\" != -o ]; do shift; done\nls >\"" + (scratch / "hello").string() +
                   "\"\nexec cp '" + (scratch / "program").string() + "' \"$2\"\n",
               true);
  scratch.file("sdk/bin/go_linux_s390x_exec", "#!/bin/sh\n", true);
  Manifest manifest;
  manifest.release = "1.24.4";
  manifest.hosted_on = own_port();
  manifest.port = s390x;
  manifest.profile.c = compiler;
  const std::vector<Check> checks = check_hello(scratch / "sdk", manifest);
  CHECK(contains(read_file(scratch / "hello"), "c.go") == compiler.has_value());
  REQUIRE(checks.size() == 3);
  return checks[1];
}

CCompiler compiler_with(const std::string& interpreter, bool is_static = false) {
  CCompiler compiler = cross_gcc();
  compiler.interpreter = interpreter;
  compiler.is_static = is_static;
  return compiler;
}

}  // namespace

TEST_CASE("a C compiler that is what it was is told by its words") {
  const Scratch scratch;
  CCompiler compiler = cross_gcc();
  compiler.parts = {c_part("cc", scratch.file("gcc", "gcc").string(), "gcc"),
                    c_part("ld", scratch.file("ld", "ld").string(), "ld")};
  const Check same = check_c_compiler(compiler);
  CHECK(same.name == "C compiler");
  CHECK(same.result == Check::Result::passed);
  CHECK(same.says == compiler.text());
  scratch.file("ld", "LD");
  const Check other = check_c_compiler(compiler);
  CHECK(other.result == Check::Result::failed);
  CHECK(contains(other.says, "it is not what this SDK is bound to, " + compiler.text()));
  CHECK(other.details == std::vector<std::string>{"ld is gone, or another one"});
  for (int i = 0; i < 100; ++i) compiler.parts.push_back(c_part("crt" + std::to_string(i), "/no/such"));
  CHECK(check_c_compiler(compiler).details.size() < 50);
}

TEST_CASE("to look at a compiler starts nothing of it") {
  const Scratch scratch;
  CCompiler compiler = cross_gcc();
  const std::string script = "#!/bin/sh\ntouch '" + (scratch / "ran").string() + "'\n";
  compiler.cc = scratch.file("gcc", script, true).string();
  compiler.parts = {c_part("cc", compiler.cc, script)};
  CHECK(check_c_compiler(compiler).result == Check::Result::passed);
  CHECK_FALSE(fs::exists(scratch / "ran"));
}

TEST_CASE("a hello with C is linked to what its compiler links to") {
  const std::string dynamic = dynamic_elf(s390x_machine, "/lib/ld64.so.1");
  const Check right = linkage(dynamic, compiler_with("/lib/ld64.so.1"));
  CHECK(right.name == "hello is linked by the C compiler");
  CHECK(right.result == Check::Result::passed);
  CHECK(right.says == "/lib/ld64.so.1, ");
  const Check wrong = linkage(dynamic, compiler_with("/lib/ld-musl-s390x.so.1"));
  CHECK(wrong.result == Check::Result::failed);
  CHECK(wrong.details == std::vector<std::string>{"it should be linked to /lib/ld-musl-s390x.so.1"});
  CHECK(linkage(elf(s390x_machine, "data"), compiler_with("/lib/ld64.so.1")).result == Check::Result::failed);
}

TEST_CASE("a hello of a static SDK, or of one without C, is static") {
  const std::string dynamic = dynamic_elf(s390x_machine, "/lib/ld64.so.1"),
                    plain = elf(s390x_machine, "data");
  CHECK(linkage(plain, compiler_with("", true)).result == Check::Result::passed);
  CHECK(linkage(plain, compiler_with("", true)).says == "no interpreter, no shared libraries");
  const Check check = linkage(dynamic, compiler_with("", true));
  CHECK(check.result == Check::Result::failed);
  CHECK(check.details == std::vector<std::string>{"it should be static"});
  CHECK(linkage(plain, {}).result == Check::Result::passed);
  CHECK(linkage(plain, {}).name == "hello is static");
  CHECK(linkage(dynamic, {}).result == Check::Result::failed);
  CHECK(linkage("no ELF", compiler_with("")).result == Check::Result::not_possible);
}
