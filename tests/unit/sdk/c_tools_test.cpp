#include "sdk/c_tools.hpp"

#include "release/c_compiler_samples.hpp"
#include "support/process.hpp"
#include "support/strings.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

#include <tuple>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const Port amd64{"linux", "amd64"};
const Port arm64{"linux", "arm64"};

struct Said {
  int code;
  std::string text;
};

/// An SDK for linux/arm64 that is bound to a compiler which says its words, each between < and >, and what it
/// has of the environment.
struct Bound {
  explicit Bound(const std::string& name = "gcc") : compiler(cross_gcc()) {
    scratch.file("says", "");
    compiler.cc = compiler.cxx = compiler.ar = program(name, "").string();
    compiler.headers = compiler.cxx_headers = {};
    compiler.libraries = {"/g/lib", "/u/lib"};
    compiler.parts = {c_part("cc", compiler.cc, read_file(compiler.cc)),
                      c_part("ld", scratch.file("ld", "1234").string(), "1234")};
  }

  fs::path program(const std::string& name, const std::string& end) const {
    return scratch.file(name,
                        "#!/bin/sh\nfor word in \"$@\"; do printf '<%s>' \"$word\"; done\necho\n"
                        "echo ran >>'" +
                            (scratch / "runs").string() + "'\n" + end,
                        true);
  }
  bool has_run() const { return fs::exists(scratch / "runs"); }

  void lay_out(const Port& hosted_on = amd64) const {
    for (const AddedFile& file : c_tools(arm64, hosted_on, compiler))
      scratch.file("sdk/" + file.path, file.text, file.executable);
  }

  Said run_tool(const std::string& tool, const std::vector<std::string>& words, const Environment& more = {},
                const std::string& shell = "") const {
    Said said{};
    Command command;
    if (!shell.empty()) command.argv = split(shell, " ").copied();
    command.argv.push_back((scratch / ("sdk/bin/go_linux_arm64_" + tool)).string());
    command.argv.insert(command.argv.end(), words.begin(), words.end());
    command.environment = with({{"PATH", "/usr/bin:/bin"}}, more);
    command.on_line = [&](std::string_view line) { said.text += std::string(line) + "\n"; };
    said.code = gostrap::run(command).code;
    return said;
  }
  Said cc(const std::vector<std::string>& words, const Environment& more = {}) const {
    lay_out();
    return run_tool("cc", words, more);
  }

  Scratch scratch;
  CCompiler compiler;
};

constexpr const char* own = "<-gno-record-gcc-switches>";

std::string paths(const std::vector<AddedFile>& files) {
  return join(files, " ", [](const AddedFile& each) { return each.path + (each.executable ? "" : " -"); });
}

/// What pkg-config of the SDK makes of "--cflags x", where the machine's fails unless the file `finds` is
/// there.
Said pkg_config(const Bound& bound, const Environment& more = {},
                const std::vector<std::string>& words = {"--cflags", "x"}) {
  bound.scratch.file("path/pkg-config",
                     "#!/bin/sh\necho \"$* LIBDIR=$PKG_CONFIG_LIBDIR SYSROOT=$PKG_CONFIG_SYSROOT_DIR "
                     "PATH=${PKG_CONFIG_PATH-none}\"\ncase $PKG_CONFIG_LIBDIR in *" +
                         read_file(bound.scratch / "finds") +
                         "*) ;; *) echo \"Package x was not found\nPerhaps you should add it to the "
                         "PKG_CONFIG_PATH\" >&2; exit 1 ;; esac\n",
                     true);
  bound.lay_out();
  return bound.run_tool("pkg_config", words, with({{"PATH", (bound.scratch / "path").string()}}, more));
}

}  // namespace

