#!/bin/sh
# Runs a js/wasm program with node; cmd/go calls it for go run and go test.
gostrap_root=$0
if [ -L "$gostrap_root" ]; then gostrap_root=$(readlink -f -- "$gostrap_root"); fi
gostrap_root=$(cd -P -- "${gostrap_root%/*}/.." && pwd -P && echo .)
gostrap_root=${gostrap_root%??}
# A wasm program has one thread, and ends if it is to have more.
unset GOMAXPROCS
if command -v node >/dev/null 2>&1; then
  exec node --stack-size=8192 --no-incremental-marking --require "$gostrap_root/share/gostrap/wasm_environment.cjs" "$gostrap_root/share/go/@wasm_directory@/wasm_exec_node.js" "$@"
fi
echo "go_js_wasm_exec: node is not on PATH: install Node.js (Debian: apt-get install nodejs; Nix: pkgs.nodejs)" >&2
exit 2
