#include "sdk/exec_wrapper.hpp"

#include <array>

namespace gostrap {
namespace {

constexpr std::array qemu_names{
    std::pair{"386", "i386"},      std::pair{"amd64", "x86_64"},        std::pair{"arm", "arm"},
    std::pair{"arm64", "aarch64"}, std::pair{"loong64", "loongarch64"}, std::pair{"mips", "mips"},
    std::pair{"mips64", "mips64"}, std::pair{"mips64le", "mips64el"},   std::pair{"mipsle", "mipsel"},
    std::pair{"ppc64", "ppc64"},   std::pair{"ppc64le", "ppc64le"},     std::pair{"riscv64", "riscv64"},
    std::pair{"s390x", "s390x"},
};

std::string script_head(const Port& port, const std::string& runner) {
  return "#!/bin/sh\n# Runs a " + port.text() + " program with " + runner +
         "; cmd/go calls it for go run and go test.\n";
}

// Names of the scripts' own begin with gostrap_: what the caller has exported must reach the program.

std::string qemu_script(const Port& port, const std::string& qemu) {
  const std::string machine = qemu.substr(qemu.find('-') + 1);
  return script_head(port, "QEMU's user-mode emulation") + "for gostrap_qemu in " + qemu + " " + qemu +
         "-static; do\n"
         "  if command -v \"$gostrap_qemu\" >/dev/null 2>&1; then exec \"$gostrap_qemu\" \"$@\"; fi\n"
         "done\n"
         "# The kernel may know an emulator that is not on PATH (binfmt_misc).\n"
         "if [ -e /proc/sys/fs/binfmt_misc/qemu-" +
         machine +
         " ]; then exec \"$@\"; fi\n"
         "echo \"go_" +
         port.underscored() + "_exec: " + qemu +
         " is not on PATH: install QEMU's user-mode emulation (Debian: apt-get install qemu-user; "
         "Nix: pkgs.qemu-user)\" >&2\n"
         "exit 2\n";
}

/// The SDK, also when the wrapper is called through links, and when its name ends with a newline.
constexpr const char* find_root = R"(gostrap_root=$0
if [ -L "$gostrap_root" ]; then gostrap_root=$(readlink -f -- "$gostrap_root"); fi
gostrap_root=$(cd -P -- "${gostrap_root%/*}/.." && pwd -P && echo .)
gostrap_root=${gostrap_root%??}
# A wasm program has one thread, and ends if it is to have more.
unset GOMAXPROCS
)";

std::string wasm_directory(const Version& version) {
  // misc/wasm moved to lib/wasm in Go 1.24
  return version < Version{1, 24, 0, 0} ? "misc/wasm" : "lib/wasm";
}

std::string node_missing(const Port& port, const std::string& others) {
  return "echo \"go_" + port.underscored() + "_exec: " + others +
         "node is not on PATH: install Node.js (Debian: apt-get install nodejs; Nix: pkgs.nodejs)\" >&2\n"
         "exit 2\n";
}

/// V8's default stack is too small for deep recursion in Go's own tests. And its incremental marking, which a
/// wasm memory that grows sets off, leaves stale pointers behind: Node.js 20 then crashes now and then, on a
/// busy machine more often.
constexpr const char* node_options = "--stack-size=8192 --no-incremental-marking";

std::string js_script(const Port& port, const Version& version) {
  return script_head(port, "node") + find_root +
         "if command -v node >/dev/null 2>&1; then\n"
         "  exec node " +
         node_options +
         " --require \"$gostrap_root/share/gostrap/wasm_environment.cjs\" \"$gostrap_root/share/go/" +
         wasm_directory(version) +
         "/wasm_exec_node.js\" \"$@\"\n"
         "fi\n" +
         node_missing(port, "");
}

std::string wasi_choice() {
  return R"(# GOWASIRUNTIME chooses, as upstream's own wrapper has it; without it the first one found.
gostrap_runtime=${GOWASIRUNTIME-}
if [ -z "$gostrap_runtime" ]; then
  for gostrap_runtime in wasmtime wazero wasmer wasmedge node; do
    if command -v "$gostrap_runtime" >/dev/null 2>&1; then break; fi
  done
fi
case $gostrap_runtime in
  wasmtime) exec wasmtime run --dir=/ --env PWD="$PWD" --env PATH="$PATH" -W max-wasm-stack=1048576 ${GOWASIRUNTIMEARGS-} "$@" ;;
  wazero) exec wazero run -mount /:/ -env-inherit -cachedir "${TMPDIR:-/tmp}/wazero" ${GOWASIRUNTIMEARGS-} "$@" ;;
  wasmer) gostrap_program=$1; shift; exec wasmer run --dir=/ --env PWD="$PWD" --env PATH="$PATH" ${GOWASIRUNTIMEARGS-} "$gostrap_program" -- "$@" ;;
  wasmedge) exec wasmedge --dir=/ --env PWD="$PWD" --env PATH="$PATH" ${GOWASIRUNTIMEARGS-} "$@" ;;
  node) if command -v node >/dev/null 2>&1; then )" +
         std::string("exec node --no-warnings ") + node_options +
         R"( "$gostrap_root/share/gostrap/wasi_exec.mjs" "$@"; fi ;;
  *) echo "go_wasip1_wasm_exec: GOWASIRUNTIME=$gostrap_runtime is not one of wasmtime, wazero, wasmer, wasmedge, node" >&2; exit 2 ;;
