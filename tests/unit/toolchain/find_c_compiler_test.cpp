#include "toolchain/find_c_compiler.hpp"

#include "toolchain/fake_compilers.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

// a port of linux that is nobody's own
const Port s390x{"linux", "s390x"};
const Port windows{"windows", "amd64"};
const Port darwin{"darwin", "arm64"};

/// A directory of programs, which is all of PATH.
struct Machine {
  Scratch scratch;
  OnlyPath path{(scratch / "bin").string()};

  fs::path has(const std::string& name) const { return scratch.file("bin/" + name, "#!/bin/sh\n", true); }
  /// The program that is meant by --cc WORD: its name in bin, or its path; what is wrong with the word
  /// otherwise.
  std::string named(const std::string& word, const Port& port) const {
    std::string found;
    const std::string error = error_of([&] {
      const fs::path cc = find_c_compiler({word}, port).cc;
      found = cc.parent_path() == scratch / "bin" ? cc.filename().string() : cc.string();
    });
    return found.empty() ? error : found;
  }
};

std::string own_gcc() {
  return debian_target(own_port()) + "-gcc";
}

}  // namespace

TEST_CASE("without a word it is gcc for linux and mingw for windows, by Debian's names") {
  const Machine machine;
  machine.has("s390x-linux-gnu-gcc");
  machine.has("x86_64-w64-mingw32-gcc");
  machine.has("i686-w64-mingw32-gcc");
  machine.has("clang");
  CHECK(machine.named("", s390x) == "s390x-linux-gnu-gcc");
  CHECK(machine.named("", windows) == "x86_64-w64-mingw32-gcc");
  CHECK(machine.named("mingw", {"windows", "386"}) == "i686-w64-mingw32-gcc");
  CHECK(machine.named("gcc", s390x) == "s390x-linux-gnu-gcc");
  CHECK(find_c_compiler({}, s390x).kind == CKind::gcc);
  CHECK(find_c_compiler({}, windows).kind == CKind::mingw);
  CHECK_FALSE(find_c_compiler({}, s390x).needs_target);
}

TEST_CASE(
    "gcc without a target is this machine's: taken for its own port, after that with its name, and for no "
    "other") {
  const Machine machine;
  machine.has("gcc");
  CHECK(machine.named("gcc", own_port()) == "gcc");
  CHECK(contains(machine.named("gcc", s390x), "there is no s390x-linux-gnu-gcc on PATH"));
  machine.has(own_gcc());
  CHECK(machine.named("gcc", own_port()) == own_gcc());
}

TEST_CASE("musl is a compiler for its target, or musl-gcc for this machine's own port") {
  const Machine machine;
  machine.has("musl-gcc");
  CHECK(machine.named("musl", own_port()) == "musl-gcc");
  CHECK(contains(machine.named("musl", s390x),
                 "there is no s390x-linux-musl-gcc and no s390x-linux-musl-cc on PATH"));
  machine.has("s390x-linux-musl-cc");
  machine.has("arm-linux-musleabihf-gcc");
  CHECK(machine.named("musl", s390x) == "s390x-linux-musl-cc");
  CHECK(machine.named("musl", {"linux", "arm"}) == "arm-linux-musleabihf-gcc");
  CHECK(find_c_compiler({"musl"}, s390x).kind == CKind::musl);
}

TEST_CASE("clang is told the target; of several the one without a number, else the newest") {
  const Machine machine;
  machine.has("clang-11");
  machine.has("clang-9");
  const fs::path newest = machine.has("clang-14");
  CHECK(find_c_compiler({"clang"}, s390x).cc == newest);
  CHECK(find_c_compiler({"clang"}, s390x).kind == CKind::clang);
  CHECK(find_c_compiler({"clang"}, s390x).needs_target);
  machine.has("clang");
  CHECK(machine.named("clang", darwin) == "clang");
}

TEST_CASE("a kind that is not there is told with the package that has it") {
  const Machine machine;
  CHECK(machine.named("", s390x) ==
        "cannot compile C for linux/s390x: there is no s390x-linux-gnu-gcc on PATH\n"
        "apt-get install gcc-s390x-linux-gnu g++-s390x-linux-gnu");
  CHECK(contains(machine.named("", own_port()), "apt-get install gcc g++ libc6-dev"));
  CHECK(contains(machine.named("", {"linux", own_port().goarch == "amd64" ? "arm64" : "amd64"}),
                 own_port().goarch == "amd64" ? "apt-get install gcc-aarch64-linux-gnu g++-aarch64-linux-gnu"
                                              : "apt-get install gcc-x86-64-linux-gnu g++-x86-64-linux-gnu"));
  CHECK(contains(machine.named("", windows), "apt-get install gcc-mingw-w64-x86-64 g++-mingw-w64-x86-64"));
  CHECK(contains(machine.named("", {"windows", "386"}),
                 "apt-get install gcc-mingw-w64-i686 g++-mingw-w64-i686"));
  CHECK(machine.named("", {"windows", "arm64"}) ==
        "cannot compile C for windows/arm64: there is no mingw on PATH\n--cc PATH names one that you have.");
  CHECK(contains(machine.named("musl", own_port()), "apt-get install musl-tools"));
  CHECK(contains(machine.named("musl", s390x), "--cc PATH names one that you have."));
  CHECK(contains(machine.named("clang", s390x), "there is no clang and no clang-30 and no clang-29 on PATH"));
  CHECK(contains(machine.named("clang", s390x), "apt-get install clang gcc-s390x-linux-gnu"));
  CHECK(contains(machine.named("clang", own_port()), "apt-get install clang libc6-dev"));
}

