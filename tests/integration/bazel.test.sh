#!/usr/bin/env bash
# bazel: text for MODULE.bazel and WORKSPACE with our archives' checksums, and what rules_go would stumble over.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.98.0
fake_release 1.99.0
expect_exit 2 "$GOSTRAP" bazel riscv64 --release 1.99.0
expect_match 'gostrap build linux/riscv64 --archives --release 1.99.0' "$T/err"
expect_exit 0 "$GOSTRAP" build riscv64 arm64 "$own_port" --archives --release 1.99.0
expect_exit 0 "$GOSTRAP" build riscv64 "$own_port" --release 1.99.0
expect_exit 0 "$GOSTRAP" bazel riscv64 arm64 "$own_port" --release 1.99.0
for port in riscv64 arm64 "$own_arch"; do
  archives=$(entry "go1.99.0-archives-linux-$port")
  sum=$(sha256sum <"$archives/go1.99.0.linux-$port.tar.gz" | cut -d' ' -f1)
  expect_match "\"linux_$port\": \[\"go1.99.0.linux-$port.tar.gz\", \"$sum\"\]" "$T/out"
  expect_match "\"file://$archives/\{\}\"" "$T/out"
done
for word in 'go_sdk\.download\(' 'go_sdk\.wrap\(' 'go_download_sdk\(' 'go_local_sdk\(' 'go_register_toolchains\(\)' \
  "path = \"$(entry "go1.99.0-host-$own_dashed")/share/go\"" 'root_file = "@gostrap_go_linux_[a-z0-9]+//:VERSION"'; do
  expect_match "$word" "$T/out"
done
# every bracket is closed, and every string
perl -0777 -ne 's/#.*//g; s/"[^"\n]*"|\x27[^\x27\n]*\x27//g; for (["(", ")"], ["[", "]"], ["{", "}"]) {
  my ($a, $b) = map { my $c = $_; scalar(() = /\Q$c\E/g) } @$_; $a == $b && $a or die "@$_: $a, $b\n" }' "$T/out"
expect_exit 0 "$GOSTRAP" bazel riscv64 --release 1.99.0 --url 'https://mirror.example/go/{}' --json
json "$T/out" module >"$T/module"
expect_match 'https://mirror.example/go/\{\}' "$T/module"
expect_no_match 'file://' "$T/module"
expect_exit 0 "$GOSTRAP" bazel linux/s390x --release 1.24.4
expect_match "$("$GOSTRAP" release show 1.24.4 --json | awk -F'"' '$2 == "go1.24.4.linux-s390x.tar.gz" { print $4 }')" "$T/out"
expect_match 'https://dl.google.com/go/' "$T/out"
ok "text for MODULE.bazel and WORKSPACE: download with checksums, wrap, local"

expect_exit 2 "$GOSTRAP" bazel wasm --release 1.99.0
expect_match 'toolchain:js_wasm' "$T/err"
expect_exit 2 "$GOSTRAP" bazel riscv64 --release 1.99.0 --url https://mirror.example/go
expect_exit 2 "$GOSTRAP" bazel riscv64 --check "$T"
expect_exit 2 "$GOSTRAP" bazel --check "$T/nothing"
ok "ports that Bazel cannot run on, and words that make no sense, are refused"

# The fake releases have no cmd/pack or cmd/compile in their source: only here are they put in.
complete() {
  cp -r "$1" "$2" && chmod -R u+w "$2"
  mkdir -p "$2"/share/go/src/cmd/{pack,compile}
}
complete "$(entry "go1.99.0-host-$own_dashed")" "$T/host"
complete "$(entry "go1.99.0-sdk-$own_dashed")" "$T/own"
complete "$(entry go1.99.0-sdk-linux-riscv64)" "$T/foreign"
expect_exit 0 "$GOSTRAP" bazel --check "$T/host" --check "$T/own" --check "$T/own/share/go"
expect_no_match FAILED "$T/out"
expect_exit 1 "$GOSTRAP" bazel --check "$T/foreign"
expect_match 'FAILED go.env: .* target linux/riscv64, so rules_go.s own builder would not run' "$T/out"
expect_match 'platforms=@rules_go//go/toolchain:linux_riscv64' "$T/out"
ok "a toolchain, and an SDK for the machine itself, fit; one for another port does not, and what to do instead"

