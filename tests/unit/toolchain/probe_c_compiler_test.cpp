#include "toolchain/probe_c_compiler.hpp"

#include "support/strings.hpp"
#include "toolchain/fake_compilers.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

// a port of linux that is nobody's own
const Port s390x{"linux", "s390x"};
const Port riscv64{"linux", "riscv64"};

using Words = std::vector<std::string>;

std::string refused(const CRequest& request = {}, const Port& port = s390x) {
  return error_of([&] { probe_c_compiler(request, port); });
}

std::string part_names(const CCompiler& compiler) {
  return join(compiler.parts, " ", [](const CPart& each) { return each.name; });
}

CRequest with_sysroot(const fs::path& root) {
  return {"", false, root.string()};
}

/// A sysroot that has a C library, as Debian lays one out; the compiler takes that.
std::string whole_sysroot(const FakeCompiler& machine) {
  machine.has("root/usr/include/stdio.h");
  const std::string libc = machine.has("root/usr/lib/s390x-linux-gnu/libc.so.6");
  const std::string crt = machine.has("root/usr/lib/s390x-linux-gnu/crt1.o");
  machine.says("trace", crt + "\n" + libc + "\n");
  machine.says("program", dynamic_elf(s390x_machine, "/lib/ld64.so.1"));
  return (machine / "root").string();
}

}  // namespace

TEST_CASE("a compiler is asked what it is, where it looks, and what it links with") {
  const FakeCompiler machine;
  machine.add("s390x-linux-gnu-g++");
  const std::string as = machine.has("bin/as"), ar = machine.has("bin/ar");
  const std::string include = machine.has("sys/include/stdio.h");
  const std::string crt = machine.has("sys/lib/crt1.o"), libc = machine.has("sys/lib/libc.so.6", "libc");
  machine.has("sys/lib/ld-fake.so.1");
  const std::string sys = (machine / "sys").string();
  machine.says("headers",
               "ignoring nonexistent directory \"/x\"\n /no/header\n#include \"...\" search starts here:\n"
               "#include <...> search starts here:\n /g/include\n " +
                   sys +
                   "/include\nEnd of search list.\n"
                   " /behind\n");
  machine.says("libraries", "install: /x\nprograms: =/y\nlibraries: =/no/such:" + sys + "/lib/:" + sys +
                                "/lib/../lib:relative:" + sys + "/include\n");
  machine.says("trace", crt + "\n" + libc + "\n" + (machine / "sys/lib/../lib/libc.so.6").string() + "\n");
  machine.says("program", dynamic_elf(s390x_machine, "/lib/ld-fake.so.1"));
  const CCompiler compiler = probe_c_compiler({}, s390x);
  CHECK(compiler.kind == CKind::gcc);
  CHECK(compiler.target == "s390x-linux-gnu");
  CHECK(compiler.version == "s390x-linux-gnu-gcc (Fake 12.2.0-1) 12.2.0");
  CHECK(compiler.library == "glibc 2.36");
  CHECK_FALSE(compiler.is_static);
  CHECK(compiler.cc == machine.cc().string());
  CHECK(compiler.cxx == (machine / "bin/s390x-linux-gnu-g++").string());
  CHECK(compiler.ar == (machine / "bin/ar").string());
  CHECK(compiler.headers == Words{"/g/include", sys + "/include"});
  CHECK(compiler.cxx_headers == compiler.headers);
  CHECK(compiler.libraries == Words{sys + "/lib", sys + "/include"});
  CHECK(compiler.interpreter == "/lib/ld-fake.so.1");
  CHECK(compiler.library_root == fs::canonical(sys).string());
  CHECK(compiler.sysroot.empty());
  CHECK(compiler.sysroot_use == SysrootUse::none);
  CHECK(part_names(compiler) == "cc c++ as crt1.o libc.so.6");
  CHECK(compiler.parts[4] == CPart{"libc.so.6", libc, sha256("libc"), 4});
  CHECK(compiler.parts[2].path == as);
  CHECK(contains(machine.log(), "-gno-record-gcc-switches -ffile-prefix-map=/g/include=/c/include"));
  CHECK(contains(machine.log(), "-pthread -Wl,--trace -o /"));
  CHECK_FALSE(contains(machine.log(), "-static"));
}