TEST_CASE("an SDK that compiles C has its tools, and go.env names those that there are") {
  CHECK(paths(c_tools(arm64, amd64, cross_gcc())) ==
        "bin/go_linux_arm64_cc bin/go_linux_arm64_cxx bin/go_linux_arm64_ar bin/go_linux_arm64_pkg_config");
  CHECK(c_settings(arm64, cross_gcc()) ==
        std::map<std::string, std::string>{{"AR", "go_linux_arm64_ar"},
                                           {"CC", "go_linux_arm64_cc"},
                                           {"CGO_ENABLED", "1"},
                                           {"CXX", "go_linux_arm64_cxx"},
                                           {"PKG_CONFIG", "go_linux_arm64_pkg_config"}});
  CCompiler bare = cross_gcc();
  bare.cxx = bare.ar = "";
  CHECK(paths(c_tools(arm64, amd64, bare)) ==
        "bin/go_linux_arm64_cc bin/go_linux_arm64_cxx bin/go_linux_arm64_pkg_config");
  CHECK(c_settings(arm64, bare).count("AR") == 0);
  CHECK(c_settings(arm64, bare).at("CXX") == "go_linux_arm64_cxx");
}

TEST_CASE("without a C++ compiler it is told that there is none, where C++ is to be compiled") {
  Bound bound;
  bound.compiler.cc = "/usr/bin/it's gcc";
  bound.compiler.cxx = "";
  bound.lay_out();
  const Said said = bound.run_tool("cxx", {"-c", "x.cc"});
  CHECK(said.code == 2);
  CHECK(said.text ==
        "go_linux_arm64_cxx: beside /usr/bin/it's gcc, to which this SDK is bound, there is no C++ "
        "compiler: with one, gostrap build linux/arm64 --cgo --cc '/usr/bin/it'\\''s gcc' makes an SDK "
        "with what is there then\n");
}

TEST_CASE("the compiler gets the SDK's words first, and those to link with where it links") {
  Bound bound;
  bound.compiler.sysroot = "/root";
  bound.compiler.sysroot_use = SysrootUse::instead;
  bound.compiler.libraries = {"/root/lib"};
  const std::string words = "<--sysroot=/root><-gno-record-gcc-switches><-ffile-prefix-map=/root=/c/sysroot>";
  CHECK(bound.cc({"-c", "a b.c", ""}).text == words + "<-c><a b.c><>\n");
  CHECK(bound.cc({"a.o", "-o", "out"}).text ==
        words + "<-L/root/lib><-Wl,-rpath-link,/root/lib><a.o><-o><out>\n");
  for (const char* word : {"-c", "-E", "-S", "-M", "-MM", "-fsyntax-only", "-dumpmachine", "-dumpversion",
                           "-print-search-dirs", "--help"}) {
    CHECK_MESSAGE(bound.cc({"x", word}).text == words + "<x><" + word + ">\n", word);
  }
  CHECK(bound.cc({}).code == 0);
}

TEST_CASE("C++ is compiled by its own compiler with its own words") {
  Bound bound;
  bound.compiler.cxx = bound.program("g++", "echo C++\n").string();
  bound.compiler.headers = {"/c"};
  bound.compiler.cxx_headers = {"/c++"};
  bound.lay_out();
  CHECK(bound.run_tool("cxx", {"-c", "x.cc"}).text ==
        std::string(own) + "<-ffile-prefix-map=/c++=/c/include><-c><x.cc>\nC++\n");
  CHECK(bound.run_tool("cc", {"-c", "x.c"}).text ==
        std::string(own) + "<-ffile-prefix-map=/c=/c/include><-c><x.c>\n");
}

TEST_CASE("every POSIX shell runs the compiler the same") {
  Bound bound;
  bound.compiler.is_static = bound.compiler.static_pie = true;
  bound.lay_out();
  const std::vector<std::string> words{"a b", "-pie", "*", "$HOME", "it's", "-rdynamic", "", "-o", "x"};
  const std::string expected = std::string(own) + "<-static-pie><a b><*><$HOME><it's><><-o><x>\n";
  CHECK(bound.run_tool("cc", words).text == expected);
  for (const char* shell :
       {"dash", "bash", "bash --posix", "busybox sh", "ksh", "mksh", "yash", "zsh --emulate sh"}) {
    if (!find_program(std::string(shell).substr(0, std::string(shell).find(' ')))) continue;
    CHECK_MESSAGE(bound.run_tool("cc", words, {}, shell).text == expected, shell);
  }
}

