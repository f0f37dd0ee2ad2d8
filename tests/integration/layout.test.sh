#!/usr/bin/env bash
# How an SDK lies on disk, and how the store keeps it.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.98.0
fake_release 1.99.0
expect_exit 0 "$GOSTRAP" build riscv64 wasm wasi windows/amd64 "$own_port" --release 1.99.0
sdk=$(entry go1.99.0-sdk-linux-riscv64)
host=$(entry "go1.99.0-host-$own_dashed")
source=$(entry go1.99.0-source)

links() { find "$1" -type l -printf '%P -> %l\n' | sort | tr '\n' ';'; }
expect_equal "the links of an SDK" \
  "GOROOT -> share/go;bin/gofmt -> ../share/go/bin/gofmt;go -> share/go;" "$(links "$sdk")"
expect_equal "what lies at the top" "GOROOT bin go share " "$(find "$sdk" -mindepth 1 -maxdepth 1 -printf '%f\n' | sort | tr '\n' ' ')"
if [ -L "$sdk/bin/go" ] || [ ! -x "$sdk/bin/go" ]; then fail "bin/go is no launcher"; fi
expect_equal "layout" 2 "$(json "$sdk/share/gostrap/manifest.json" layout)"
expect_equal "the links of a toolchain" \
  "GOROOT -> share/go;bin/go -> ../share/go/bin/go;bin/gofmt -> ../share/go/bin/gofmt;go -> share/go;" "$(links "$host")"
ok "share/go is the GOROOT; bin/gofmt, go and GOROOT lead to it, and bin/go is a launcher"

expect_equal "tools of the distribution" "asm cgo compile cover fix link preprofile vet" \
  "$(find "$sdk/share/go/pkg/tool" -type f -printf '%f\n' | sort | tr '\n' ' ' | sed 's/ $//')"
[ -e "$sdk/share/go/pkg/include/textflag.h" ] || fail "pkg/include is missing"
for left in pkg/obj src/cmd/dist/dist; do [ ! -e "$sdk/share/go/$left" ] || fail "$left is a left-over of make.bash"; done
ok "what make.bash leaves beside the toolchain is not part of it"

expect_equal "files of the SDK that differ from the toolchain's" "go.env" \
  "$(diff -rq "$host/share/go" "$sdk/share/go" | sed -n 's/^Files .*share\/go\/\(.*\) and .* differ$/\1/p')"
expect_equal "settings of go.env" "GOPROXY=off GOSUMDB=off GOTOOLCHAIN=local GOOS=linux GOARCH=riscv64 " \
  "$(grep -v -e '^#' -e '^$' "$sdk/share/go/go.env" | tr '\n' ' ')"
cmp "$sdk/share/gostrap/upstream-go.env" "$host/share/go/go.env"
ok "go.env sets the port and GOTOOLCHAIN, and is all that differs"

manifest=$sdk/share/gostrap/manifest.json
for pair in kind=sdk release=1.99.0 "hostedOn=$own_port" port=linux/riscv64 canonical=true; do
  expect_equal "${pair%=*} in the manifest" "${pair#*=}" "$(json "$manifest" "${pair%=*}")"
done
expect_equal "source in the manifest" "$(json "$releases_file" releases 1.99.0 source)" "$(json "$manifest" source)"
expect_equal "files in the manifest" "$(find "$sdk" -type f -not -name manifest.json | wc -l)" "$(json "$manifest" files)"
ok "the manifest says what it is"

expect_equal "entries that may be written to" "" \
  "$(find "$sdk" "$host" "$source" -not -type l -perm /222 -printf '%p %m\n')"
expect_equal "the same file in source, host and SDK" 1 \
  "$(stat -c %i "$source/src/fmt/print.go" "$host/share/go/src/fmt/print.go" "$sdk/share/go/src/fmt/print.go" | sort -u | wc -l)"
expect_equal "go in two SDKs" "$(stat -c %i "$sdk/share/go/bin/go")" \
  "$(stat -c %i "$(entry go1.99.0-sdk-js-wasm)/share/go/bin/go")"
expect_equal "links of go.env" 1 "$(stat -c %h "$sdk/share/go/go.env")"
ok "entries are read-only, and what they share is one file on disk"

wrapper() { printf '%s/bin/go_%s_exec\n' "$(entry "go1.99.0-sdk-$1")" "${1/-/_}"; }
mkdir "$T/few"
for program in sh dirname readlink; do ln -s "$(command -v $program)" "$T/few/$program"; done
program=$T/program
printf '#!/bin/sh\necho "program $*"\n' >"$program" && chmod +x "$program"
if [ ! -e /proc/sys/fs/binfmt_misc/qemu-riscv64 ]; then
  PATH=$T/few expect_exit 2 "$(wrapper linux-riscv64)" "$program"
  expect_match 'qemu-riscv64 is not on PATH: install .*apt-get install qemu-user' "$T/err"
fi
PATH=$T/few expect_exit 2 "$(wrapper js-wasm)" "$program"
expect_match 'node is not on PATH: install .*apt-get install nodejs' "$T/err"
PATH=$T/few expect_exit 2 "$(wrapper wasip1-wasm)" "$program"
expect_match 'wasmtime, .*node is not on PATH' "$T/err"
GOWASIRUNTIME=nosuch PATH=$T/few expect_exit 2 "$(wrapper wasip1-wasm)" "$program"
expect_match 'GOWASIRUNTIME=nosuch is not one of' "$T/err"
ok "a wrapper whose runner is missing says what to install"

fake_qemu riscv64
expect_exit 0 "$(wrapper linux-riscv64)" "$program" one "two words"
expect_equal "the program's words" "program one two words" "$(cat "$T/out")"
printf '#!/bin/sh\necho "node $*"\n' >"$T/few/node" && chmod +x "$T/few/node"
ln -s "$(wrapper js-wasm)" "$T/few/through-a-link"
PATH=$T/few expect_exit 0 through-a-link "$program" one
expect_match "^node .*$(entry go1.99.0-sdk-js-wasm)/share/go/lib/wasm/wasm_exec_node.js $program one$" "$T/out"
PATH=$T/few expect_exit 0 "$(wrapper wasip1-wasm)" "$program" one
expect_match "^node .*/share/gostrap/wasi_exec.mjs $program one$" "$T/out"
ok "a wrapper starts its runner with the program and its words"

for name in "$own_dashed" windows-amd64; do
  expect_equal "wrappers of $name" "" "$(find "$(entry "go1.99.0-sdk-$name")/bin" -name '*_exec')"
done
ok "the host's own port and ports that nothing here runs have no wrapper"