TEST_CASE("a compiler is asked with nothing of the user's") {
  const FakeCompiler machine;
  ::setenv("CPATH", "/mine", 1);
  probe_c_compiler({}, s390x);
  ::unsetenv("CPATH");
  CHECK(contains(machine.log(), "-dumpmachine CPATH=none LC_ALL=C\n"));
  CHECK_FALSE(contains(machine.log(), "/mine"));
}

TEST_CASE("without a C++ compiler and an archiver there is none, and all the same C") {
  const FakeCompiler machine;
  const CCompiler compiler = probe_c_compiler({}, s390x);
  CHECK(compiler.cxx.empty());
  CHECK(compiler.cxx_headers.empty());
  CHECK(compiler.ar.empty());
  CHECK(part_names(compiler) == "cc");
}

TEST_CASE("programs that the compiler starts are parts, each file once") {
  const FakeCompiler machine;
  for (const char* name : {"cc1", "cc1plus", "collect2", "ld"}) machine.has(std::string("bin/") + name);
  machine.scratch().link("bin/as", "ld");
  CHECK(part_names(probe_c_compiler({}, s390x)) == "cc cc1 cc1plus collect2 as");  // ld is named before
}

TEST_CASE("a compiler for another port is refused with what would have that one") {
  const FakeCompiler machine("my-gcc", "riscv64-linux-gnu");
  const std::string cc = machine.cc().string();
  CHECK(refused({cc}) ==
        "cannot compile C for linux/s390x with " + cc +
            ": it makes programs for riscv64-linux-gnu\nOne for linux/s390x: apt-get install "
            "gcc-s390x-linux-gnu g++-s390x-linux-gnu");
  CHECK(contains(refused({cc}, {"darwin", "arm64"}), "Name another by --cc PATH."));
  machine.says("target", "avr\n");
  CHECK(contains(refused({cc}), "it makes programs for avr\n"));
  machine.says("target", "");
  CHECK(contains(refused({cc}), "it makes programs for \n"));
}

TEST_CASE("what does not say what it is, is no compiler") {
  const FakeCompiler machine;
  machine.says("version", "\n");
  CHECK(contains(refused(), "it does not say its version: it said nothing"));
  machine.says("version.fails", "one\ntwo\n");
  CHECK(contains(refused(), "it does not say its version: one; two"));
  machine.says("target.fails", "unknown option -dumpmachine\n");
  CHECK(contains(refused(),
                 "it does not say what it compiles for (-dumpmachine): unknown option -dumpmachine"));
}

TEST_CASE(
    "a program that cannot be linked is told in the compiler's own words, the first of them, with the "
    "packages") {
  const FakeCompiler machine;
  machine.says("link.fails", "ld: cannot find crt1.o\n\nld: two\nld: three\nld: four\nld: five\n");
  CHECK(refused() ==
        "cannot compile C for linux/s390x with " + machine.cc().string() +
            ": it links no program of one line: ld: cannot find crt1.o; ld: two; ld: three; ld: four\n"
            "Is its C library there? apt-get install gcc-s390x-linux-gnu g++-s390x-linux-gnu");
  machine.says("link.fails", "");
  CHECK(contains(refused(), "it links no program of one line: it said nothing\n"));
  CHECK(contains(refused({"", true}), "it links no static program of one line: it said nothing\n"));
  CHECK(contains(machine.log(), " -static -pthread "));
}

TEST_CASE("a compiler that makes no file has linked nothing") {
  const FakeCompiler machine;
  fs::remove(machine / "says/program");
  CHECK_FALSE(refused().empty());
  machine.says("program", "text");
  CHECK_FALSE(refused().empty());
}

TEST_CASE("what is linked has to be for the port, whatever the compiler calls itself") {
  const FakeCompiler machine;
  machine.says("program", elf(riscv64_machine, "data"));
  CHECK(contains(refused(), "what it links is for riscv64"));
  machine.says("program", elf(1, "data"));
  CHECK(contains(refused(), "what it links is for another machine"));
}

