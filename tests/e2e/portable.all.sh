#!/usr/bin/env bash
# One file to download: what .ci/release makes runs in an empty root, on Debian 11, 12 and 13, and for arm64 and riscv64 under
# QEMU; it trusts whom the machine trusts; and its packages need no other.
if [ -z "${GOSTRAP_TEST_MOUNTS-}" ]; then
  export GOSTRAP_TEST_MOUNTS=no
  if unshare --mount true 2>/dev/null; then GOSTRAP_TEST_MOUNTS=yes exec unshare --mount bash "$0" "$@"; fi
fi
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
# shellcheck source=tests/lib/git-origin.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/git-origin.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
requires aarch64-linux-gnu-g++ riscv64-linux-gnu-g++ qemu-aarch64 qemu-riscv64 openssl nginx rpm readelf
requires_mounts
debians=${GOSTRAP_TEST_DEBIANS:?the directory of what tests/lib/debian.sh makes, see tests/run}
[ "$(uname -m)" = x86_64 ] || fail "this test is written for amd64"

# With a directory as argument: of what .ci/release has put there.
dist=${1-$T/dist}
[ $# -gt 0 ] || expect_exit 0 "$GOSTRAP_SOURCE_DIR/.ci/release" "$dist" "${GOSTRAP_TEST_PORTABLE:?where they are built}"
build 1.24.4 linux/amd64 --archives >"$T/built"
archive=$(cat "$T/built")/go1.24.4.linux-amd64.tar.gz
unset GOSTRAP_STORE

(cd "$dist" && sha256sum --quiet -c SHA256SUMS)
expect_equal "files" 12 "$(wc -l <"$dist/SHA256SUMS")"
for each in amd64=x86_64 arm64=aarch64 riscv64=riscv64; do
  program=$dist/gostrap-linux-${each%=*}
  expect_no_match 'INTERP|NEEDED' <(readelf -lWd "$program")
  [ "$(stat -c %s "$program")" -le $((12 * 1024 * 1024)) ] || fail "$program is too large"
  runner=()
  [ "${each%=*}" = amd64 ] || runner=("qemu-${each#*=}")
  expect_exit 0 "${runner[@]}" "$program" release list
  expect_match '1\.24\.4' "$T/out"
  expect_exit 0 "${runner[@]}" "$program" source 1.24.4 --from "$(test_archive 1.24.4)" --out "$T/source-${each%=*}"
  expect_equal "what its .deb needs" "" "$(dpkg-deb -f "$dist"/gostrap_*_"${each%=*}.deb" Depends)"
  expect_no_match '^lib|^rtld' <(rpm -qpR "$dist"/gostrap-*."${each#*=}.rpm" 2>/dev/null)
  dpkg-deb -c "$dist"/gostrap_*_"${each%=*}.deb" >"$T/contents"
  rpm -qpl "$dist"/gostrap-*."${each#*=}.rpm" >>"$T/contents" 2>/dev/null
  for file in man/man1/gostrap-build.1 bash-completion/completions/gostrap doc/gostrap/copyright.libraries; do
    expect_equal "packages that have $file" 2 "$(grep -c "/usr/share/$file\$" "$T/contents")"
  done
  for library in openssl curl libarchive libgit2 libmicrohttpd elfutils libc6-dev zlib1g-dev GCC; do
    expect_match "^(==== )?$library [0-9]" "$program.copyright"
  done
  ok "linux/${each%=*}: $(stat -c %s "$program") bytes, static, runs, and unpacks a source as its pin says"
done

# ---- an empty root ---------------------------------------------------------------------------------------------------
empty=$T/empty
mkdir "$empty"
cp "$dist/gostrap-linux-amd64" "$empty/gostrap"
chroot=$(command -v chroot)
in_empty() { env -i HOME=/home TMPDIR=/home PATH=/nowhere "$chroot" "$empty" /gostrap "$@"; }
expect_exit 0 in_empty --help
expect_exit 0 in_empty release list
expect_exit 0 in_empty doctor --help
TIMEFORMAT='%U %S'
{ time for _ in {1..20}; do "$empty/gostrap" --version; done >/dev/null; } 2>"$T/time"
cpu=$(awk '{ print ($1 + $2) * 50 }' "$T/time")
awk -v cpu="$cpu" 'BEGIN { exit !(cpu <= 10) }' || fail "it takes $cpu ms to start"
cp "$archive" "$empty/"
expect_exit 0 in_empty build riscv64 --published --release 1.24.4 --from "/$(basename "$archive")"
sdk=$(cat "$T/out")
[ -x "$empty$sdk/bin/go" ] || fail "there is no SDK"
cp "$(test_archive 1.24.4)" "$empty/"
expect_exit 0 in_empty source 1.24.4 --from "/go1.24.4.src.tar.gz" --out /source
host=$(cd "$empty" && echo home/.local/share/gostrap/store/*-host-*)
expect_exit 1 in_empty verify "/$host"
expect_match 'ok +programs are static'
expect_equal "checks that fail" 1 "$(grep -c FAILED "$T/out")"
expect_match 'FAILED hello builds: .*/proc/self/exe' # where a go command looks for its place
expect_exit 2 in_empty build wasm --release 1.23.1 --published
expect_match 'this machine has no certificates to know an https server by' "$T/err"
ok "in an empty root it starts in $cpu ms, makes an SDK of upstream's archive, and says that there are no certificates"

# ---- whom it trusts --------------------------------------------------------------------------------------------------
for each in certificate other; do
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost -days 2 \
    -addext subjectAltName=DNS:localhost -keyout "$T/$each.key" -out "$T/$each.pem" 2>"$T/openssl.log" ||
    fail "openssl: $(cat "$T/openssl.log")"
done
port=$(free_port)
mkdir "$T/served"
cp "$archive" "$T/served/"
serve_git "$T" "
  listen 127.0.0.1:$port ssl; ssl_certificate $T/certificate.pem; ssl_certificate_key $T/certificate.key;
  location /files/ { alias $T/served/; }" >"$T/tls.url"
for place in etc/ssl/certs/ca-certificates.crt etc/pki/tls/certs/ca-bundle.crt etc/ssl/ca-bundle.pem etc/ssl/certs/ca-bundle.crt \
  etc/ssl/cert.pem; do
  rm -rf "${empty:?}/etc" "${empty:?}/home"
  mkdir -p "$empty/etc/ssl/certs" "$empty/$(dirname $place)"
  cp "$T/other.pem" "$empty/$place"
  expect_exit 2 in_empty build wasm --release 1.24.4 --published --from "https://localhost:$port/files/$(basename "$archive")"
  expect_match 'is not valid, or signed by nobody trusted here' "$T/err"
  cp "$T/certificate.pem" "$empty/$place"
  expect_exit 0 in_empty build wasm --release 1.24.4 --published --from "https://localhost:$port/files/$(basename "$archive")"
  ok "it trusts the authorities of /$place, and no others"
done

# ---- Debian ----------------------------------------------------------------------------------------------------------
for suite in bullseye bookworm trixie; do
  [ -e "$debians/plain-$suite/done" ] || fail "there is no $debians/plain-$suite: tests/lib/debian.sh makes it"
  root=$T/$suite
  cp -a "$debians/plain-$suite/root" "$root"
  in_root() { chroot "$root" /usr/bin/env -i PATH=/usr/bin:/bin:/usr/sbin:/sbin HOME=/root LC_ALL=C.UTF-8 "$@"; }
  cp "$dist"/gostrap_*_amd64.deb "$root/gostrap.deb"
  cp "$archive" "$root/"
  mount -t proc proc "$root/proc" # a go command looks there for its place
  expect_exit 0 in_root dpkg -i /gostrap.deb
  expect_exit 0 in_root gostrap build amd64 riscv64 --published --release 1.24.4 --from "/$(basename "$archive")"
  sdk=$(sed -n 1p "$T/out") # whose programs run there
  expect_exit 0 in_root gostrap verify "$sdk"
  printf 'package main\n\nfunc main() { println("hello") }\n' >"$root/hello.go"
  expect_exit 0 in_root gostrap exec riscv64 --release 1.24.4 -- go build -o /hello /hello.go
  expect_exit 0 qemu-riscv64 "$root/hello"
  expect_match '^hello$' "$T/err"
  expect_exit 0 in_root dpkg -P gostrap
  [ ! -e "$root/usr/bin/gostrap" ] || fail "dpkg leaves the program"
  umount "$root/proc"
  version=$(cat "$root/etc/debian_version")
  rm -rf "$root"
  ok "Debian $version: its .deb is installed, makes an SDK and a program with it, and is removed"
done
