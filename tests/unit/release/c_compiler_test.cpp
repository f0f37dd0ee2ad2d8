#include "release/c_compiler.hpp"

#include "release/c_compiler_samples.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <functional>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

CCompiler read(const Json& json) {
  const std::string text = json.dump();
  const JsonDocument document(text, "manifest.json");
  return c_compiler_from_json(document.view());
}

/// Why what is said of the compiler is refused once `change` has been at it.
std::string refused(const std::function<void(Json&)>& change) {
  Json json = to_json(cross_gcc());
  change(json);
  return error_of([&] { read(json); });
}

std::string refused_as(const char* name, const Json& value) {
  return refused([&](Json& json) { json[name] = value; });
}

std::string identity(const std::function<void(CCompiler&)>& change) {
  CCompiler compiler = cross_gcc();
  change(compiler);
  return compiler.identity();
}

std::string port_of(const std::string& target) {
  const auto port = port_of_target(target);
  return port ? port->text() : "none";
}

}  // namespace

TEST_CASE("what is written of a compiler is what it says, in an order that stays") {
  CCompiler compiler;
  compiler.kind = CKind::musl;
  compiler.target = "x86_64-linux-musl";
  compiler.version = "musl-gcc 1";
  compiler.library = "musl";
  compiler.is_static = true;
  compiler.cc = "/usr/bin/musl-gcc";
  compiler.headers = {"/usr/include/x86_64-linux-musl"};
  compiler.libraries = {"/usr/lib/x86_64-linux-musl"};
  compiler.packages = {{"musl-tools", "1.2.3-1"}};
  compiler.parts = {{"cc", "/usr/bin/musl-gcc", Digest{}, 42}};
  CHECK(
      to_json(compiler).dump() ==
      R"({"kind":"musl","target":"x86_64-linux-musl","version":"musl-gcc 1","library":"musl","static":true,"staticPie":false,)"
      R"("cc":"/usr/bin/musl-gcc","cxx":"","ar":"","sysroot":"","sysrootUse":"none","libraryRoot":"",)"
      R"("interpreter":"","headers":["/usr/include/x86_64-linux-musl"],"cxxHeaders":[],)"
      R"("libraries":["/usr/lib/x86_64-linux-musl"],"packages":{"musl-tools":"1.2.3-1"},)"
      R"("parts":[{"name":"cc","path":"/usr/bin/musl-gcc","sha256":")" +
          std::string(64, '0') + R"(","size":42}]})");
}

TEST_CASE("what was written is read again as it was") {
  CHECK(read(to_json(cross_gcc())) == cross_gcc());
  CCompiler other = cross_gcc();
  other.kind = CKind::clang;
  other.is_static = true;
  other.cxx = other.ar = other.library_root = other.interpreter = "";
  other.sysroot = "/srv/a root, it's \"mine\" $HOME";
  for (const SysrootUse use : {SysrootUse::beside, SysrootUse::instead, SysrootUse::forced}) {
    other.sysroot_use = use;
    CHECK(read(to_json(other)) == other);
  }
}

TEST_CASE("kinds have their words, and there are no others") {
  CHECK(c_kinds() == std::vector<std::string>{"gcc", "clang", "musl", "mingw"});
  for (const std::string& word : c_kinds()) CHECK(text(*c_kind(word)) == word);
  CHECK_FALSE(c_kind("zig"));
  CHECK_FALSE(c_kind(""));
  CHECK_FALSE(c_kind("GCC"));
}

TEST_CASE("a stranger's compiler of no known kind is refused") {
  CHECK(contains(refused_as("kind", "tcc"), "kind: there is no \"tcc\""));
  CHECK(contains(refused_as("kind", 1), "kind"));
  CHECK(contains(refused_as("sysrootUse", "sometimes"), "sysrootUse: there is no \"sometimes\""));
}

TEST_CASE("what is missing is refused: all is said of a compiler, or nothing") {
  const Json whole = to_json(cross_gcc());
  for (const auto& member : whole.items()) {
    const std::string& name = member.key();
    CHECK_MESSAGE(contains(refused([&](Json& json) { json.erase(name); }), name), name);
  }
  for (const char* name : {"name", "path", "sha256", "size"}) {
    CHECK_MESSAGE(contains(refused([&](Json& json) { json["parts"][0].erase(name); }), name), name);
  }
}

