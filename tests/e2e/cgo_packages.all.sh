#!/usr/bin/env bash
# Debian's Go packages that have C, for each port and way to link that Debian's packages allow: they pass their own tests.
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/real-go.sh"
# shellcheck source=tests/lib/c-packages.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/c-packages.sh"
requires aarch64-linux-gnu-g++ riscv64-linux-gnu-g++ musl-gcc qemu-aarch64 qemu-riscv64 tclsh make
: "${GOSTRAP_TEST_BOARDS:?where the libraries of other machines are, see tests/run}"
export GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS=-buildvcs=false GOCACHE=${GOSTRAP_TEST_GOCACHE:-$T/cache}
cd "$T"
# Its tests give parallel work one second, or five, which is too little for QEMU.
mkdir -p "$T/gopath/src/github.com/valyala"
cp -r "$GOPATH/src/github.com/valyala/gozstd" "$T/gopath/src/github.com/valyala"
sed -i -E 's/time\.After\((5 \* )?time\.Second\)/time.After(time.Minute)/' "$T"/gopath/src/github.com/valyala/gozstd/*_test.go
export GOPATH=$T/gopath:$GOPATH

# with_libraries ROOT TRIPLET WORD…: sets sdk to one with these words, and with the libraries that its compiler has made
with_libraries() {
  local root=$1 triplet=$2
  shift 2
  sdk=$(build 1.24.4 "$@")
  sqlite_into "$sdk" "$root" "$triplet"
  zstd_into "$sdk" "$root" "$triplet"
  sdk=$(build 1.24.4 "$@" --sysroot "$root" 2>"$T/said") || { cat "$T/said" && fail "there is no SDK $*"; }
}

# packages NAME EXPECTED: all of them with sdk; what is made is what `inspect --expect` is told.
packages() {
  local name=$1 expected=$2 tags=()
  [[ $expected != static* ]] || tags=(netgo osusergo)
  passes_tests_of_sqlite "$sdk" "${tags[@]}"
  ok "$name: go-sqlite3 passes its tests"
  passes_tests_of_lmdb "$sdk" "${tags[@]}"
  ok "$name: lmdb-go passes its tests"
  expect_exit 0 "$sdk/bin/go" test -count=1 -vet=off -v -tags "${tags[*]}" github.com/DataDog/zstd
  [ "$(grep -c '^--- PASS' "$T/out")" -ge 20 ] || { cat "$T/out" && fail "these are not the tests of DataDog/zstd"; }
  expect_exit 0 "$sdk/bin/go" test -count=1 -vet=off -v -short -tags "${tags[*]}" github.com/valyala/gozstd
  [ "$(grep -c '^--- PASS' "$T/out")" -ge 20 ] || { cat "$T/out" && fail "these are not the tests of gozstd"; }
  ok "$name: DataDog/zstd, which asks pkg-config, and gozstd pass their tests"
  # its C runs before Go does
  "$sdk/bin/go" build -tags "${tags[*]}" -o runc github.com/opencontainers/runc
  expect_exit 0 "$GOSTRAP" inspect runc --expect "$expected,cgo"
  expect_exit 0 "$sdk/bin/go" run -tags "${tags[*]}" github.com/opencontainers/runc --version
  expect_match '^go: +go1.24.4'
  ok "$name: runc, with its C for namespaces, is built and starts"
}

for port in arm64 riscv64; do
  triplet=${port/arm64/aarch64}-linux-gnu
  with_libraries "$T/dynamic-$port" "$triplet" "$port" --cgo
  packages "linux/$port" "dynamic,glibc,linux/$port"
  # the same objects, without what is loaded
  static=yes with_libraries "$T/static-$port" "$triplet" "$port" --static
  packages "linux/$port, static glibc" "static,linux/$port"
done

# kernel_headers ROOT DIRECTORY…: Debian's musl comes without, and runc asks for them.
kernel_headers() {
  local root=$1 directory
  shift
  mkdir -p "$root/usr/include"
  for directory in "$@"; do cp -RL "$directory" "$root/usr/include"; done
}
for root in "$T/musl-amd64" "$T/static-musl-amd64"; do
  kernel_headers "$root" /usr/include/linux /usr/include/asm-generic /usr/include/x86_64-linux-gnu/asm
done
with_libraries "$T/musl-amd64" x86_64-linux-gnu amd64 --cc musl
# no wrapper runs what this machine runs itself
LD_LIBRARY_PATH=$T/musl-amd64/usr/lib/x86_64-linux-gnu packages "linux/amd64, musl" "dynamic,musl,linux/amd64"
static=yes with_libraries "$T/static-musl-amd64" x86_64-linux-gnu amd64 --cc musl --static
packages "linux/amd64, static musl" "static,linux/amd64"
for port in arm64 riscv64; do
  machine=${port/arm64/aarch64}
  directory=$GOSTRAP_TEST_BOARDS/musl-$port
  gcc=$directory/bin/$machine-linux-musl-gcc
  [ -x "$gcc" ] || fail "there is no $gcc: tests/lib/musl.sh $port $directory gets it"
  if ! "$gcc" -static -o "$T/one" -x c - <<<'int main(void) { return 0; }' 2>"$T/said"; then
    # Debian 12's ld for riscv64 does not read what Debian 13's musl has in it
    if [ $port != riscv64 ] || ! grep -q 'ld terminated with signal' "$T/said"; then fail "$gcc links nothing: $(cat "$T/said")"; fi
    ok "linux/$port, static musl: not with this ld: $(grep signal "$T/said")"
    continue
  fi
  kernel_headers "$T/musl-$port" /usr/"$machine"-linux-gnu/include/{linux,asm-generic,asm}
  static=yes with_libraries "$T/musl-$port" "$machine-linux-gnu" "$port" --cc "$gcc" --static
  packages "linux/$port, static musl" "static,linux/$port"
done
