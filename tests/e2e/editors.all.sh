#!/usr/bin/env bash
# What editors start, with an SDK: Debian 13's gopls and delve (12's are too old for Go 1.24), in a root that has no other Go. A
# directory as argument: of what .ci/release has put there.
if [ -z "${GOSTRAP_TEST_MOUNTS-}" ]; then
  export GOSTRAP_TEST_MOUNTS=no
  way=(unshare --mount --pid --fork)
  if "${way[@]}" true 2>/dev/null; then GOSTRAP_TEST_MOUNTS=yes exec "${way[@]}" bash "$0" "$@"; fi
fi
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
# shellcheck source=tests/lib/fresh-root.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/fresh-root.sh"
requires debootstrap git
requires_mounts
[ "$(uname -m)" = x86_64 ] || fail "this test is written for amd64"
dist=${1-$T/dist}
[ $# -gt 0 ] ||
  GOSTRAP_RELEASE_ONLY=portable=amd64 expect_exit 0 "$GOSTRAP_SOURCE_DIR/.ci/release" "$dist" "${GOSTRAP_TEST_PORTABLE:?where it is built}"
build 1.24.4 riscv64 wasm amd64 >/dev/null

has_fresh_root trixie
fresh_root trixie
cp "$dist/gostrap-linux-amd64" "$root/usr/bin/gostrap"
mkdir "$root/store" "$root/p"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --bind "$GOSTRAP_STORE" "$root/store"
in_root() {
  chroot "$root" /usr/bin/env -i -C /p PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root GOSTRAP_STORE=/store "$@"
}
expect_exit 0 in_root apt-get -qq update
expect_exit 0 in_root DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install gopls delve qemu-user
expect_exit 127 in_root sh -c 'go version'

cd "$root/p"
printf 'module example.org/p\n\ngo 1.24\n' >go.mod
cat >main.go <<'GO'
package main

import "os"

func main() {
	said := greet("gopher")
	os.Stdout.WriteString(said + "\n")
}
GO
printf 'package main\n\nfunc greet(name string) string { return "hello from riscv64, " + name }\n' >greet_riscv64.go
printf '//go:build !riscv64\n\npackage main\n\nfunc greet(name string) string { return "hello, " + name }\n' >greet.go
printf 'package main\n\nimport "testing"\n\nfunc TestGreet(t *testing.T) { t.Log(greet("test")) }\n' >main_test.go

with() { in_root gostrap exec "$1" --release 1.24.4 "${@:2}"; } # PORT [--debug] -- COMMAND…
expect_exit 0 with riscv64 -- gopls definition main.go:7:13
expect_match '^/store/[^/]*-sdk-linux-riscv64/share/go/src/os/file.go:.*WriteString'
expect_exit 0 with riscv64 -- gopls definition main.go:6:10
expect_match '^/p/greet_riscv64.go:3:6-11: defined here'
expect_exit 0 with amd64 -- gopls definition main.go:6:10
expect_match '^/p/greet.go:5:6-11: defined here'
expect_exit 0 with riscv64 -- gopls check main.go
expect_equal "problems" "" "$(cat "$T/out")"
ok "gopls jumps to a definition in std and to the one that the port has"

# as who sets PATH, or the go command's path, by hand
sdk=$(in_root gostrap env riscv64 --release 1.24.4 --json | perl -MJSON::PP -0ne 'print decode_json($_)->{sdk}')
expect_exit 0 in_root env PATH="$sdk/bin:/usr/bin:/bin" gopls definition main.go:6:10
expect_match '^/p/greet_riscv64.go'
ok "so it does where only PATH has the SDK's bin"

printf 'package main\n\nimport "syscall/js"\n\nfunc main() { js.Global() }\n' >"$T/js.go"
mkdir w && mv "$T/js.go" w/main.go
expect_exit 0 with wasm -- gopls definition w/main.go:5:18
expect_match '/share/go/src/syscall/js/js.go:.*func js.Global'
ok "and finds syscall/js for wasm"

expect_exit 0 with riscv64 -- go test -timeout 30s -run '^TestGreet$' -v example.org/p
expect_match 'hello from riscv64, test'
ok "the test at the cursor runs under QEMU, as editors start it"

expect_exit 0 with amd64 -- go build -gcflags 'all=-N -l' -o here .
: >"$T/debugged"
with amd64 --debug -- ./here >"$T/debugged" 2>&1 </dev/null &
program=$!
for ((i = 0; i < 600; i++)); do
  address=$(grep -oE '127\.0\.0\.1:[0-9]+' "$T/debugged") && break
  kill -0 $program 2>/dev/null || fail "delve does not wait: $(cat "$T/debugged")"
  sleep 0.1
done
printf 'break main.go:7\ncontinue\nprint said\ncontinue\nexit\n' >commands
expect_exit 0 in_root timeout 120 dlv connect "$address" --init commands
expect_match '^"hello, gopher"'
wait $program || fail "the program's exit code"
expect_match '^hello, gopher' "$T/debugged"
ok "delve stops a program of this machine's and prints a string"
