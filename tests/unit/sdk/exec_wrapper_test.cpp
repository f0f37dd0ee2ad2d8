#include "sdk/exec_wrapper.hpp"

#include "release/c_compiler_samples.hpp"
#include "support/process.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const Port amd64{"linux", "amd64"};
const Version release{1, 24, 4};

struct Said {
  int code;
  std::string text;
};

/// What the wrapper of an SDK that compiles C for `port` says of what its runner gets.
std::string run_with_c(const Scratch& scratch, const Port& port, const CCompiler& compiler,
                       const std::string& runner, const Environment& more = {}) {
  for (const AddedFile& file : exec_wrapper(port, amd64, release, current_layout, &compiler))
    scratch.file(file.path, file.text, file.executable);
  scratch.file("path/" + runner,
               "#!/bin/sh\nprintf '%s\\n' \"${0##*/} $* ${QEMU_LD_PREFIX-none} ${QEMU_SET_ENV-none} "
               "${LD_LIBRARY_PATH-none} "
               "${WINEPATH-none} ${WINEDEBUG-none}\"\n",
               true);
  std::string said;
  Command command;
  command.argv = {(scratch / ("bin/go_" + port.underscored() + "_exec")).string(), "prog", "a b"};
  command.environment = with({{"PATH", (scratch / "path").string()}}, more);
  command.on_line = [&](std::string_view line) { said += std::string(line) + "\n"; };
  run(command);
  return said;
}

/// Installs the wrapper of `port` and runs it on program "prog a b" with only `runners` (name -> script) on
/// PATH.
Said run_wrapper(const Scratch& scratch, const Port& port, const std::vector<std::string>& runners,
                 const Environment& more = {}) {
  for (const AddedFile& file : exec_wrapper(port, amd64, release))
    scratch.file(file.path, file.text, file.executable);
  scratch.directory("path");
  for (const char* tool : {"sh", "dirname", "readlink"}) {
    scratch.link(std::string("path/") + tool, find_program(tool)->string());
  }
  for (const std::string& runner : runners)
    scratch.file("path/" + runner, "#!/bin/sh\necho " + runner + " \"$@\"\n", true);
  Said said{};
  Command command;
  command.argv = {(scratch / ("bin/go_" + port.underscored() + "_exec")).string(), "prog", "a", "b"};
  command.environment = with({{"PATH", (scratch / "path").string()}, {"PWD", "/here"}}, more);
  command.on_line = [&](std::string_view line) { said.text += std::string(line) + "\n"; };
  said.code = run(command).code;
  return said;
}

}  // namespace

TEST_CASE("the host's own programs need no wrapper, nor do 386 programs on amd64") {
  CHECK(exec_wrapper(amd64, amd64, release).empty());
  CHECK(exec_wrapper({"linux", "386"}, amd64, release).empty());
  CHECK(exec_wrapper(amd64, {"linux", "arm64"}, release).size() == 1);
}

TEST_CASE("every foreign linux that QEMU emulates has a wrapper") {
  for (const std::string goarch : {"arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle", "ppc64",
                                   "ppc64le", "riscv64", "s390x"}) {
    CHECK_MESSAGE(exec_wrapper({"linux", goarch}, amd64, release).size() == 1, goarch);
  }
}

TEST_CASE("what cannot be run here has no wrapper, and the reason is known") {
  CHECK(exec_wrapper({"windows", "amd64"}, amd64, release).empty());
  CHECK(contains(*why_not_run({"windows", "amd64"}, amd64), "windows"));
  CHECK_FALSE(why_not_run({"linux", "riscv64"}, amd64).has_value());
  CHECK_FALSE(why_not_run(amd64, amd64).has_value());
}

TEST_CASE("a linux program goes to QEMU with its arguments") {
  const Scratch scratch;
  const Said said = run_wrapper(scratch, {"linux", "arm64"}, {"qemu-aarch64"});
  CHECK(said.code == 0);
  CHECK(said.text == "qemu-aarch64 prog a b\n");
}