TEST_CASE("what is static has to be static") {
  const FakeCompiler machine;
  CHECK(probe_c_compiler({"", true}, s390x).is_static);
  machine.says("program", dynamic_elf(s390x_machine, "/lib/ld64.so.1"));
  CHECK(contains(refused({"", true}), "what it links with -static is not static: it needs /lib/ld64.so.1"));
  CHECK(probe_c_compiler({}, s390x).interpreter == "/lib/ld64.so.1");
}

TEST_CASE("a dynamic linker that is nowhere among what is linked has no place of its own") {
  const FakeCompiler machine;
  machine.says("program", dynamic_elf(s390x_machine, "/lib/ld-no-such.so.1"));
  machine.says("trace", machine.has("lib/crt1.o") + "\n");
  const CCompiler compiler = probe_c_compiler({}, s390x);
  CHECK(compiler.interpreter == "/lib/ld-no-such.so.1");
  CHECK(compiler.library_root.empty());
}

TEST_CASE("the C library is known by its headers; without any there is none") {
  const FakeCompiler machine;
  machine.says("macros", "#define __GLIBC__MINE 9\n#define __GLIBC_MINOR__ 40\n#define __GLIBC__ 2\n");
  CHECK(probe_c_compiler({}, s390x).library == "glibc 2.40");
  machine.says("macros", "");
  CHECK(probe_c_compiler({}, s390x).library == "musl");
  CHECK(probe_c_compiler({}, s390x).kind == CKind::musl);
  machine.says("macros.fails", "stdlib.h: No such file\n");
  CHECK(contains(refused(), "it finds no stdlib.h: stdlib.h: No such file"));
}

TEST_CASE("a script before this machine's gcc that has musl says so in its target") {
  const FakeCompiler machine("my-musl-gcc", "s390x-linux-gnu");
  machine.says("macros", "");
  const CCompiler compiler = probe_c_compiler({"my-musl-gcc"}, s390x);
  CHECK(compiler.target == "s390x-linux-musl");
  CHECK(compiler.kind == CKind::musl);
}

TEST_CASE("clang is told the target, and asked as that; it is known by its version, too") {
  const FakeCompiler machine("clang", "riscv64-unknown-linux-gnu");
  machine.says("version", "Debian clang version 14.0.6\n");
  machine.has("bin/cc1");
  const CCompiler compiler = probe_c_compiler({"clang"}, s390x);
  CHECK(compiler.kind == CKind::clang);
  CHECK(compiler.target == "s390x-linux-gnu");
  CHECK(contains(machine.log(), "--target=s390x-linux-gnu -print-search-dirs"));
  CHECK(part_names(compiler) == "cc");              // its parts are in itself
  machine.says("target", "s390x-ibm-linux-gnu\n");  // where it is at home
  CHECK(probe_c_compiler({"clang"}, s390x).target == "s390x-ibm-linux-gnu");
  machine.add("cc");
  CHECK(probe_c_compiler({"cc"}, s390x).kind == CKind::clang);
  machine.says("version", "gcc (Fake) 12\n");
  CHECK(probe_c_compiler({"clang"}, s390x).kind == CKind::gcc);
}

TEST_CASE("a sysroot without a C library is searched before the compiler's own") {
  const FakeCompiler machine;
  machine.add("s390x-linux-gnu-g++");
  machine.says("headers", "#include <...> search starts here:\n /g/include\nEnd of search list.\n");
  machine.scratch().directory("g");
  machine.says("libraries", "libraries: =" + (machine / "g").string() + "\n");
  machine.says("trace", machine.has("sys/lib/libc.so.6") + "\n");
  machine.has("root/usr/include/mine.h");
  machine.has("root/usr/lib/s390x-linux-gnu/libmine.so");
  const std::string root = (machine / "root").string();
  const CCompiler compiler = probe_c_compiler(with_sysroot(root + "/."), s390x);
  CHECK(compiler.sysroot == root);
  CHECK(compiler.sysroot_use == SysrootUse::beside);
  CHECK(compiler.headers == Words{root + "/usr/include", "/g/include"});
  CHECK(compiler.cxx_headers == compiler.headers);
  CHECK(compiler.libraries ==
        Words{root + "/usr/lib/s390x-linux-gnu", root + "/usr/lib", (machine / "g").string()});
  CHECK(contains(machine.log(), "-isystem " + root + "/usr/include"));
  CHECK_FALSE(contains(machine.log(), "--sysroot"));
}

