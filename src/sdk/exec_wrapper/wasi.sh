#!/bin/sh
# Runs a wasip1/wasm program with a WASI runtime, or node's own WASI; cmd/go calls it for go run and go test.
gostrap_root=$0
if [ -L "$gostrap_root" ]; then gostrap_root=$(readlink -f -- "$gostrap_root"); fi
gostrap_root=$(cd -P -- "${gostrap_root%/*}/.." && pwd -P && echo .)
gostrap_root=${gostrap_root%??}
# A wasm program has one thread, and ends if it is to have more.
unset GOMAXPROCS
# GOWASIRUNTIME chooses, as upstream's own wrapper has it; without it the first one found.
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
  node) if command -v node >/dev/null 2>&1; then exec node --no-warnings --stack-size=8192 --no-incremental-marking "$gostrap_root/share/gostrap/wasi_exec.mjs" "$@"; fi ;;
  *) echo "go_wasip1_wasm_exec: GOWASIRUNTIME=$gostrap_runtime is not one of wasmtime, wazero, wasmer, wasmedge, node" >&2; exit 2 ;;
esac
echo "go_wasip1_wasm_exec: no WASI runtime (wasmtime, wazero, wasmer, wasmedge) and node is not on PATH: install Node.js (Debian: apt-get install nodejs; Nix: pkgs.nodejs)" >&2
exit 2
