#!/bin/sh
# Runs a js/wasm program with node; cmd/go calls it for go run and go test.
root=$(dirname "$(dirname "$(readlink -f "$0")")")
if command -v node >/dev/null 2>&1; then
  exec node --stack-size=8192 --no-incremental-marking "$root/share/go/@wasm_directory@/wasm_exec_node.js" "$@"
fi
echo "go_js_wasm_exec: node is not on PATH: install Node.js (Debian: apt-get install nodejs; Nix: pkgs.nodejs)" >&2
exit 2