TEST_CASE("a sysroot with a C library is the compiler's, and programs find their libraries there") {
  const FakeCompiler machine;
  const std::string root = whole_sysroot(machine);
  const CCompiler compiler = probe_c_compiler(with_sysroot(root + "//"), s390x);
  CHECK(compiler.sysroot == root);
  CHECK(compiler.sysroot_use == SysrootUse::instead);
  CHECK(compiler.library_root == root);
  CHECK(contains(machine.log(), "--sysroot=" + root + " -gno-record-gcc-switches"));
  CHECK_FALSE(contains(machine.log(), "-nostdinc"));
  CHECK(part_names(compiler) == "cc crt1.o libc.so.6");
}

TEST_CASE("a compiler that takes its own C library all the same is left no other") {
  const FakeCompiler machine;
  machine.add("s390x-linux-gnu-g++");
  const std::string root = whole_sysroot(machine);
  machine.says("headers",
               "#include <...> search starts here:\n /x/gcc/s390x/12/include\n /x/include/c++/12\n"
               " /usr/include\nEnd of search list.\n");
  machine.says("trace.forced", read_file(machine / "says/trace"));
  machine.says("trace", machine.has("sys/lib/libc.so.6") + "\n");
  const CCompiler compiler = probe_c_compiler(with_sysroot(root), s390x);
  CHECK(compiler.sysroot_use == SysrootUse::forced);
  CHECK(compiler.library_root == root);
  CHECK(compiler.headers == Words{"/x/gcc/s390x/12/include", "/x/include/c++/12", root + "/usr/include"});
  CHECK(compiler.cxx_headers == compiler.headers);
  CHECK(contains(machine.log(), "-B" + root + "/usr/lib/s390x-linux-gnu/ "));
  CHECK(part_names(compiler) == "cc c++ crt1.o libc.so.6");
  // the same where the first try fails
  machine.says("link.fails", "no\n");
  CHECK(probe_c_compiler(with_sysroot(root), s390x).sysroot_use == SysrootUse::forced);
}

TEST_CASE("a compiler that cannot be kept from its own C library is refused") {
  const FakeCompiler machine;
  const std::string root = whole_sysroot(machine);
  for (const char* name :
       {"libc.so.6", "libc.a", "libc_nonshared.a", "crt1.o", "Scrt1.o", "crti.o", "ld-2.so"}) {
    const std::string outside = machine.has(std::string("sys/") + name);
    machine.says("trace", outside + "\n");
    machine.says("trace.forced", outside + "\n");
    CHECK_MESSAGE(contains(refused(with_sysroot(root)),
                           "it takes " + outside + " although --sysroot is " + root +
                               "\nA sysroot without a C library of its own (no stdio.h) is searched beside"),
                  name);
  }
  machine.says("trace", machine.has("sys/libgcc.a") + "\n" + machine.has("sys/crtbegin.o") + "\n");
  CHECK(refused(with_sysroot(root)).empty());
  // a directory of a name that begins the same is outside
  machine.says("trace", machine.has("rooted/libc.a") + "\n");
  machine.says("trace.forced", machine.has("rooted/libc.a") + "\n");
  CHECK(contains(refused(with_sysroot(root)), "it takes "));
}

TEST_CASE("a sysroot with which nothing links is asked for, and not the compiler's packages") {
  const FakeCompiler machine;
  const std::string root = whole_sysroot(machine);
  machine.says("link.fails", "first\n");
  machine.says("link.forced.fails", "second\n");
  CHECK(contains(refused(with_sysroot(root)),
                 "it links no program of one line: second\nIs the C library of " + root + " whole?"));
}

