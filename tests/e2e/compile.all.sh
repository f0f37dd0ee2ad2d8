#!/usr/bin/env bash
# Thirteen programs that nobody here wrote, for four ports each: the same bytes as go build's. Eight are Go's own commands,
# the others come from Debian's golang-*-dev packages. One of our own has what those lack: embedded files, assembly, a profile.
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
# shellcheck source=tests/lib/compile.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/compile.sh"
requires zip
ports=(linux/amd64 linux/arm64 linux/riscv64 js/wasm)
commands=(go gofmt vet asm link cover nm pprof)
tools=(stringer goyacc callgraph present2md html2article)

build 1.24.4 "${ports[@]}" >/dev/null
mkdir "$T/tools" && cd "$T/tools"
# golang.org/x/tools and what it needs, vendored as Debian has them
cp -rL "$gocode/golang.org/x/tools/." .
rm -rf gopls
printf 'module golang.org/x/tools\n\ngo 1.18\n' >go.mod
for module in mod net sys; do
  cp -rL "$gocode/golang.org/x/$module" "$T/$module"
  printf 'module golang.org/x/%s\n\ngo 1.17\n' "$module" >"$T/$module/go.mod"
  printf '\nrequire golang.org/x/%s v0.1.0\nreplace golang.org/x/%s => %s\n' "$module" "$module" "$T/$module" >>go.mod
done
[ ! -d "$gocode/golang.org/x/text" ] || {
  cp -rL "$gocode/golang.org/x/text" "$T/text"
  printf 'module golang.org/x/text\n\ngo 1.17\n' >"$T/text/go.mod"
  printf '\nrequire golang.org/x/text v0.1.0\nreplace golang.org/x/text => %s\n' "$T/text" >>go.mod
}
[ ! -d "$gocode/github.com/yuin/goldmark" ] || {
  serve_module github.com/yuin/goldmark v1.5.4 "$gocode/github.com/yuin/goldmark"
  printf '\nrequire github.com/yuin/goldmark v1.5.4\n' >>go.mod
}
export GOFLAGS="-modcacherw -mod=mod"
for port in "${ports[@]}"; do
  for name in "${tools[@]}"; do expect_same "$port" "./cmd/$name" --mod mod; done
  for name in "${commands[@]}"; do expect_same "$port" "cmd/$name"; done
done

make_module "$T/module"
cd "$T/module"
for port in "${ports[@]}"; do expect_same "$port" .; done
go_of linux/amd64 test -run NONE -cpuprofile "$T/cpu.pprof" sort >/dev/null
cp "$T/cpu.pprof" default.pgo
expect_same linux/arm64 .
expect_same linux/arm64 . --pgo off
rm default.pgo
expect_same linux/arm64 . --pgo "$T/cpu.pprof"
ok "with a profile too"
