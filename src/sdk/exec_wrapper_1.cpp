// What SDKs of layout 1 have beside share/go, to the byte: they are told from a stranger's by it. Not to be
// changed.
#include "sdk/exec_wrapper_1.hpp"

#include "sdk/exec_wrapper.hpp"

namespace gostrap {
namespace {

std::string script_head(const Port& port, const std::string& runner) {
  return "#!/bin/sh\n# Runs a " + port.text() + " program with " + runner +
         "; cmd/go calls it for go run and go test.\n";
}

std::string qemu_script(const Port& port, const std::string& qemu) {
  const std::string machine = qemu.substr(qemu.find('-') + 1);
  return script_head(port, "QEMU's user-mode emulation") + "for qemu in " + qemu + " " + qemu +
         "-static; do\n"
         "  if command -v \"$qemu\" >/dev/null 2>&1; then exec \"$qemu\" \"$@\"; fi\n"
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

/// The directory of the wrapper itself, also when it is called through a link.
constexpr const char* find_root = "root=$(dirname \"$(dirname \"$(readlink -f \"$0\")\")\")\n";

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
         node_options + " \"$root/share/go/" + wasm_directory(version) +
         "/wasm_exec_node.js\" \"$@\"\n"
         "fi\n" +
         node_missing(port, "");
}

std::string wasi_choice() {
  return R"(# GOWASIRUNTIME chooses, as upstream's own wrapper has it; without it the first one found.
runtime=${GOWASIRUNTIME-}
if [ -z "$runtime" ]; then
  for runtime in wasmtime wazero wasmer wasmedge node; do
    if command -v "$runtime" >/dev/null 2>&1; then break; fi
  done
fi
case $runtime in
  wasmtime) exec wasmtime run --dir=/ --env PWD="$PWD" --env PATH="$PATH" -W max-wasm-stack=1048576 ${GOWASIRUNTIMEARGS-} "$@" ;;
  wazero) exec wazero run -mount /:/ -env-inherit -cachedir "${TMPDIR:-/tmp}/wazero" ${GOWASIRUNTIMEARGS-} "$@" ;;
  wasmer) program=$1; shift; exec wasmer run --dir=/ --env PWD="$PWD" --env PATH="$PATH" ${GOWASIRUNTIMEARGS-} "$program" -- "$@" ;;
  wasmedge) exec wasmedge --dir=/ --env PWD="$PWD" --env PATH="$PATH" ${GOWASIRUNTIMEARGS-} "$@" ;;
  node) if command -v node >/dev/null 2>&1; then )" +
         std::string("exec node --no-warnings ") + node_options +
         R"( "$root/share/gostrap/wasi_exec.mjs" "$@"; fi ;;
  *) echo "go_wasip1_wasm_exec: GOWASIRUNTIME=$runtime is not one of wasmtime, wazero, wasmer, wasmedge, node" >&2; exit 2 ;;
esac
)";
}

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

std::vector<WrapperFile> exec_wrapper_1(const Port& port, const Port& hosted_on, const Version& version) {
  const std::string path = "bin/go_" + port.underscored() + "_exec";
  if (runs_natively(port, hosted_on)) return {};
  if (port == Port{"js", "wasm"}) return {{path, js_script(port, version), true}};
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

}  // namespace gostrap
