#!/bin/sh
# Runs a wasip1/wasm program with a WASI runtime, or node's own WASI; cmd/go calls it for go run and go test.
root=$(dirname "$(dirname "$(readlink -f "$0")")")
# GOWASIRUNTIME chooses, as upstream's own wrapper has it; without it the first one found.
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
  node) if command -v node >/dev/null 2>&1; then exec node --no-warnings --stack-size=8192 --no-incremental-marking "$root/share/gostrap/wasi_exec.mjs" "$@"; fi ;;
  *) echo "go_wasip1_wasm_exec: GOWASIRUNTIME=$runtime is not one of wasmtime, wazero, wasmer, wasmedge, node" >&2; exit 2 ;;
esac
echo "go_wasip1_wasm_exec: no WASI runtime (wasmtime, wazero, wasmer, wasmedge) and node is not on PATH: install Node.js (Debian: apt-get install nodejs; Nix: pkgs.nodejs)" >&2
exit 2