breaks() { # NAME COMMAND…: the command breaks a copy in $broken
  local name=$1
  broken=$T/broken
  rm -rf "$broken" && cp -r "$T/host/share/go" "$broken"
  (cd "$broken" && "${@:2}")
  expect_exit 1 "$GOSTRAP" bazel --check "$broken" --json
  expect_match "\"name\": \"$name\"" "$T/out"
  perl -MJSON::PP -0777 -e 'my ($file, $name) = @ARGV; open my $in, "<", $file; my $all = decode_json(<$in>);
    exit !grep { $_->{name} eq $name && $_->{result} eq "failed" } @{$all->[0]{checks}}' "$T/out" "$name" ||
    fail "$name does not fail after: ${*:2}"
}
breaks VERSION rm VERSION
breaks VERSION sh -c 'echo "devel go1.99-abcdef" >VERSION'
breaks pkg/tool mkdir pkg/tool/linux_s390x
breaks pkg/tool rm -r pkg/tool
breaks pkg/include sh -c 'rm pkg/include/*'
breaks bin/go rm bin/go
breaks bin/go chmod a-x bin/go
breaks bin/go cp "$(command -v "$BASH")" bin/go
breaks src rm -r src/runtime
breaks src rm -r src/cmd/pack
breaks tools sh -c 'rm pkg/tool/*/link'
breaks go.env rm go.env
breaks go.env sh -c 'echo GOOS=plan9 >>go.env'
breaks packages touch src/fmt/BUILD.bazel
ok "each part of the contract that is broken is named"

expect_exit 0 "$GOSTRAP" bazel --release 1.99.0
sed '/^# WORKSPACE/,$d' "$T/out" >"$T/module" && sed -n '/^# WORKSPACE/,$p' "$T/out" >"$T/workspace"
expect_match '^bazel_dep\(name = "rules_go", version = "0\.57\.0"\)$' "$T/module"
expect_match 'rules_go 0\.57\.0 or newer' "$T/workspace"
expect_match '--platforms=@rules_go//go/toolchain:' "$T/module"
expect_match '--platforms=@io_bazel_rules_go//go/toolchain:' "$T/workspace"
expect_no_match '@rules_go//' "$T/workspace"
expect_no_match '@io_bazel_rules_go' "$T/module"
expect_exit 0 "$GOSTRAP" bazel linux/s390x --release 1.24.4
expect_match 'version = "0\.41\.0"' "$T/out"
expect_no_match 'no roots' "$T/out"
expect_exit 0 "$GOSTRAP" bazel --release 1.99.0
expect_match 'no roots: .gostrap prune. may remove .*--root LINK keeps' "$T/out"
expect_exit 0 "$GOSTRAP" bazel --release 1.99.0 --root "$T/kept"
expect_no_match 'no roots' "$T/out"
expect_equal "what the links lead to" "$(printf '%s\n' "$(entry "go1.99.0-archives-$own_dashed")" "$(entry "go1.99.0-host-$own_dashed")" | sort)" \
  "$(for link in "$T"/kept-*; do readlink -f "$link"; done | sort)"
cp "$T/out" "$T/text"
expect_exit 0 "$GOSTRAP" prune --older-than 0d --apply
grep -o "$store/[^\"{]*" "$T/text" | sort -u >"$T/paths"
expect_equal "paths of the store in the text" 2 "$(wc -l <"$T/paths")"
while read -r path; do [ -e "$path" ] || fail "prune removed $path"; done <"$T/paths"
expect_exit 0 "$GOSTRAP" bazel --release 1.99.0
ok "each text has the labels and the least rules_go of its kind, and --root keeps what it names"