TEST_CASE("places are absolute, for they are run, searched and hashed") {
  for (const char* name : {"cc", "cxx", "ar", "sysroot", "libraryRoot", "interpreter"}) {
    CHECK_MESSAGE(
        contains(refused_as(name, "bin/gcc"), std::string(name) + ": it should be an absolute path"), name);
  }
  for (const char* name : {"headers", "cxxHeaders", "libraries"}) {
    CHECK_MESSAGE(contains(refused_as(name, Json::array({"/usr", "lib"})),
                           std::string(name) + "[1]: it should be an absolute"),
                  name);
    CHECK_MESSAGE(contains(refused_as(name, Json::array({""})), "it should be an absolute path"), name);
  }
  CHECK(contains(refused_as("cc", ""), "cc: it should be an absolute path"));
  CHECK(
      contains(refused([](Json& json) { json["parts"][0]["path"] = ""; }), "it should be an absolute path"));
}

TEST_CASE("what the kernel makes up is no compiler, by whichever spelling") {
  for (const char* place :
       {"/proc/self/exe", "/proc", "/dev/stdin", "/dev", "/sys/kernel", "/proc/../proc/self/mem",
        "/usr/../dev/zero", "//proc/self/exe", "/./proc/self", "/usr/bin/../../proc"}) {
    for (const char* name : {"cc", "cxx", "ar", "sysroot", "libraryRoot", "interpreter"}) {
      CHECK_MESSAGE(contains(refused_as(name, place), "a compiler has nothing below /"), place);
    }
    CHECK_MESSAGE(contains(refused_as("libraries", Json::array({place})), "a compiler has nothing below /"),
                  place);
    CHECK_MESSAGE(contains(refused([&](Json& json) { json["parts"][0]["path"] = place; }),
                           "a compiler has nothing below /"),
                  place);
  }
  CHECK(refused_as("cc", "/procedures/gcc").empty());
  CHECK(refused_as("cc", "/opt/dev/gcc").empty());
}

TEST_CASE("parts are named by the way that has no detours") {
  for (const char* path : {"/usr/../bin/ld", "/usr//bin/ld", "/usr/./ld"}) {
    CHECK_MESSAGE(contains(refused([&](Json& json) { json["parts"][1]["path"] = path; }),
                           "parts[1], path: it should be without detours"),
                  path);
  }
  // of the others a compiler says itself where they are
  CHECK(refused_as("libraries", Json::array({"/usr/lib/gcc/x/12/../../../x"})).empty());
}

TEST_CASE(
    "a word with control characters, or a long one, is refused: it would stand on terminals and in scripts") {
  for (const char* bad : {"a\nb", "a\x1b[2Jb", "a\x7f", "\t", "a\rb"}) {
    for (const char* name : {"target", "version", "library"}) {
      CHECK_MESSAGE(contains(refused_as(name, bad), std::string(name) + ": it should be one short line"),
                    name);
    }
    for (const char* name : {"cc", "cxx", "ar", "sysroot", "libraryRoot", "interpreter"}) {
      CHECK_MESSAGE(contains(refused_as(name, std::string("/") + bad), "it should be one short line"), name);
    }
    CHECK(contains(refused_as("headers", Json::array({std::string("/") + bad})),
                   "it should be one short line"));
    CHECK(contains(refused_as("packages", Json{{"gcc", bad}}), "it should be one short line"));
    CHECK(contains(refused_as("packages", Json{{bad, "1"}}), "its name should be one short line"));
    CHECK(contains(refused([&](Json& json) { json["parts"][0]["name"] = bad; }),
                   "it should be one short line"));
    CHECK(contains(refused([&](Json& json) { json["parts"][0]["path"] = std::string("/") + bad; }),
                   "it should be one short line"));
  }
  CHECK(refused_as("version", std::string(1024, 'v')).empty());
  CHECK(contains(refused_as("version", std::string(1025, 'v')), "it should be one short line"));
  CHECK(refused_as("version", "gcc (Größe) 12").empty());
}