TEST_CASE("a kind makes programs for its own systems alone") {
  const Machine machine;
  for (const char* name : {"x86_64-w64-mingw32-gcc", "s390x-linux-gnu-gcc", "musl-gcc"}) machine.has(name);
  CHECK(contains(machine.named("mingw", s390x), "mingw makes programs for windows, not for linux/s390x"));
  CHECK(machine.named("gcc", windows) ==
        "--cc gcc is for linux, not for windows/amd64\nFor windows it is mingw.");
  CHECK(contains(machine.named("musl", darwin),
                 "--cc musl is for linux, not for darwin/arm64\n--cc PATH names"));
  CHECK_THROWS_AS(find_c_compiler({"gcc"}, windows), UsageError);
}

TEST_CASE("for other systems no compiler is taken without a word") {
  const Machine machine;
  machine.has("gcc");
  CHECK(machine.named("", darwin) ==
        "no C compiler for darwin/arm64 is known here\n--cc PATH names one that you have.");
  CHECK(contains(machine.named("", {"freebsd", "amd64"}), "no C compiler for freebsd/amd64 is known here"));
  CHECK_THROWS_AS(find_c_compiler({}, darwin), UsageError);
  CHECK_FALSE(usual_c_kind(darwin));
}

TEST_CASE(
    "a program is named by its name on PATH or by its path, and stays as it was found: links are not "
    "followed") {
  const Machine machine;
  machine.has("my-gcc");
  machine.scratch.link("bin/triplet-gcc", "my-gcc");
  CHECK(machine.named("my-gcc", s390x) == "my-gcc");
  CHECK(machine.named("triplet-gcc", s390x) == "triplet-gcc");
  CHECK(machine.named((machine.scratch / "bin/triplet-gcc").string(), s390x) == "triplet-gcc");
  CHECK(machine.named((machine.scratch / "x/../bin/./my-gcc").string(), s390x) != "my-gcc");  // there is no x
  machine.scratch.directory("x");
  CHECK(machine.named((machine.scratch / "x/../bin/./my-gcc").string(), s390x) == "my-gcc");
  const fs::path odd = machine.scratch.file("a b/it's", "#!/bin/sh\n", true);
  CHECK(machine.named(odd.string(), s390x) == odd.string());
}

TEST_CASE("a path may be relative to the directory that gostrap is in") {
  const Machine machine;
  machine.has("my-gcc");
  CHECK(told_by_child([&] {
          fs::current_path(machine.scratch.path());
          return find_c_compiler({"bin/my-gcc"}, s390x).cc.string() + " " +
                 find_c_compiler({"./bin/my-gcc"}, s390x).cc.string();
        }) == (machine.scratch / "bin/my-gcc").string() + " " + (machine.scratch / "bin/my-gcc").string());
}

TEST_CASE("of a program its name tells the kind, until it is asked") {
  const Machine machine;
  for (const char* name : {"my-clang-15", "x-musl-gcc", "cc", "x86_64-w64-mingw32-gcc-posix"})
    machine.has(name);
  CHECK(find_c_compiler({"my-clang-15"}, s390x).kind == CKind::clang);
  CHECK(find_c_compiler({"my-clang-15"}, s390x).needs_target);
  CHECK(find_c_compiler({"x-musl-gcc"}, s390x).kind == CKind::musl);
  CHECK(find_c_compiler({"cc"}, s390x).kind == CKind::gcc);
  CHECK(find_c_compiler({"cc"}, darwin).kind == CKind::gcc);
  CHECK(find_c_compiler({"x86_64-w64-mingw32-gcc-posix"}, windows).kind == CKind::mingw);
}