esac
)";
}

constexpr const char* wasm_environment =
    R"(// Go's glue for js/wasm has 8 KiB for all arguments and variables together, and throws where there are more. So
// variables are left out until the rest fits: the largest first, those that Go programs look at last. Where the
// program then fails, they are named.
"use strict";

const room = 8192;
// each with its NUL, on a multiple of eight, and eight bytes that say where it is
const size = (text) => Math.ceil((Buffer.byteLength(text) + 1) / 8) * 8 + 8;
const size_of = (name) => size(`${name}=${process.env[name]}`);

let all = 64 + size(`TMPDIR=${require("os").tmpdir()}`);
for (const word of ["js", ...process.argv.slice(2)]) all += size(word);
for (const name of Object.keys(process.env)) all += size_of(name);

if (all >= room) {
  const rank = (name) => (/^GO/.test(name) ? 2 : /^(CI|HOME|LANG|LC_.*|PATH|PWD|TERM|TMPDIR|TZ|USER)$/.test(name) ? 1 : 0);
  const left_out = [];
  for (const name of Object.keys(process.env).sort((a, b) => rank(a) - rank(b) || size_of(b) - size_of(a))) {
    if (all < room) break;
    all -= size_of(name);
    left_out.push(name);
    delete process.env[name];
  }
  process.on("exit", (code) => {
    if (code === 0) return;
    const names = left_out.slice(0, 8).join(", ") + (left_out.length > 8 ? `, and ${left_out.length - 8} more` : "");
    console.error(`go_js_wasm_exec: the program did not get ${names}: a wasm program has ${room} bytes for its arguments and environment`);
  });
}
)";

constexpr const char* wasi_module =
    R"(// Runs a wasip1 program with node's own WASI: the whole file system, the caller's environment and directory.
import { readFile } from "node:fs/promises";
import { WASI } from "node:wasi";

const [program, ...args] = process.argv.slice(2);
const wasi = new WASI({
  version: "preview1",
  args: [program, ...args],
  env: { ...process.env, PWD: process.cwd() },
  preopens: { "/": "/" },
  returnOnExit: true,
});
// not getImportObject(): Node.js 18 has none
const imports = { wasi_snapshot_preview1: wasi.wasiImport };
const { instance } = await WebAssembly.instantiate(await readFile(program), imports);
process.exitCode = wasi.start(instance);
)";

}  // namespace

/// An x86-64 kernel runs 386 programs by itself.
bool runs_natively(const Port& port, const Port& hosted_on) {
  return port == hosted_on || (port == Port{"linux", "386"} && hosted_on == Port{"linux", "amd64"});
}

std::optional<std::string> qemu_program(const std::string& goarch) {
  for (const auto& [go_name, qemu_name] : qemu_names) {
    if (goarch == go_name) return std::string("qemu-") + qemu_name;
  }
  return std::nullopt;
}

std::vector<WrapperFile> exec_wrapper(const Port& port, const Port& hosted_on, const Version& version) {
  const std::string path = "bin/go_" + port.underscored() + "_exec";
  if (runs_natively(port, hosted_on)) return {};
  if (port == Port{"js", "wasm"}) {
    return {{path, js_script(port, version), true},
            {"share/gostrap/wasm_environment.cjs", wasm_environment, false}};
  }
  if (port == Port{"wasip1", "wasm"}) {
    const std::string script =
        script_head(port, "a WASI runtime, or node's own WASI") + find_root + wasi_choice() +
        node_missing(port, "no WASI runtime (wasmtime, wazero, wasmer, wasmedge) and ");
    return {{path, script, true}, {"share/gostrap/wasi_exec.mjs", wasi_module, false}};
  }
  const std::optional<std::string> qemu = qemu_program(port.goarch);
  if (port.goos != "linux" || hosted_on.goos != "linux" || !qemu) return {};
  return {{path, qemu_script(port, *qemu), true}};
}

std::optional<std::string> why_not_run(const Port& port, const Port& hosted_on) {
  if (runs_natively(port, hosted_on) || !exec_wrapper(port, hosted_on, Version{1, 24, 0}).empty()) {
    return std::nullopt;
  }
  if (port.goos == "linux") return "QEMU's user mode does not emulate " + port.goarch;
  return "no emulator here runs programs of " + port.goos;
}

}  // namespace gostrap