TEST_CASE("a target that no port of Go's has is refused: nothing can be said of its programs") {
  CHECK(contains(refused_as("target", "avr"), "target: no port of Go has that target"));
  CHECK(contains(refused_as("target", ""), "target: no port of Go has that target"));
}

TEST_CASE("a sysroot and how it is used go together") {
  CHECK(contains(refused_as("sysroot", "/srv/root"), "sysrootUse: it does not agree with the sysroot"));
  for (const char* use : {"beside", "instead", "forced"}) {
    CHECK_MESSAGE(contains(refused_as("sysrootUse", use), "it does not agree with the sysroot"), use);
  }
  CHECK(refused([](Json& json) {
          json["sysroot"] = "/srv/root";
          json["sysrootUse"] = "forced";
        }).empty());
}

TEST_CASE("hashes and sizes are what they should be") {
  for (const Json& bad : {Json("abc"), Json(std::string(63, 'a')), Json(std::string(64, 'x')), Json("")}) {
    CHECK(contains(refused([&](Json& json) { json["parts"][0]["sha256"] = bad; }),
                   "parts[0], sha256: it should be a SHA-256 in hexadecimal"));
  }
  for (const Json& bad : {Json(-1), Json(1.5), Json("3"), Json(), Json(true)}) {
    CHECK(contains(refused([&](Json& json) { json["parts"][0]["size"] = bad; }),
                   "parts[0], size: it should be a number of bytes"));
  }
  CHECK_FALSE(refused_as("static", "yes").empty());
  CHECK_FALSE(refused_as("packages", Json::array()).empty());
  CHECK_FALSE(refused_as("parts", Json::object()).empty());
}

TEST_CASE("text tells place, version, C library, whether it is static, and the sysroot") {
  CCompiler compiler = cross_gcc();
  CHECK(compiler.text() == "/usr/bin/aarch64-linux-gnu-gcc 12.2.0, glibc 2.36");
  compiler.is_static = true;
  CHECK(compiler.text() == "/usr/bin/aarch64-linux-gnu-gcc 12.2.0, glibc 2.36, static");
  compiler.sysroot = "/srv/root";
  CHECK(compiler.text() == "/usr/bin/aarch64-linux-gnu-gcc 12.2.0, glibc 2.36, static, sysroot /srv/root");
}

TEST_CASE("the number of a version is the last word that is one") {
  for (const auto& one : std::initializer_list<std::pair<const char*, const char*>>{
           {"gcc (Debian 12.2.0-14) 12.2.0", "12.2.0"},
           {"Debian clang version 14.0.6", "14.0.6"},
           {"x86_64-w64-mingw32-gcc (GCC) 12-win32", "12-win32"},
           {"gcc 13.2.0-rc1 20240101", "20240101"},
           {"my own compiler", "1"},
           {"", "1"},
           {"x $(touch /x) 3`id`", "1"},
           {"x 12;id", "1"},
           {"x 1\xff", "1"}}) {
    CCompiler compiler;
    compiler.version = one.first;
    CHECK_MESSAGE(compiler.number() == one.second, one.first);
  }
}

TEST_CASE("a compiler is another one when a part, its words about itself, or how it links differs") {
  const std::string own = cross_gcc().identity();
  CHECK(own == "05b4d3d6852d30bf568bf042429a60b2");
  CCompiler with_library = cross_gcc();
  with_library.parts.push_back(c_part("own libbfd.so", "/usr/lib/libbfd.so", "bfd"));
  CHECK(with_library.identity() == own);
  CHECK(identity([](CCompiler& c) { c.parts[2].sha256 = sha256("another"); }) != own);
  CHECK(identity([](CCompiler& c) { c.parts[2].name = "libc.a"; }) != own);
  CHECK(identity([](CCompiler& c) { c.parts.pop_back(); }) != own);
  CHECK(identity([](CCompiler& c) { c.version += "1"; }) != own);
  CHECK(identity([](CCompiler& c) { c.library = "glibc 2.37"; }) != own);
  CHECK(identity([](CCompiler& c) { c.target = "aarch64-unknown-linux-gnu"; }) != own);
  CHECK(identity([](CCompiler& c) { c.is_static = true; }) != own);
  const auto with_root = [&](const std::string& root, SysrootUse use) {
    return identity([&](CCompiler& c) {
      c.sysroot = root;
      c.sysroot_use = use;
    });
  };
  CHECK(with_root("/srv/root", SysrootUse::beside) != own);
  CHECK(with_root("/srv/root", SysrootUse::beside) != with_root("/srv/root", SysrootUse::instead));
  CHECK(with_root("/srv/root", SysrootUse::beside) != with_root("/srv/other", SysrootUse::beside));
}

