#include "toolchain/c_words.hpp"

#include "release/c_compiler_samples.hpp"
#include "support/strings.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// "C words | C++ words | words to link with"
std::string words(const CCompiler& compiler) {
  const CWords words = c_words(compiler);
  return join(words.c, " ") + " | " + join(words.cxx, " ") + " | " + join(words.link, " ");
}

/// A compiler with short places.
CCompiler small(CKind kind, SysrootUse use = SysrootUse::none) {
  CCompiler compiler;
  compiler.kind = kind;
  compiler.target = "s390x-linux-gnu";
  compiler.headers = {"/g/include", "/u/include"};
  compiler.cxx_headers = {"/u/include/c++", "/u/include"};
  compiler.libraries = {"/g", "/u/lib"};
  if (use == SysrootUse::none) return compiler;
  compiler.sysroot = "/root";
  compiler.sysroot_use = use;
  compiler.headers = {"/root/usr/include", "/g/include"};
  compiler.cxx_headers = {"/g/include/c++", "/root/usr/include"};
  compiler.libraries = {"/root/usr/lib", "/root/lib", "/g", "/rooted/lib"};
  return compiler;
}

constexpr const char* mapped =
    " -ffile-prefix-map=/g/include=/c/include -ffile-prefix-map=/u/include=/c/include";

}  // namespace

TEST_CASE("gcc gets no more than what keeps its places out of programs") {
  CHECK(words(small(CKind::gcc)) == std::string("-gno-record-gcc-switches") + mapped +
                                        " | -gno-record-gcc-switches -ffile-prefix-map=/u/include=/c/include "
                                        "-ffile-prefix-map=/u/include/c++=/c/include | ");
  CHECK(words(small(CKind::musl)) == words(small(CKind::gcc)));
}

TEST_CASE(
    "of headers in each other's directories the inner one is named last, for the last that fits counts") {
  CCompiler compiler = small(CKind::gcc);
  compiler.headers = {"/u/a/b/c", "/u", "/u/a", "/u"};
  CHECK(join(c_words(compiler).c, " ") ==
        "-gno-record-gcc-switches -ffile-prefix-map=/u=/c/include -ffile-prefix-map=/u/a=/c/include "
        "-ffile-prefix-map=/u/a/b/c=/c/include");
}

TEST_CASE("clang is told its target, and knows nothing of gcc's switches") {
  CHECK(join(c_words(small(CKind::clang)).c, " ") == std::string("--target=s390x-linux-gnu") + mapped);
  CHECK(c_words(small(CKind::clang)).link.empty());
}

TEST_CASE("mingw writes no time into programs, and has no way of finding libraries at run time") {
  CHECK(join(c_words(small(CKind::mingw)).link, " ") == "-Wl,--no-insert-timestamp");
  CHECK(join(c_words(small(CKind::mingw, SysrootUse::beside)).link, " ") ==
        "-L/root/usr/lib -L/root/lib -Wl,--no-insert-timestamp");
}

TEST_CASE("a sysroot without a C library is searched before the compiler's own") {
  CHECK(
      words(small(CKind::gcc, SysrootUse::beside)) ==
      "-gno-record-gcc-switches -nostdinc -isystem /root/usr/include -isystem /g/include "
      "-ffile-prefix-map=/root=/c/sysroot -ffile-prefix-map=/g/include=/c/include"
      " | -gno-record-gcc-switches -nostdinc++ -nostdinc -isystem /g/include/c++ -isystem /root/usr/include "
      "-ffile-prefix-map=/root=/c/sysroot -ffile-prefix-map=/g/include/c++=/c/include"
      " | -L/root/usr/lib -Wl,-rpath-link,/root/usr/lib -L/root/lib -Wl,-rpath-link,/root/lib");
  CHECK(words(small(CKind::clang, SysrootUse::beside))
            .starts_with("--target=s390x-linux-gnu -nostdinc -isystem /root/"));
  // a compiler that looks into this machine's own, for it is its own, goes on to do so
  CCompiler own = small(CKind::gcc, SysrootUse::beside);
  own.headers.push_back("/usr/include");
  CHECK(words(own).starts_with("-gno-record-gcc-switches -isystem /root/usr/include -ffile-"));
}

TEST_CASE("a compiler for another port is left no headers of this machine") {
  CHECK(
      words(small(CKind::gcc, SysrootUse::own))
          .starts_with("-gno-record-gcc-switches -nostdinc -isystem /root/usr/include -isystem /g/include "));
}

TEST_CASE("a sysroot with a C library is the compiler's") {
  CHECK(words(small(CKind::gcc, SysrootUse::instead)) ==
        "--sysroot=/root -gno-record-gcc-switches -ffile-prefix-map=/root=/c/sysroot "
        "-ffile-prefix-map=/g/include=/c/include"
        " | --sysroot=/root -gno-record-gcc-switches -ffile-prefix-map=/root=/c/sysroot "
        "-ffile-prefix-map=/g/include/c++=/c/include"
        " | -L/root/usr/lib -Wl,-rpath-link,/root/usr/lib -L/root/lib -Wl,-rpath-link,/root/lib");
  CHECK(words(small(CKind::clang, SysrootUse::instead))
            .starts_with("--target=s390x-linux-gnu --sysroot=/root --gcc-toolchain=/usr -ffile-prefix-map="));
}

TEST_CASE(
    "a compiler that would take its own first is left no headers but those that are named, and looks for "
    "crt1.o "
    "there, too") {
  CHECK(words(small(CKind::gcc, SysrootUse::forced)) ==
        "--sysroot=/root -gno-record-gcc-switches -nostdinc -isystem /root/usr/include -isystem /g/include "
        "-ffile-prefix-map=/root=/c/sysroot -ffile-prefix-map=/g/include=/c/include"
        " | --sysroot=/root -gno-record-gcc-switches -nostdinc++ -nostdinc -isystem /g/include/c++ -isystem "
        "/root/usr/include -ffile-prefix-map=/root=/c/sysroot -ffile-prefix-map=/g/include/c++=/c/include"
        " | -B/root/usr/lib/ -L/root/usr/lib -Wl,-rpath-link,/root/usr/lib -B/root/lib/ -L/root/lib "
        "-Wl,-rpath-link,/root/lib");
}

TEST_CASE("places with blanks are one word each") {
  CCompiler compiler = small(CKind::gcc, SysrootUse::beside);
  compiler.sysroot = "/my root";
  compiler.headers = {"/my root/include"};
  compiler.libraries = {"/my root/lib"};
  CHECK(c_words(compiler).c == std::vector<std::string>{"-gno-record-gcc-switches", "-nostdinc", "-isystem",
                                                        "/my root/include",
                                                        "-ffile-prefix-map=/my root=/c/sysroot"});
  CHECK(c_words(compiler).link == std::vector<std::string>{"-L/my root/lib", "-Wl,-rpath-link,/my root/lib"});
}
