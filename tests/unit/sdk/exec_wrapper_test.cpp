#include "sdk/exec_wrapper.hpp"

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