TEST_CASE("the same compiler elsewhere is the same") {
  const std::string own = cross_gcc().identity();
  CHECK(identity([](CCompiler& c) {
          c.cc = "/nix/store/x/bin/gcc";
          c.cxx = c.ar = "/nix/store/x/bin/y";
          c.headers = c.cxx_headers = c.libraries = {"/nix/store/x"};
          c.library_root = "/nix/store/x";
          c.packages = {};
          for (CPart& part : c.parts) part.path = "/nix/store/x/" + part.name;
        }) == own);
}

TEST_CASE("targets are those of Go's ports") {
  for (const auto& one : std::initializer_list<std::pair<const char*, const char*>>{
           {"aarch64-linux-gnu", "linux/arm64"},
           {"aarch64-unknown-linux-musl", "linux/arm64"},
           {"i686-linux-gnu", "linux/386"},
           {"i586-alpine-linux-musl", "linux/386"},
           {"x86_64-linux-gnu", "linux/amd64"},
           {"x86_64-pc-linux-gnu", "linux/amd64"},
           {"arm-linux-gnueabihf", "linux/arm"},
           {"armv7l-unknown-linux-gnueabihf", "linux/arm"},
           {"loongarch64-linux-gnu", "linux/loong64"},
           {"mips-linux-gnu", "linux/mips"},
           {"mipsel-linux-gnu", "linux/mipsle"},
           {"mips64-linux-gnuabi64", "linux/mips64"},
           {"mips64el-linux-gnuabi64", "linux/mips64le"},
           {"powerpc64-linux-gnu", "linux/ppc64"},
           {"powerpc64le-linux-gnu", "linux/ppc64le"},
           {"ppc64le-redhat-linux", "linux/ppc64le"},
           {"riscv64-linux-gnu", "linux/riscv64"},
           {"s390x-linux-gnu", "linux/s390x"},
           {"i686-w64-mingw32", "windows/386"},
           {"x86_64-w64-mingw32", "windows/amd64"},
           {"x86_64-w64-windows-gnu", "windows/amd64"},
           {"aarch64-w64-mingw32", "windows/arm64"},
           {"x86_64-apple-darwin21.4", "darwin/amd64"},
           {"arm64-apple-darwin22", "darwin/arm64"},
           {"x86_64-unknown-freebsd13.2", "freebsd/amd64"}}) {
    CHECK_MESSAGE(port_of(one.first) == one.second, one.first);
  }
}

TEST_CASE("targets of no port have none: other machines, other systems, and what begins the same") {
  for (const char* target : {"", "-", "x86_64", "avr", "x86_64-elf", "aarch64-linux-android",
                             "sparc64-linux-gnu", "arm-none-eabi", "powerpc-linux-gnu", "x86_64x-linux-gnu",
                             "x86-linux-gnu", " -linux-gnu", "mips64-w64-mingw32", "riscv32-linux-gnu"}) {
    CHECK_MESSAGE(port_of(target) == "none", target);
  }
}

TEST_CASE("Debian's name of a port's target is one that is the port's") {
  CHECK(debian_target({"linux", "arm64"}) == "aarch64-linux-gnu");
  CHECK(debian_target({"linux", "arm"}) == "arm-linux-gnueabihf");
  CHECK(debian_target({"windows", "386"}) == "i686-w64-mingw32");
  CHECK(debian_target({"windows", "arm64"}).empty());
  CHECK(debian_target({"darwin", "arm64"}).empty());
  CHECK(debian_target({"js", "wasm"}).empty());
  for (const char* goarch : {"386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le",
                             "mipsle", "ppc64", "ppc64le", "riscv64", "s390x"}) {
    CHECK_MESSAGE(port_of(debian_target({"linux", goarch})) == std::string("linux/") + goarch, goarch);
  }
}
