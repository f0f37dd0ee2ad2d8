#!/usr/bin/env bash
# Images with real Go in them: one of a program for three platforms, run under QEMU; one of an SDK, in which go builds.
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
requires qemu-riscv64 qemu-aarch64 skopeo umoci
arches=(riscv64 arm64 wasm)

mapfile -t sdks < <(build 1.24.4 linux/riscv64 linux/arm64 wasip1/wasm)
mkdir "$T/app"
printf 'module hello\n\ngo 1.21\n' >"$T/app/go.mod"
printf 'package main\n\nimport "runtime"\n\nfunc main() { print("hello from ", runtime.GOOS, "/", runtime.GOARCH, "\\n") }\n' \
  >"$T/app/hello.go"
export GOCACHE=${GOSTRAP_TEST_GOCACHE:-$T/cache} GOFLAGS=-trimpath
for i in 0 1 2; do (cd "$T/app" && "${sdks[i]}/bin/go" build -o "$T/built/${arches[i]}/hello" .); done
expect_exit 0 "$GOSTRAP" image app linux/riscv64="$T/built/riscv64/hello" linux/arm64="$T/built/arm64/hello" \
  wasip1/wasm="$T/built/wasm/hello" -o "$T/hello-image" --tag hello
for pair in riscv64:qemu-riscv64 arm64:qemu-aarch64; do
  arch=${pair%:*}
  skopeo copy --quiet --override-arch "$arch" "oci:$T/hello-image:hello" "oci:$T/$arch:hello"
  umoci unpack --rootless --image "$T/$arch:hello" "$T/unpacked-$arch" >/dev/null 2>&1
  expect_equal "under ${pair#*:}" "hello from linux/$arch" "$("${pair#*:}" "$T/unpacked-$arch/rootfs/hello" 2>&1)"
done
ok "an image for linux/riscv64, linux/arm64 and wasip1/wasm, unpacked and run under QEMU"

build 1.24.4 linux/riscv64 --std >/dev/null
expect_exit 0 "$GOSTRAP" image sdk riscv64 --std --release 1.24.4 -o "$T/sdk-image" --tag sdk --compress none
umoci unpack --rootless --image "$T/sdk-image:sdk" "$T/sdk" >/dev/null 2>&1
root=$T/sdk/rootfs
cp "$T/app/go.mod" "$T/app/hello.go" "$root/work"
mkdir -p "$root"/{dev,proc} && : >"$root/dev/null"
# what a container runtime does: the image's root and environment, /dev and /proc
mapfile -t settings < <(perl -MJSON::PP -0777 -ne 'print "$_\n" for @{decode_json($_)->{process}{env}}' "$T/sdk/config.json")
in_image() {
  # shellcheck disable=SC2016
  unshare --user --map-root-user --mount --net sh -c '
    root=$1 && shift
    mount --bind /dev/null "$root/dev/null" && mount --rbind /proc "$root/proc"
    exec env -i "$@"' sh "$root" "${settings[@]}" "$(command -v chroot)" "$root" "$@" >"$T/out" 2>&1 || { cat "$T/out" && fail "$*"; }
}
in_image go build -C /work -x -o hello .
expect_match '/compile -o .* -p main ' "$T/out"
expect_no_match '/compile -o .* -p (fmt|runtime) ' "$T/out"
expect_equal "what its go built" "hello from linux/riscv64" "$(qemu-riscv64 "$root/work/hello" 2>&1)"
in_image go list -C /work -f '{{context.ToolTags}}'
expect_match 'riscv64.rva20u64' "$T/out"
ok "in the image of an SDK, with nothing else around it, go builds for riscv64, build constraints and all, and compiles nothing of std"

toolchain=$(build 1.24.4 "linux/$("${sdks[0]}/bin/go" env GOHOSTARCH)" --hosted)
expect_exit 0 "$GOSTRAP" bazel --check "$toolchain"
expect_exit 1 "$GOSTRAP" bazel --check "${sdks[0]}"
expect_match 'FAILED go.env' "$T/out"
[ "$(grep -c FAILED "$T/out")" = 1 ] || fail "more than go.env is wrong with an SDK: $(cat "$T/out")"
ok "the toolchain keeps rules_go's contract, and an SDK for another port all of it but go.env"