TEST_CASE("what is no sysroot is refused") {
  const FakeCompiler machine;
  CHECK(refused(with_sysroot("/")) ==
        "--sysroot / is this machine itself\nLeave it out: the compiler has its own C library.");
  for (const char* spelling : {"//", "/.", "/usr/..", "/./"})
    CHECK_MESSAGE(contains(refused(with_sysroot(spelling)), "is this machine itself"), spelling);
  machine.scratch().link("slash", "/");
  CHECK(contains(refused(with_sysroot(machine / "slash")), "is this machine itself"));
  CHECK(contains(refused(with_sysroot("/no/such")), "--sysroot /no/such: there is no such directory"));
  machine.has("file");
  CHECK(contains(refused(with_sysroot(machine / "file")), "there is no such directory"));
  for (const char* name : {"a:b", "a=b", "a,b", "a;b", "a\nb"}) {
    machine.has(std::string(name) + "/usr/include/stdio.h");
    CHECK_MESSAGE(contains(refused(with_sysroot(machine / name)), "has one of : = , ; in it"), name);
  }
  machine.scratch().directory("empty/usr");
  CHECK(contains(refused(with_sysroot(machine / "empty")),
                 "has neither headers nor libraries\nA sysroot has usr/"));
  CHECK_THROWS_AS(probe_c_compiler(with_sysroot("/"), s390x), UsageError);
  CHECK_THROWS_AS(probe_c_compiler(with_sysroot(machine / "empty"), s390x), UsageError);
}

TEST_CASE("a sysroot may be named by a relative path, and is kept as an absolute one") {
  const FakeCompiler machine;
  const std::string root = whole_sysroot(machine);
  CHECK(told_by_child([&] {
          fs::current_path(machine / "root/usr");
          return probe_c_compiler(with_sysroot(".."), s390x).sysroot;
        }) == root);
}

TEST_CASE("mingw is known by its headers, and makes what has no dynamic linker") {
  const FakeCompiler machine("x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32");
  std::string pe(400, '\0');
  pe.replace(0, 2, "MZ").replace(0x3c, 4, number(0x80, 4)).replace(0x80, 4, std::string("PE\0\0", 4));
  pe.replace(0x84, 2, number(0x8664, 2)).replace(0x94, 2, number(240, 2)).replace(0x98, 2, number(0x20b, 2));
  machine.says("program", pe);
  machine.says("macros", "#define __MINGW64_VERSION_MAJOR 10\n");
  const CCompiler compiler = probe_c_compiler({}, {"windows", "amd64"});
  CHECK(compiler.kind == CKind::mingw);
  CHECK(compiler.library == "mingw-w64 10");
  CHECK(compiler.interpreter.empty());
  CHECK(compiler.library_root.empty());
  CHECK_FALSE(contains(machine.log(), "-pthread"));
  CHECK(contains(machine.log(), "-Wl,--no-insert-timestamp"));
  machine.says("macros", "");
  CHECK(probe_c_compiler({}, {"windows", "amd64"}).library == "the C library of windows");
}

TEST_CASE("what was found before is what is asked for now, or it is not, without asking the compiler") {
  const FakeCompiler machine;
  const std::string root = whole_sysroot(machine);
  const CCompiler plain = probe_c_compiler({}, s390x);
  const CCompiler with_root = probe_c_compiler(with_sysroot(root), s390x);
  const auto calls = machine.log().size();
  CHECK(is_asked_for(plain, {}, s390x));
  CHECK(is_asked_for(plain, {"gcc"}, s390x));
  CHECK(is_asked_for(plain, {machine.cc().string()}, s390x));
  CHECK_FALSE(is_asked_for(plain, {"", true}, s390x));
  CHECK_FALSE(is_asked_for(plain, {"clang"}, s390x));
  CHECK_FALSE(is_asked_for(plain, {"no-such-gcc"}, s390x));
  CHECK_FALSE(is_asked_for(plain, {}, {"darwin", "arm64"}));
  CHECK_FALSE(is_asked_for(plain, with_sysroot(root), s390x));
  CHECK(is_asked_for(with_root, with_sysroot(root + "/usr/.."), s390x));
  CHECK_FALSE(is_asked_for(with_root, {}, s390x));
  CHECK(machine.log().size() == calls);
  machine.add("s390x-linux-gnu-g++");  // it would be bound to that as well
  CHECK_FALSE(is_asked_for(plain, {}, s390x));
  CHECK(is_asked_for(probe_c_compiler({}, s390x), {}, s390x));
}