TEST_CASE("C for another port is refused: the compiler makes none") {
  const Bound bound;
  for (const Environment& other :
       {Environment{{"GOOS", "linux"}, {"GOARCH", "riscv64"}}, Environment{{"GOARCH", "riscv64"}}}) {
    const Said said = bound.cc({"-c", "x.c"}, other);
    CHECK(said.code == 2);
    CHECK(said.text ==
          "go_linux_arm64_cc: this SDK compiles C for linux/arm64, not for linux/riscv64: CGO_ENABLED=0 "
          "builds that "
          "without C, and an SDK for it has a compiler of its own (gostrap build linux/riscv64 --cgo)\n");
  }
  CHECK(contains(bound.cc({}, {{"GOOS", "windows"}}).text, "not for windows/arm64"));
  CHECK_FALSE(bound.has_run());
  CHECK(bound.cc({"-c"}, {{"GOOS", "linux"}, {"GOARCH", "arm64"}}).code == 0);
  CHECK(bound.cc({"-c"}, {{"GOOS", ""}, {"GOARCH", ""}}).code == 0);
}

TEST_CASE("the go command is told what its cache is to know of the compiler") {
  Bound bound;
  bound.compiler.version = "x-gcc (Debian 12.2.0-14) 12.2.0";
  const std::string identity = bound.compiler.identity();
  CHECK(bound.cc({"-###", "-x", "c"}).text ==
        "gcc version 12.2.0 (gostrap 3 " + identity + ")\n" + std::string(own) + "<-###><-x><c>\n");
}

TEST_CASE("a compiler that is another one, or of which a part is, compiles nothing") {
  const Bound bound;
  CHECK(bound.cc({"-c"}).code == 0);
  fs::remove(bound.scratch / "runs");
  bound.scratch.file("ld", "12345");
  Said said = bound.cc({"-c"});
  CHECK(said.code == 2);
  CHECK(said.text ==
        "go_linux_arm64_cc: " + bound.compiler.cc +
            ", or what belongs to it, is not what this SDK is bound to (aarch64-linux-gnu-gcc (Debian "
            "12.2.0-14) 12.2.0): gostrap build linux/arm64 --cgo --cc " +
            bound.compiler.cc + " makes an SDK with what is there then\n");
  fs::remove(bound.scratch / "ld");
  CHECK(bound.cc({"-c"}).code == 2);
  CHECK(bound.cc({"-###"}).code == 2);
  CHECK_FALSE(bound.has_run());
  bound.scratch.link("other", "4321");
  bound.scratch.file("4321", "4321");
  bound.scratch.link("ld", "other");  // what a link leads to counts
  CHECK(bound.cc({"-c"}).code == 0);
}

TEST_CASE("a compiler that is gone is told with the packages that have it, else with its own words") {
  Bound bound;
  bound.compiler.cc = "/no/such/gcc";
  Said said = bound.cc({"-c"});
  CHECK(said.code == 2);
  CHECK(said.text ==
        "go_linux_arm64_cc: there is no /no/such/gcc, to which this SDK is bound: it is of "
        "gcc-12-aarch64-linux-gnu "
        "12.2.0-14cross1, libc6-dev-arm64-cross 2.36-8cross1\n");
  bound.compiler.packages = {};
  CHECK(contains(bound.cc({"-c"}).text, "bound: it is aarch64-linux-gnu-gcc (Debian 12.2.0-14) 12.2.0\n"));
  bound.compiler.cc = bound.scratch.file("plain", "no program").string();
  CHECK(bound.cc({"-c"}).code == 2);
}

TEST_CASE("what is set for this machine's own compiler does not reach it") {
  Bound bound;
  bound.compiler.cc = bound.program("gcc", "env | command -p sort\n").string();
  bound.compiler.parts = {};
  Environment set;
  for (const char* name : {"CCC_OVERRIDE_OPTIONS", "COMPILER_PATH", "CPATH", "CPLUS_INCLUDE_PATH",
                           "C_INCLUDE_PATH", "DEPENDENCIES_OUTPUT", "GCC_EXEC_PREFIX", "LD_RUN_PATH",
                           "LIBRARY_PATH", "OBJC_INCLUDE_PATH", "REALGCC", "SUNPRO_DEPENDENCIES"}) {
    set.emplace_back(name, "/mine");
  }
  const std::string text = bound.cc({"-c"}, with(set, {{"LANG", "C"}, {"link", "l"}})).text;
  CHECK_FALSE(contains(text, "/mine"));
  CHECK(contains(text, "\nSOURCE_DATE_EPOCH=315532800\n"));
  CHECK(contains(text, "\nLANG=C\n"));
  CHECK(contains(text, "\nlink=l\n"));
  CHECK_FALSE(contains(text, "gostrap_"));
  CHECK(contains(bound.cc({"-c"}, {{"SOURCE_DATE_EPOCH", "42"}}).text, "\nSOURCE_DATE_EPOCH=42\n"));
}