TEST_CASE("a word that is no program is refused with what may have been meant") {
  const Machine machine;
  machine.scratch.file("bin/plain", "text");
  CHECK(machine.named("plain", s390x) ==
        "--cc plain: there is no such program on PATH\nIt is one of gcc, clang, musl, mingw, or a program's "
        "name or "
        "path.");
  CHECK(contains(machine.named("clnag", s390x), "Did you mean clang?"));
  CHECK(contains(machine.named("mussl", s390x), "Did you mean musl?"));
  const std::string path = (machine.scratch / "bin/plain").string();
  CHECK(contains(machine.named(path, s390x), "--cc " + path + ": there is no such program\n"));
  CHECK(contains(machine.named("/no/such/gcc", s390x), "--cc /no/such/gcc: there is no such program\n"));
  CHECK_THROWS_AS(find_c_compiler({"plain"}, s390x), UsageError);
}

TEST_CASE("a directory is no compiler") {
  const Machine machine;
  const std::string place = machine.scratch.directory("toolchain/bin").string();
  CHECK(machine.named(place, s390x) ==
        "--cc " + place + " is a directory\nName the compiler's program in it.");
  CHECK(contains(machine.named(place + "/", s390x), "is a directory"));
  machine.scratch.directory("bin/inner");  // by a name it is passed over, as shells do
  CHECK(contains(machine.named("inner", s390x), "there is no such program on PATH"));
}

TEST_CASE("a command of several words is refused, unless a program is called that") {
  const Machine machine;
  machine.has("gcc");
  CHECK(machine.named("gcc -m32", s390x) ==
        "--cc gcc -m32: there is no such program on PATH\n--cc is one program; what it is to be given goes "
        "into "
        "CGO_CFLAGS and CGO_LDFLAGS.");
  machine.has("gcc -m32");
  CHECK(machine.named("gcc -m32", s390x) == "gcc -m32");
}

TEST_CASE("zig is refused by whichever name, with the reason") {
  const Machine machine;
  for (const char* name : {"zig", "zig-cc", "zigzag"}) machine.has(name);
  for (const std::string word : {"zig", "zig cc", "zig-cc", "/opt/zig/zig", "./zig"}) {
    CHECK_MESSAGE(contains(machine.named(word, s390x), "--cc zig cannot be: zig compiles its C library when"),
                  word);
  }
  CHECK(machine.named("zigzag", s390x) == "zigzag");
}

TEST_CASE("the C++ compiler is the one beside it, of the same name") {
  const Scratch scratch;
  const auto beside = [&](const std::string& cc, const std::string& cxx) {
    scratch.file(cxx, "#!/bin/sh\n", true);
    return cxx_beside(scratch / cc) == scratch / cxx;
  };
  CHECK(beside("a/gcc", "a/g++"));
  CHECK(beside("a/s390x-linux-gnu-gcc-12", "a/s390x-linux-gnu-g++-12"));
  CHECK(beside("a/clang", "a/clang++"));
  CHECK(beside("a/clang-14", "a/clang++-14"));
  CHECK(beside("a/x-linux-musl-cc", "a/x-linux-musl-c++"));
  CHECK(beside("gcc/gcc", "gcc/g++"));  // the directory's name is no program's
  CHECK(cxx_beside(scratch / "b/gcc").empty());
  scratch.file("b/g++", "no program");
  CHECK(cxx_beside(scratch / "b/gcc").empty());
  CHECK(cxx_beside(scratch / "a/icx").empty());
}

TEST_CASE("a kind is there where one of its programs is on PATH") {
  const Machine machine;
  CHECK_FALSE(has_c_compiler(CKind::gcc, s390x));
  machine.has("s390x-linux-gnu-gcc");
  machine.has("clang-12");
  CHECK(has_c_compiler(CKind::gcc, s390x));
  CHECK(has_c_compiler(CKind::clang, s390x));
  CHECK_FALSE(has_c_compiler(CKind::musl, s390x));
  CHECK_FALSE(has_c_compiler(CKind::gcc, own_port()));
}

TEST_CASE(
    "a compiler is what its kind names where the system keeps programs, by the kind's own name for it") {
  const auto named = [](const char* cc, CKind kind, const Port& port = s390x) {
    return is_named_by_kind(cc, kind, port, {"linux", "amd64"});
  };
  CHECK(named("/usr/bin/s390x-linux-gnu-gcc", CKind::gcc));
  CHECK(named("/bin/s390x-linux-gnu-gcc", CKind::gcc));
  CHECK_FALSE(named("/usr/local/bin/s390x-linux-gnu-gcc", CKind::gcc));
  CHECK_FALSE(named("/usr/bin/s390x-linux-gnu-gcc-12", CKind::gcc));
  CHECK_FALSE(named("/usr/bin/gcc", CKind::gcc));
  CHECK(named("/usr/bin/gcc", CKind::gcc, {"linux", "amd64"}));
  CHECK(named("/usr/bin/musl-gcc", CKind::musl, {"linux", "amd64"}));
  CHECK_FALSE(named("/usr/bin/musl-gcc", CKind::musl));
  CHECK(named("/usr/bin/clang", CKind::clang));
  CHECK_FALSE(named("/usr/bin/clang-14", CKind::clang));
}
