#!/usr/bin/env bash
# The tar of an image is one for `docker load` too, whichever store Docker has: manifest.json beside the layout, and the
# full name where containerd looks for it.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires skopeo gcc

echo 'int main(void) { return 0; }' >"$T/Server.c"
gcc -static -o "$T/Server" "$T/Server.c"
printf '\0asm\1\0\0\0' >"$T/app.wasm"

inspects() { # TRANSPORT:REFERENCE…: into $T/inspected
  skopeo inspect "$@" >"$T/inspected" 2>"$T/skopeo.err" || fail "skopeo inspect $*: $(cat "$T/skopeo.err")"
}

expect_exit 0 "$GOSTRAP" image app "$T/Server" -o "$T/image.tar" --no-ca --tag gs/server:1 --json
expect_equal "its full name" docker.io/gs/server:1 "$(json "$T/out" name)"
tar -xOf "$T/image.tar" manifest.json >"$T/manifest.json"
expect_equal "its name" gs/server:1 "$(json "$T/manifest.json" 0 RepoTags 0)"
mapfile -t blobs < <(json "$T/manifest.json" 0 Config && json "$T/manifest.json" 0 Layers 0 && json "$T/manifest.json" 0 Layers 1)
for blob in "${blobs[@]}"; do
  expect_equal "digest of $blob" "${blob#blobs/sha256/}" "$(tar -xOf "$T/image.tar" "$blob" | sha256sum | cut -d' ' -f1)"
done
# what Docker checks of it (image/tarexport): as many layers as the configuration has, with these contents
for i in 0 1; do
  expect_equal "layer $i" "$(tar -xOf "$T/image.tar" "${blobs[0]}" | json /dev/stdin rootfs diff_ids $i)" \
    "sha256:$(tar -xOf "$T/image.tar" "${blobs[i + 1]}" | gzip -d | sha256sum | cut -d' ' -f1)"
done
tar -xOf "$T/image.tar" index.json >"$T/index.json"
expect_equal "its name for containerd" docker.io/gs/server:1 \
  "$(json "$T/index.json" manifests 0 annotations io.containerd.image.name)"
expect_equal "its name for skopeo" gs/server:1 "$(json "$T/index.json" manifests 0 annotations org.opencontainers.image.ref.name)"
inspects "docker-archive:$T/image.tar"
expect_equal "architecture" "$own_arch" "$(json "$T/inspected" Architecture)"
inspects "docker-archive:$T/image.tar:gs/server:1"
inspects "oci-archive:$T/image.tar"
inspects "oci-archive:$T/image.tar:gs/server:1"
ok "skopeo reads it as Docker's archive and as OCI's, by its name and without"

expect_exit 0 "$GOSTRAP" image app "$T/app.wasm" "$T/Server" -o "$T/several.tar" --no-ca --tag several
inspects --override-arch "$own_arch" "docker-archive:$T/several.tar"
expect_equal "the one image that such a Docker takes" "$own_arch" "$(json "$T/inspected" Architecture)"
inspects --raw "oci-archive:$T/several.tar"
expect_equal "images of the layout" 2 "$(json "$T/inspected" manifests)"
ok "of several platforms, Docker's archive has one"

expect_exit 0 "$GOSTRAP" image app "$T/Server" -o "$T/layout" --no-ca
[ ! -e "$T/layout/manifest.json" ] || fail "a layout has Docker's manifest.json"
expect_equal "the default name of a program called Server" server:latest \
  "$(json "$T/layout/index.json" manifests 0 annotations org.opencontainers.image.ref.name)"
for name in Server ghcr.io/Us/server a@sha256:0 'a:b:c' ''; do
  expect_exit 2 "$GOSTRAP" image app "$T/Server" -o "$T/no" --no-ca --tag "$name"
  expect_match 'is no name for an image' "$T/err"
  expect_match 'in small letters, such as' "$T/err"
done
ok "names that Docker could not take are refused"
