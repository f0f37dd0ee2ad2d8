#!/usr/bin/env bash
# image: OCI layouts of SDKs and static programs, read by skopeo and umoci; the same bytes whoever makes them.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires skopeo umoci gcc

ca=$T/ca.pem
printf 'certificates\n' >"$ca"
printf 'int puts(const char*); int main(void) { puts("hello from an image"); return 0; }\n' >"$T/hello.c"
gcc -static -o "$T/hello" "$T/hello.c"
gcc -o "$T/dynamic" "$T/hello.c"
gcc -c -o "$T/hello.o" "$T/hello.c"
gcc -shared -nostdlib -fPIC -o "$T/hello.so" -x c /dev/null

# inspect LAYOUT[:TAG] [OPTION…]: what skopeo makes of it, in $T/inspected
inspect() { skopeo inspect "${@:2}" "oci:$1" >"$T/inspected" 2>"$T/err" || { cat "$T/err" && fail "skopeo inspect $1"; }; }
# unpack LAYOUT:TAG DIR
unpack() {
  umoci unpack --rootless --image "$1" "$2" >"$T/out" 2>&1 || { cat "$T/out" && fail "umoci unpack $1"; }
}
# digests LAYOUT: every blob is what its name says
digests() {
  local file
  for file in "$1"/blobs/sha256/*; do
    expect_equal "digest of a blob" "${file##*/}" "$(sha256sum <"$file" | cut -d' ' -f1)"
  done
}

for how in gzip zstd none; do
  expect_exit 0 "$GOSTRAP" image app "$T/hello" -o "$T/app-$how" --ca "$ca" --compress $how
  digests "$T/app-$how"
  inspect "$T/app-$how:hello:latest" --config
  expect_equal "architecture" "$own_arch" "$(json "$T/inspected" architecture)"
  expect_equal "os" linux "$(json "$T/inspected" os)"
  expect_equal "user" 65534:65534 "$(json "$T/inspected" config User)"
  expect_equal "entry point" /hello "$(json "$T/inspected" config Entrypoint 0)"
  expect_equal "created" 1970-01-01T00:00:00Z "$(json "$T/inspected" created)"
done
unpack "$T/app-gzip:hello:latest" "$T/unpacked"
expect_equal "all that it holds" "./etc ./etc/ssl ./etc/ssl/certs ./etc/ssl/certs/ca-certificates.crt ./hello ./tmp" \
  "$(cd "$T/unpacked/rootfs" && find . -mindepth 1 | sort | xargs)"
cmp "$ca" "$T/unpacked/rootfs/etc/ssl/certs/ca-certificates.crt"
expect_equal "its words" "hello from an image" "$("$T/unpacked/rootfs/hello")"
inspect "$T/app-gzip:hello:latest" --raw
expect_equal "layers" 2 "$(json "$T/inspected" layers)"
expect_match 'image.layer.v1.tar\+gzip' "$T/inspected"
inspect "$T/app-zstd:hello:latest" --raw && expect_match 'image.layer.v1.tar\+zstd' "$T/inspected"
skopeo copy --quiet "oci:$T/app-zstd:hello:latest" "dir:$T/copied" || fail "skopeo copy"
ok "an image of a static program and certificates, in every compression"

(mkdir "$T/elsewhere" && cp "$T/hello" "$T/elsewhere/hello" && touch -d 2020-01-01 "$T/elsewhere/hello" &&
  umask 077 && cd / && TZ=Asia/Tokyo LC_ALL=C "$GOSTRAP" image app "$T/elsewhere/hello" -o "$T/again" --ca "$ca" >/dev/null)
diff -r "$T/app-gzip" "$T/again" || fail "the same content made another image"
expect_exit 0 "$GOSTRAP" image app "$T/hello" -o "$T/one.tar" --ca "$ca" --json
expect_equal "the digest that --json tells" "$(json "$T/out" images 0 digest)" \
  "$(json "$T/again/index.json" manifests 0 digest)"
expect_exit 0 "$GOSTRAP" image app "$T/elsewhere/hello" -o "$T/two.tar" --ca "$ca"
cmp "$T/one.tar" "$T/two.tar"
skopeo inspect "oci-archive:$T/one.tar" >/dev/null || fail "skopeo cannot read the tar"
SOURCE_DATE_EPOCH=1700000000 expect_exit 0 "$GOSTRAP" image app "$T/hello" -o "$T/dated" --no-ca --tag here/it:1 \
  --user 7:8 --annotation org.opencontainers.image.vendor=me
inspect "$T/dated:here/it:1" --config
expect_equal "created" 2023-11-14T22:13:20Z "$(json "$T/inspected" created)"
expect_equal "user" 7:8 "$(json "$T/inspected" config User)"
expect_equal "a label" me "$(json "$T/inspected" config Labels org.opencontainers.image.vendor)"
ok "the same content gives the same bytes, in a directory and in a tar; SOURCE_DATE_EPOCH dates it"