TEST_CASE("the go command's first link fails without a word, so that it leaves all linking to the compiler") {
  const Bound bound;
  const Said said = bound.cc({"-o", "/tmp/go-build1/b001/_cgo_.o", "a.o"});
  CHECK(said.code == 1);
  CHECK(said.text.empty());
  CHECK_FALSE(bound.has_run());
  CHECK(bound.cc({"a.o", "/w/_cgo_.o", "-o", "/w/out"}).code == 0);
  CHECK(bound.cc({"-c", "-o", "/w/_cgo_.o"}).code == 0);
}

TEST_CASE("a script that has other words of the same length compiles nothing") {
  const Bound bound;
  CHECK(bound.cc({"-c"}).code == 0);
  std::string script = read_file(bound.compiler.cc);
  script[script.size() - 2] = script[script.size() - 2] == 'x' ? 'y' : 'x';
  bound.scratch.file("gcc", script, true);
  CHECK(contains(bound.cc({"-c"}).text, "is not what this SDK is bound to"));
}

TEST_CASE("static SDKs link statically, position independent or not, but no libraries") {
  Bound bound;
  bound.compiler.is_static = bound.compiler.static_pie = true;
  const auto linked = [&](const std::vector<std::string>& words) { return bound.cc(words).text; };
  CHECK(linked({"a b.o", "-rdynamic", "-o", "x"}) == std::string(own) + "<-static><a b.o><-o><x>\n");
  CHECK(linked({"-pie", "a.o"}) == std::string(own) + "<-static-pie><a.o>\n");
  CHECK(linked({"a.o", "-shared", "-rdynamic", "-pie"}) ==
        std::string(own) + "<a.o><-shared><-rdynamic><-pie>\n");
  CHECK(linked({"-r", "a.o"}) == std::string(own) + "<-r><a.o>\n");
  // which would have the C library linked dynamically after all
  CHECK(linked({"-Wl,-Bstatic", "-lm", "-Wl,-Bdynamic", "-Wl,-z,now,-Bdynamic,-O1", "-Wl,-dy"}) ==
        std::string(own) + "<-static><-Wl,-Bstatic><-lm><-Wl,-z,now,-O1>\n");
  bound.compiler.static_pie = false;
  CHECK(linked({"a.o"}) == std::string(own) + "<-static><a.o>\n");
  CHECK(contains(linked({"-pie", "a.o"}), "links nothing that is both static and position independent"));
  CHECK(linked({"-c", "-pie", "a.c"}) == std::string(own) + "<-c><-pie><a.c>\n");
  bound.compiler.is_static = false;
  CHECK(linked({"-pie", "-rdynamic", "a.o"}) == std::string(own) + "<-pie><-rdynamic><a.o>\n");
}

TEST_CASE("to the go command every gcc is gcc, whatever its program is called") {
  Bound bound;
  bound.compiler.cc =
      bound.scratch.file("x-gcc", "#!/bin/sh\necho 'x-gcc (Debian 1) 12.2.0'\necho Copyright\n", true)
          .string();
  CHECK(bound.cc({"--version"}).text == "gcc (Debian 1) 12.2.0\nCopyright\n");
  bound.compiler.kind = CKind::clang;
  CHECK(bound.cc({"--version"}).text == "x-gcc (Debian 1) 12.2.0\nCopyright\n");
}