TEST_CASE("programs with -race are not given to a QEMU that has no memory for them") {
  for (const std::string goarch : {"arm64", "ppc64le", "s390x"}) {
    const Port port{"linux", goarch};
    const CCompiler compiler = cross_gcc();
    const Scratch scratch;
    const AddedFile wrapper = exec_wrapper(port, amd64, release, current_layout, &compiler).at(0);
    scratch.file(wrapper.path, wrapper.text, true);
    scratch.file("path/" + *qemu_program(goarch), "#!/bin/sh\necho runs\n", true);
    const auto said_of = [&](const std::string& program) {
      Command command;
      Said said{};
      command.argv = {(scratch / wrapper.path).string(), scratch.file("prog", program).string()};
      command.environment = {{"PATH", (scratch / "path").string() + ":/usr/bin:/bin"}};
      command.on_line = [&](std::string_view line) { said.text += std::string(line) + "\n"; };
      said.code = run(command).code;
      return said;
    };
    CHECK(said_of("ELF").text == "runs\n");
    const Said race = said_of(std::string("a\0FATAL: ThreadSanitizer: no\n", 29));
    CHECK(race.code == (goarch == "s390x" ? 0 : 2));
    CHECK(contains(race.text, goarch == "s390x" ? "runs" : "-race of " + port.text() + " does not run"));
  }
}

TEST_CASE("a Wine without the library that Go's programs need gets it from the SDK's own compiler") {
  const Port port{"windows", "amd64"};
  const CCompiler compiler = cross_gcc();
  const Scratch scratch;
  const AddedFile wrapper = exec_wrapper(port, amd64, release, current_layout, &compiler).at(0);
  scratch.file(wrapper.path, wrapper.text, true);
  scratch.file("bin/go_windows_amd64_cc", "#!/bin/sh\nwhile [ \"$1\" != -o ]; do shift; done\ncat >\"$2\"\n",
               true);
  scratch.file(
      "path/wine64",
      "#!/bin/sh\nif [ \"$1\" = wineboot ]; then mkdir -p \"$WINEPREFIX/drive_c/windows/system32\"; fi\n"
      "echo \"$@\"\n",
      true);
  const auto said = [&] {
    Command command;
    std::string text;
    command.argv = {(scratch / wrapper.path).string(), "prog.exe"};
    command.environment = {{"PATH", (scratch / "path").string() + ":/usr/bin:/bin"},
                           {"WINEPREFIX", (scratch / "wine").string()}};
    command.on_line = [&](std::string_view line) { text += std::string(line) + "\n"; };
    CHECK(run(command).code == 0);
    return text;
  };
  CHECK(contains(said(), "this Wine has no bcryptprimitives.dll"));
  CHECK(contains(read_file(scratch / "wine/drive_c/windows/system32/bcryptprimitives.dll"), "ProcessPrng"));
  CHECK(said() == "prog.exe\n");
}

TEST_CASE("a static QEMU will do") {
  const Scratch scratch;
  CHECK(run_wrapper(scratch, {"linux", "mips64le"}, {"qemu-mips64el-static"}).text ==
        "qemu-mips64el-static prog a b\n");
}

TEST_CASE("a missing runner is named with the package to install") {
  const Scratch qemu;
  // loong64: no kernel here knows it by binfmt_misc
  const Said no_qemu = run_wrapper(qemu, {"linux", "loong64"}, {});
  CHECK(no_qemu.code == 2);
  CHECK(contains(no_qemu.text, "qemu-loongarch64 is not on PATH"));
  CHECK(contains(no_qemu.text, "apt-get install qemu-user"));
  const Scratch js;
  const Said no_node = run_wrapper(js, {"js", "wasm"}, {});
  CHECK(no_node.code == 2);
  CHECK(contains(no_node.text, "apt-get install nodejs"));
  const Scratch wasi;
  const Said no_runtime = run_wrapper(wasi, {"wasip1", "wasm"}, {});
  CHECK(no_runtime.code == 2);
  CHECK(contains(no_runtime.text, "apt-get install nodejs"));
}

TEST_CASE("js programs run in node with Go's own glue, found beside the wrapper") {
  const Scratch scratch;
  CHECK(run_wrapper(scratch, {"js", "wasm"}, {"node"}).text ==
        "node --stack-size=8192 --no-incremental-marking --require " +
            (scratch / "share/gostrap/wasm_environment.cjs").string() + " " +
            (scratch / "share/go/lib/wasm/wasm_exec_node.js").string() + " prog a b\n");
}