refused() { # REGEX WORDS…
  expect_exit 2 "$GOSTRAP" image "${@:2}"
  expect_match "$1" "$T/err"
  [ ! -e "$T/no" ] || fail "something was made"
}
refused 'it is dynamic and needs .*ld-linux.*libc' app "$T/dynamic" -o "$T/no"
refused 'CGO_ENABLED=0' app "$T/dynamic" -o "$T/no"
refused 'no program: an object file or a library' app "$T/hello.o" -o "$T/no"
refused 'object file or a library|it is dynamic' app "$T/hello.so" -o "$T/no"
refused 'neither ELF nor wasm' app "$T/hello.c" -o "$T/no"
refused "it is for linux/$own_arch, not for linux/s390x" app "linux/s390x=$T/hello" -o "$T/no"
refused "it is for linux/$own_arch, not for linux/s390x" app --port s390x "$T/hello" -o "$T/no"
refused "two of these are for linux/$own_arch" app "$T/hello" "$T/hello" -o "$T/no"
refused 'No such file' app "$T/nothing" -o "$T/no"
refused 'is missing' app "$T/hello"
refused 'gzip, zstd or none' app "$T/hello" -o "$T/no" --compress lzma
refused 'is no name' app "$T/hello" -o "$T/no" --tag 'a b'
refused 'takes KEY=VALUE' app "$T/hello" -o "$T/no" --annotation x
SOURCE_DATE_EPOCH=today refused 'SOURCE_DATE_EPOCH takes seconds' app "$T/hello" -o "$T/no"
head -c 300 "$T/hello" >"$T/cut"
refused 'cut short|read the ELF file|an object file' app "$T/cut" -o "$T/no"
head -c 100000 "$T/hello" >"$T/cut"
refused 'cut short' app "$T/cut" -o "$T/no"
refused 'something is there already' app "$T/hello" -o "$T/dated"
refused 'something is there already' app "$T/hello" -o "$T/one.tar"
expect_equal "left-overs" "" "$(find "$T" -maxdepth 1 \( -name '.*partial*' -o -name '*.tmp' -o -name '*.layout' \))"
ok "what would not run is refused with the reason, and nothing is made"

mkdir "$T/mine.tar.layout" && echo mine >"$T/mine.tar.layout/file"
expect_exit 0 "$GOSTRAP" image app "$T/hello" -o "$T/mine.tar" --ca "$ca"
expect_equal "the user's own" mine "$(cat "$T/mine.tar.layout/file")"
rm -r "$T/mine.tar.layout"
ok "a packed image takes no name beside its own"

printf '\0asm\1\0\0\0' >"$T/app.wasm"
expect_exit 0 "$GOSTRAP" image app "$T/app.wasm" "linux/$own_arch=$T/hello" -o "$T/multi" --ca "$ca" --tag multi
inspect "$T/multi:multi" --raw
expect_equal "images" 2 "$(json "$T/inspected" manifests)"
expect_equal "the second's" wasip1/wasm "$(json "$T/inspected" manifests 1 platform os)/$(json "$T/inspected" manifests 1 platform architecture)"
inspect "$T/multi:multi" --override-os linux --override-arch "$own_arch" --config
expect_equal "architecture" "$own_arch" "$(json "$T/inspected" architecture)"
skopeo copy --quiet --override-os wasip1 --override-arch wasm "oci:$T/multi:multi" "oci:$T/wasm:it" || fail "skopeo copy"
umoci raw unpack --rootless --image "$T/wasm:it" "$T/unpacked-wasm" >/dev/null 2>&1 || fail "umoci raw unpack"
expect_equal "all that it holds" ./app.wasm "$(cd "$T/unpacked-wasm" && find . -mindepth 1)"
ok "an index over several platforms, wasip1/wasm among them"

fake_bootstrap 1.98.0
fake_runners
fake_release 1.99.0
expect_exit 2 "$GOSTRAP" image sdk riscv64 -o "$T/no" --release 1.99.0
expect_match 'Build it: gostrap build linux/riscv64 --release 1.99.0' "$T/err"
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0
expect_exit 0 "$GOSTRAP" build riscv64 arm64 --hosted --release 1.99.0
expect_exit 0 "$GOSTRAP" image sdk riscv64 -o "$T/sdk" --ca "$ca" --release 1.99.0
digests "$T/sdk"
unpack "$T/sdk:go:1.99.0-linux-riscv64" "$T/unpacked-sdk"
root=$T/unpacked-sdk/rootfs
expect_exit 0 "$GOSTRAP" verify "$root/usr/local/lib/gostrap"
expect_equal "GOARCH of its go" riscv64 "$("$root/usr/local/go/bin/go" env GOARCH)"
expect_match '^nobody:x:65534:' "$root/etc/passwd"
cmp "$ca" "$root/etc/ssl/certs/ca-certificates.crt"
for place in tmp go work; do [ -k "$root/$place" ] || fail "/$place is not for everybody"; done
inspect "$T/sdk:go:1.99.0-linux-riscv64" --config
expect_equal "created, as VERSION says" 2026-01-01T00:00:00Z "$(json "$T/inspected" created)"
expect_equal "architecture" "$own_arch" "$(json "$T/inspected" architecture)"
expect_match 'PATH=/usr/local/lib/gostrap/share/go/bin:/usr/local/lib/gostrap/bin:' "$T/inspected"
expect_match 'GOOS=linux' "$T/inspected"
expect_match 'GOARCH=riscv64' "$T/inspected"
expect_equal "the version label" 1.99.0 "$(json "$T/inspected" config Labels org.opencontainers.image.version)"
expect_exit 0 "$GOSTRAP" image sdk "$(entry go1.99.0-sdk-linux-riscv64)" -o "$T/sdk-again" --ca "$ca"
diff -r "$T/sdk" "$T/sdk-again" || fail "another image by the path"
expect_exit 0 "$GOSTRAP" image sdk riscv64 arm64 --hosted -o "$T/hosted.tar" --ca "$ca" --release 1.99.0
skopeo inspect --raw "oci-archive:$T/hosted.tar" >"$T/inspected" || fail "skopeo inspect"
expect_equal "platforms" "arm64 riscv64" \
  "$(json "$T/inspected" manifests 0 platform architecture) $(json "$T/inspected" manifests 1 platform architecture)"
refused 'two of these are for' sdk riscv64 "$(entry go1.99.0-sdk-linux-riscv64)" -o "$T/no" --release 1.99.0
ok "an image of an SDK, which verifies where it is unpacked, and one of hosted toolchains for several platforms"