TEST_CASE("clang gets the directory of assembly as it is to be called") {
  Bound bound;
  const std::string map = "-ffile-prefix-map=" + fs::current_path().string() + "=/x y";
  const std::string rest = "<-ffile-prefix-map=/elsewhere=/e><" + map + "><-c><a.S>\n";
  const std::vector<std::string> words{"-ffile-prefix-map=/elsewhere=/e", map, "-c", "a.S"};
  CHECK(bound.cc(words).text == own + rest);
  bound.compiler.kind = CKind::clang;
  CHECK(contains(bound.cc(words).text, "<-fdebug-compilation-dir=/x y>" + rest));
  CHECK_FALSE(contains(bound.cc({map, "-c", "a.c"}).text, "-fdebug-compilation-dir"));
  CHECK_FALSE(contains(bound.cc({"-c", "a.S"}).text, "-fdebug-compilation-dir"));
}

TEST_CASE("sanitizers that the compiler or its C library does not have are refused in a sentence") {
  Bound bound;
  CHECK(bound.cc({"-fsanitize=address", "-c"}).code == 0);
  CHECK(contains(bound.cc({"-c", "-fsanitize=memory"}).text, "-msan is clang's alone"));
  CHECK(bound.cc({"-c", "-fsanitize=memory"}).code == 2);
  bound.compiler.is_static = true;
  CHECK(contains(bound.cc({"-fsanitize=address", "-c"}).text, "-asan links no static program"));
  bound.compiler.kind = CKind::musl;
  CHECK(contains(bound.cc({"-fsanitize=address", "-c"}).text, "-asan needs glibc"));
  bound.compiler.kind = CKind::clang;
  CHECK(contains(bound.cc({"-fsanitize=memory", "-c"}).text, "-msan makes static programs that crash"));
  bound.compiler.is_static = false;
  CHECK(bound.cc({"-fsanitize=address", "-c"}).code == 0);
  CHECK(bound.cc({"-fsanitize=memory", "-c"}).code == 0);
}

TEST_CASE("a link that fails says where libraries were looked for, and keeps its status") {
  Bound bound;
  bound.compiler.cc = bound.program("gcc", "echo cannot find -lx >&2; exit 3\n").string();
  bound.compiler.parts = {};
  const Said said = bound.cc({"a.o", "-lx"});
  CHECK(said.code == 3);
  CHECK(contains(said.text,
                 ">\ncannot find -lx\ngo_linux_arm64_cc: libraries for linux/arm64 are looked for in "
                 "/g/lib, /u/lib and where -L says\n"));
  const Said compiled = bound.cc({"-c", "a.c"});
  CHECK(compiled.code == 3);
  CHECK_FALSE(contains(compiled.text, "looked for"));
}

TEST_CASE("paths and words of any bytes stay what they are") {
  for (const std::string odd :
       {"a b", "it's", "$(touch x)", "`id`", "\"q\"", "@words@", "*", "back\\slash", "-n", "ü"}) {
    Bound bound(odd + "/gcc");
    bound.compiler.sysroot = "/r " + odd;
    bound.compiler.sysroot_use = SysrootUse::instead;
    bound.compiler.libraries = {"/r " + odd + "/lib"};
    bound.compiler.version = "x " + odd;
    bound.compiler.packages = {};
    CHECK(bound.cc({"-c"}).text == "<--sysroot=/r " + odd +
                                       "><-gno-record-gcc-switches><-ffile-prefix-map=/r " + odd +
                                       "=/c/sysroot><-c>\n");
    CHECK(contains(bound.cc({"a.o"}).text, "<-L/r " + odd + "/lib>"));
    fs::remove(bound.compiler.cc);
    CHECK(contains(bound.cc({"-c"}).text,
                   "there is no " + bound.compiler.cc + ", to which this SDK is bound: it is x " + odd));
  }
}

TEST_CASE("archives have no times in them") {
  Bound bound;
  bound.compiler.ar = bound.program("ar", "echo \"$ZERO_AR_DATE\"\n").string();
  bound.lay_out();
  CHECK(bound.run_tool("ar", {"rc", "a b.a", "x.o"}).text == "<rc><a b.a><x.o>\n1\n");
}