TEST_CASE("a wasm program is not to have more than one thread, and what is exported reaches it") {
  for (const Port& port : {Port{"js", "wasm"}, Port{"wasip1", "wasm"}, Port{"linux", "arm64"}}) {
    const Scratch scratch;
    for (const AddedFile& file : exec_wrapper(port, amd64, release))
      scratch.file(file.path, file.text, file.executable);
    for (const char* runner : {"node", "qemu-aarch64"}) {
      scratch.file(std::string("path/") + runner,
                   "#!/bin/sh\necho \"${GOMAXPROCS-none} $root $runtime $program $qemu\"\n", true);
    }
    Command command;
    std::string said;
    command.argv = {(scratch / ("bin/go_" + port.underscored() + "_exec")).string(), "prog"};
    command.environment = {{"PATH", (scratch / "path").string() + ":/usr/bin:/bin"},
                           {"GOMAXPROCS", "4"},
                           {"GOWASIRUNTIME", "node"},
                           {"root", "r"},
                           {"runtime", "t"},
                           {"program", "p"},
                           {"qemu", "q"}};
    command.on_line = [&](std::string_view line) { said += std::string(line) + "\n"; };
    run(command);
    CHECK(said == (port.goarch == "wasm" ? "none r t p q\n" : "4 r t p q\n"));
  }
}

TEST_CASE("a wrapper finds its SDK whatever the directory is called") {
  for (const std::string name : {"a b", "end\n", "it's", "$HOME", "-n"}) {
    const Scratch scratch;
    for (const AddedFile& file : exec_wrapper({"js", "wasm"}, amd64, release))
      scratch.file(name + "/" + file.path, file.text, file.executable);
    scratch.file("path/node", "#!/bin/sh\nprintf '%s\\n' \"$4\"\n", true);
    Command command;
    std::string said;
    command.argv = {(scratch / name / "bin/go_js_wasm_exec").string(), "prog"};
    command.environment = {{"PATH", (scratch / "path").string() + ":/usr/bin:/bin"}};
    command.on_line = [&](std::string_view line) { said += std::string(line) + "\n"; };
    run(command);
    CHECK(said == (scratch / name / "share/gostrap/wasm_environment.cjs").string() + "\n");
  }
}

TEST_CASE("before 1.24 Go's wasm glue was in misc") {
  CHECK(contains(exec_wrapper({"js", "wasm"}, amd64, {1, 23, 1}).at(0).text, "share/go/misc/wasm/"));
}

TEST_CASE("WASI programs run in the first runtime found, in the one asked for, or in node") {
  const Port wasi{"wasip1", "wasm"};
  const Scratch both;
  CHECK(contains(run_wrapper(both, wasi, {"wazero", "wasmtime"}).text, "wasmtime run --dir=/ --env PWD="));
  const Scratch asked;
  CHECK(contains(run_wrapper(asked, wasi, {"wazero", "wasmtime"}, {{"GOWASIRUNTIME", "wazero"}}).text,
                 "wazero run"));
  const Scratch node;
  const std::string said_by_node = run_wrapper(node, wasi, {"node"}).text;
  CHECK(contains(said_by_node, "node --no-warnings --stack-size=8192 --no-incremental-marking "));
  CHECK(contains(said_by_node, "share/gostrap/wasi_exec.mjs prog a b"));
  const Scratch unknown;
  const Said said = run_wrapper(unknown, wasi, {"node"}, {{"GOWASIRUNTIME", "pie"}});
  CHECK(said.code == 2);
  CHECK(contains(said.text, "GOWASIRUNTIME=pie is not one of"));
}

TEST_CASE("dynamic programs find their libraries where the C compiler has them, unless the user says where") {
  const Scratch scratch;
  const Port arm64{"linux", "arm64"};
  CCompiler compiler = cross_gcc();
  compiler.library_root = scratch.directory("it's a root").string();
  const std::string root = compiler.library_root;
  CHECK(run_with_c(scratch, arm64, compiler, "qemu-aarch64") ==
        "qemu-aarch64 prog a b " + root + " none none none none\n");
  CHECK(run_with_c(scratch, arm64, compiler, "qemu-aarch64", {{"QEMU_LD_PREFIX", "/mine"}}) ==
        "qemu-aarch64 prog a b /mine none none none none\n");
  fs::remove(root);  // what is gone is not named
  CHECK(run_with_c(scratch, arm64, compiler, "qemu-aarch64") ==
        "qemu-aarch64 prog a b none none none none none\n");
  compiler.library_root = "";
  CHECK_FALSE(
      contains(exec_wrapper(arm64, amd64, release, current_layout, &compiler).at(0).text, "QEMU_LD_PREFIX"));
}

