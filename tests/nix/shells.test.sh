#!/usr/bin/env bash
# nix develop: go targets the shell's port, go run and go test work there, and no variable says so.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"
requires qemu-riscv64 qemu-aarch64 node
give_archive 1.24.4
mkdir "$T/hello" && cd "$T/hello"
cp "$GOSTRAP_SOURCE_DIR"/nix/templates/default/{go.mod,main.go,main_test.go} .

# develop SHELL COMMAND…: with a PATH that has nothing of this machine's, so that emulators come from the shell.
develop() {
  local shell=$1
  shift
  expect_exit 0 env PATH=/usr/sbin:/usr/bin GOROOT=/nowhere "$(command -v nix)" develop "$flake#$shell" "${stand_in[@]}" --command "$@"
}

for pair in riscv64=linux/riscv64 arm64=linux/arm64 wasm=js/wasm wasi=wasip1/wasm; do
  shell=go_1_24_4.${pair%=*} port=${pair#*=}
  develop "$shell" bash -c 'go run . && go test . && go env GOOS GOARCH GOTOOLCHAIN && env >env && type -p go'
  expect_match "^hello from $port, made with go1.24.4$" "$T/out"
  expect_match '^ok  	example.org/hello' "$T/out"
  expect_equal "what go env says" "${port%/*} ${port#*/} local" "$(sed -n 3,5p "$T/out" | tr '\n' ' ' | sed 's/ $//')"
  expect_match "^/nix/store/.*-go-sdk-${port/\//-}-1.24.4/bin/go$" "$T/out"
  expect_no_match '^(GOROOT|GOTOOLCHAIN|GOOS|GOARCH|GOFLAGS|CGO_ENABLED)=' env
  ok "nix develop .#$shell: go run and go test run on $port"
done

# The machine's own.
develop go_1_24_4.amd64 bash -c 'go run . && go test . && go env GOOS GOARCH CGO_ENABLED && type -p go'
expect_match '^hello from linux/amd64, made with go1.24.4$' "$T/out"
expect_match '^0$' "$T/out"
expect_match '^/nix/store/.*-go-sdk-linux-amd64-1.24.4/bin/go$' "$T/out"
develop go_1_24_4.windows-amd64 bash -c 'go build -o hello.exe . && head -c 2 hello.exe'
expect_match '^MZ$' "$T/out"
ok "nix develop .#go_1_24_4.amd64, .#go_1_24_4.windows-amd64"

# The shell to work on gostrap itself; away from go.mod, which asks its Go for another one.
mkdir "$T/elsewhere" && cd "$T/elsewhere"
develop default bash -c 'cmake --version && ninja --version && pkg-config --exists libgit2 libarchive libelf && go version'
expect_match "$("$(system_go)" version)"
ok "nix develop has what building gostrap takes"