TEST_CASE("pkg-config sees what the compiler has for the port, and nothing of this machine's") {
  Bound bound;
  bound.compiler.libraries = {"/usr/lib/gcc-cross/aarch64-linux-gnu/12", "/usr/aarch64-linux-gnu/lib",
                              "/usr/lib", "/lib", "/usr/lib/aarch64-linux-gnu"};
  bound.scratch.file("finds", "usr");
  const Said said = pkg_config(
      bound,
      {{"PKG_CONFIG_PATH", "/mine"}, {"PKG_CONFIG_SYSROOT_DIR", "/mine"}, {"PKG_CONFIG_LIBDIR", "/mine"}});
  CHECK(said.code == 0);
  CHECK(said.text ==
        "--cflags x "
        "LIBDIR=/usr/lib/gcc-cross/aarch64-linux-gnu/12/pkgconfig:/usr/aarch64-linux-gnu/lib/pkgconfig:/usr/"
        "aarch64-linux-gnu/share/pkgconfig:"
        "/usr/lib/aarch64-linux-gnu/pkgconfig SYSROOT= PATH=none\n");
  CHECK(contains(pkg_config(bound, {{"GOSTRAP_PKG_CONFIG_PATH", "/more:/and"}}).text,
                 "LIBDIR=/more:/and:/usr/lib/gcc"));
}

TEST_CASE(
    "pkg-config looks into the sysroot, after that where the compiler's own are, unless the sysroot is "
    "whole") {
  Bound bound;
  bound.compiler.sysroot = "/my root";
  bound.compiler.sysroot_use = SysrootUse::beside;
  bound.compiler.libraries = {"/my root/usr/lib", "/my rooted/lib", "/usr/aarch64-linux-gnu/lib"};
  bound.scratch.file("finds", "root");
  CHECK(pkg_config(bound).text ==
        "--cflags x LIBDIR=/my root/usr/lib/pkgconfig:/my root/usr/share/pkgconfig SYSROOT=/my root "
        "PATH=none\n");
  bound.scratch.file("finds", "aarch64");
  CHECK(pkg_config(bound).text ==
        "--cflags x LIBDIR=/usr/aarch64-linux-gnu/lib/pkgconfig:"
        "/usr/aarch64-linux-gnu/share/pkgconfig SYSROOT= PATH=none\n");
  bound.compiler.sysroot_use = SysrootUse::instead;
  const Said said = pkg_config(bound);
  CHECK(said.code == 1);
  CHECK(said.text ==
        "Package x was not found\ngo_linux_arm64_pkg_config: for linux/arm64 packages are looked for in "
        "/my root/usr/lib/pkgconfig, /my root/usr/share/pkgconfig; GOSTRAP_PKG_CONFIG_PATH adds directories, "
        "and what "
        "this machine has for itself is none of theirs\n");
}

TEST_CASE("pkg-config is not asked for another port, and may have another name, or not be there") {
  Bound bound;
  bound.scratch.file("finds", "");
  const Said other = pkg_config(bound, {{"GOARCH", "amd64"}});
  CHECK(other.code == 2);
  CHECK(contains(other.text, "this SDK has libraries for linux/arm64, not for linux/amd64"));
  for (const bool own_port_sdk : {false, true}) {
    bound.lay_out(own_port_sdk ? arm64 : amd64);
    const std::string empty = bound.scratch.directory("empty").string();
    const Said missing = bound.run_tool("pkg_config", {"x"}, {{"PATH", empty}});
    CHECK(missing.code == 2);
    CHECK(missing.text ==
          "go_linux_arm64_pkg_config: neither pkg-config nor pkgconf is on PATH (Debian: apt-get install "
          "pkg-config)\n");
    const fs::path pkgconf = bound.scratch.file("pkgconf/pkgconf", "#!/bin/sh\necho \"pkgconf $*\"\n", true);
    CHECK(bound.run_tool("pkg_config", {"x"}, {{"PATH", pkgconf.parent_path().string()}}).text ==
          "pkgconf x\n");
    CHECK(bound.run_tool("pkg_config", {"x"}, {{"GOOS", "windows"}}).code == 2);
  }
}