TEST_CASE("libraries of a sysroot that stands beside the compiler's own are found at run time, too") {
  const Scratch scratch;
  const Port arm64{"linux", "arm64"};
  CCompiler compiler = cross_gcc();
  compiler.library_root = "";
  compiler.sysroot = "/my root";
  compiler.sysroot_use = SysrootUse::beside;
  compiler.libraries = {"/my root/usr/lib", "/my rooted/lib", "/my root/lib", "/usr/lib"};
  const auto said = [&](const Environment& more = {}) {
    return run_with_c(scratch, arm64, compiler, "qemu-aarch64", more);
  };
  CHECK(said() ==
        "qemu-aarch64 prog a b none LD_LIBRARY_PATH=/my root/usr/lib:/my root/lib none none none\n");
  CHECK(said({{"LD_LIBRARY_PATH", "/mine"}}) ==
        "qemu-aarch64 prog a b none LD_LIBRARY_PATH=/my root/usr/lib:/my root/lib:/mine /mine none none\n");
  CHECK(said({{"QEMU_SET_ENV", "X=1"}}) ==
        "qemu-aarch64 prog a b none X=1,LD_LIBRARY_PATH=/my root/usr/lib:/my root/lib none none none\n");
  for (const SysrootUse use :
       {SysrootUse::instead, SysrootUse::forced}) {  // there library_root is the sysroot
    compiler.sysroot_use = use;
    CHECK(said() == "qemu-aarch64 prog a b none none none none none\n");
  }
}

TEST_CASE("a program of a static SDK, or of one without C, is run as ever") {
  CCompiler compiler = cross_gcc();
  compiler.library_root = compiler.interpreter = "";
  const Port riscv64{"linux", "riscv64"};
  CHECK(exec_wrapper(riscv64, amd64, release, current_layout, &compiler).at(0).text ==
        exec_wrapper(riscv64, amd64, release, plain_layout).at(0).text);
}

TEST_CASE("programs for windows are run with Wine where C is compiled for them, with the compiler's DLLs") {
  const Port windows{"windows", "amd64"};
  CCompiler mingw;
  mingw.kind = CKind::mingw;
  mingw.libraries = {"/usr/lib/gcc/x86_64-w64-mingw32/12-win32", "/usr/x86_64-w64-mingw32/a b"};
  const std::string dlls = "Z:\\usr\\lib\\gcc\\x86_64-w64-mingw32\\12-win32;Z:\\usr\\x86_64-w64-mingw32\\a b";
  const Scratch scratch;
  CHECK(run_with_c(scratch, windows, mingw, "wine64") ==
        "wine64 prog a b none none none " + dlls + " -all\n");
  CHECK(run_with_c(scratch, windows, mingw, "wine64", {{"WINEPATH", "Z:\\mine"}, {"WINEDEBUG", "+all"}}) ==
        "wine64 prog a b none none none Z:\\mine;" + dlls + " +all\n");
  fs::remove(scratch / "path/wine64");
  if (!fs::exists("/usr/lib/wine/wine64")) {
    CHECK(run_with_c(scratch, windows, mingw, "wine") == "wine prog a b none none none " + dlls + " -all\n");
    fs::remove(scratch / "path/wine");
    const std::string said = run_with_c(scratch, windows, mingw, "other");
    CHECK(said ==
          "go_windows_amd64_exec: Wine is not there: Debian: apt-get install wine64; Nix: pkgs.wine64\n");
  }
  if (!fs::exists("/usr/lib/wine/wine")) {
    CHECK(contains(run_with_c(scratch, {"windows", "386"}, mingw, "wine64"),
                   "go_windows_386_exec: Wine is not there: for windows/386 it is wine32 "));
  }
}

TEST_CASE("Wine runs programs of its own machine alone") {
  CCompiler mingw;
  mingw.kind = CKind::mingw;
  const auto wrappers = [&](const Port& port, const Port& hosted_on, const CCompiler* compiler) {
    return exec_wrapper(port, hosted_on, release, current_layout, compiler).size();
  };
  CHECK(wrappers({"windows", "amd64"}, amd64, &mingw) == 1);
  CHECK(wrappers({"windows", "386"}, amd64, &mingw) == 1);
  CHECK(wrappers({"windows", "amd64"}, amd64, nullptr) == 0);
  CHECK(wrappers({"windows", "arm64"}, amd64, &mingw) == 0);
  CHECK(wrappers({"windows", "amd64"}, {"linux", "arm64"}, &mingw) == 0);
  CHECK_FALSE(why_not_run({"windows", "amd64"}, amd64, &mingw));
  CHECK(contains(*why_not_run({"windows", "arm64"}, amd64, &mingw),
                 "no emulator here runs programs of windows"));
  CHECK(contains(*why_not_run({"windows", "amd64"}, {"linux", "arm64"}, &mingw), "no emulator here"));
  CHECK(why_not_run({"darwin", "arm64"}, amd64, &mingw));
}