TEST_CASE("for this machine's own port pkg-config is this machine's, unless there is a sysroot or musl") {
  Bound bound;
  const auto script = [&] {
    for (const AddedFile& file : c_tools(arm64, arm64, bound.compiler)) {
      if (file.path.ends_with("pkg_config")) return file.text;
    }
    return std::string();
  };
  CHECK_FALSE(contains(script(), "PKG_CONFIG_LIBDIR"));
  bound.scratch.file("path/pkg-config", "#!/bin/sh\necho \"$* $PKG_CONFIG_PATH\"\n", true);
  bound.lay_out(arm64);
  CHECK(bound
            .run_tool("pkg_config", {"--libs", "a b"},
                      {{"PATH", (bound.scratch / "path").string()}, {"PKG_CONFIG_PATH", "/mine"}})
            .text == "--libs a b /mine\n");
  bound.compiler.kind = CKind::musl;
  CHECK(contains(script(), "PKG_CONFIG_LIBDIR"));
  bound.compiler.kind = CKind::gcc;
  bound.compiler.sysroot = "/root";
  bound.compiler.sysroot_use = SysrootUse::beside;
  CHECK(contains(script(), "PKG_CONFIG_LIBDIR"));
}

TEST_CASE("what makes such an SDK is told without what is usual for the port") {
  const auto words = [](const char* cc, CKind kind, const Port& port) {
    CCompiler compiler = cross_gcc();
    compiler.cc = cc;
    compiler.kind = kind;
    return c_option_words(port, compiler, amd64);
  };
  CHECK(c_build_words(arm64, cross_gcc()) == "gostrap build linux/arm64 --cgo");
  CHECK(words("/opt/a b/gcc-12", CKind::gcc, arm64) == " --cgo --cc '/opt/a b/gcc-12'");
  CHECK(words("/opt/aarch64-linux-gnu-gcc", CKind::gcc, arm64) == " --cgo --cc /opt/aarch64-linux-gnu-gcc");
  CHECK(words("/usr/bin/aarch64-linux-gnu-gcc-12", CKind::gcc, arm64) ==
        " --cgo --cc /usr/bin/aarch64-linux-gnu-gcc-12");
  CHECK(words("/usr/bin/clang", CKind::clang, arm64) == " --cgo --cc clang");
  CHECK(words("/usr/bin/clang-14", CKind::clang, arm64) == " --cgo --cc /usr/bin/clang-14");
  CHECK(words("/usr/bin/x86_64-w64-mingw32-gcc", CKind::mingw, {"windows", "amd64"}) == " --cgo");
  CHECK(words("/usr/bin/aarch64-linux-musl-gcc", CKind::musl, arm64) == " --cgo --cc musl");
  CCompiler compiler = cross_gcc();
  compiler.is_static = true;
  compiler.sysroot = "/my root";
  CHECK(c_option_words(arm64, compiler) == " --cgo --sysroot '/my root' --static");
}

TEST_CASE(
    "what is this machine's own is told by its kind for the machine's own port, wherever that is asked") {
  for (const auto& [cc, kind, by_kind] : {std::tuple{"/usr/bin/gcc", CKind::gcc, ""},
                                          std::tuple{"/usr/bin/musl-gcc", CKind::musl, " --cc musl"}}) {
    CCompiler compiler = cross_gcc();
    compiler.cc = cc;
    compiler.kind = kind;
    for (const Port& machine : {amd64, arm64, Port{"linux", "s390x"}}) {
      const std::string words = machine == arm64 ? by_kind : std::string(" --cc ") + cc;
      CHECK(contains(c_tools(arm64, machine, compiler).front().text,
                     "gostrap build linux/arm64 --cgo" + words + " makes an SDK"));
    }
  }
}

TEST_CASE(
    "what many expect otherwise is told: glibc's NSS in static programs, and DLLs beside those for windows") {
  CCompiler compiler = cross_gcc();
  CHECK(c_remarks(compiler).empty());
  compiler.is_static = true;
  CHECK(join(c_remarks(compiler), "\n") ==
        "static programs with glibc ask NSS for hosts and users, which loads libraries of that very glibc "
        "where they "
        "run: -tags netgo,osusergo has Go do it itself, --cc musl is wholly static");
  compiler.library = "musl";
  CHECK(c_remarks(compiler).empty());
  compiler.kind = CKind::mingw;
  CHECK(c_remarks(compiler).empty());
  compiler.is_static = false;
  CHECK(contains(join(c_remarks(compiler), "\n"), "take libstdc++-6.dll, libgcc_s_seh-1.dll"));
}
