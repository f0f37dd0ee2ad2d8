#!/usr/bin/env bash
# What depends on what: one host toolchain for all ports of a release, ladders between releases, and derivations that
# change only with what they are made from.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"
packages=legacyPackages.x86_64-linux

# steps ATTRIBUTE: the names of the Go derivations that it is built from.
steps() { nix-store -q --requisites "$(drv "$1")" | sed -nE '/[.]src[.]/d; s/.*-(go[-1].*)\.drv$/\1/p' | sort | tr '\n' ' '; }
drv() { nix_eval "$packages.$1.drvPath" --raw; }
inputs_of() { nix-store -q --references "$(drv "$1")" | sed -nE 's/.*-(go[-1].*)\.drv$/\1/p' | sort | tr '\n' ' '; }

start=go-$("$(system_go)" version | sed 's/^go version go\([0-9.]*\).*/\1/')
archive=go1.24.4.linux-amd64.tar.gz
from_source="$start go-1.24.4-source go-host-from-source-1.24.4"
expect_equal "steps of an SDK" "$from_source go-sdk-linux-riscv64-1.24.4 $archive " "$(steps go_1_24_4.go-sdk-riscv64)"
expect_equal "steps of another port's archive" "$from_source $archive go1.24.4.linux-riscv64.tar.gz " \
  "$(steps go_1_24_4.go-archive-linux-riscv64)"
expect_equal "steps of a toolchain" "$from_source go-toolchain-linux-riscv64-1.24.4 $archive go1.24.4.linux-riscv64.tar.gz " \
  "$(steps go_1_24_4.go-toolchain-linux-riscv64)"
ok "from source to the archive of the toolchain that runs here, and from that to all else"

for each in go_1_24_4.go-host go_1_24_4.go-sdk-riscv64 go_1_24_4.go-sdk-windows-amd64 go_1_24_4.go-archive-linux-s390x \
  go_1_24_4.go-archives-darwin-arm64 go_1_24_4.go-toolchain-darwin-arm64; do
  expect_equal "what $each is made from" "$archive " "$(inputs_of "$each")"
done
expect_equal "what a proof is made from" "go-host-from-source-1.24.4 " "$(inputs_of go_1_24_4.go-from-source-linux-riscv64)"
ok "every port of a release is made from one archive; what proves the source is made from that"

expect_equal "what a compiled std is made from" "go-sdk-linux-riscv64-1.24.4 go-std-results-linux-riscv64-1.24.4 " \
  "$(inputs_of go_1_24_4.go-std-riscv64)"
expect_equal "what its results are made from" "go-host-1.24.4 " "$(inputs_of go_1_24_4.go-std-riscv64.results)"
# results PROFILE: the toolchain that compiles std with it, and the command
results() {
  nix eval --impure --raw --expr "
    let
      gostrap = import $T/flake/nix { pkgs = import $T/nixpkgs { }; };
      inherit (gostrap.goSdk { release = \"1.24.4\"; port = \"riscv64\"; $1 }) std;
    in
    std.results.go.name + \"\n\" + std.results.buildCommand"
}
expect_exit 0 results ''
expect_match '^go-host-1.24.4$' && expect_no_match GORISCV64
expect_exit 0 results 'profile.GORISCV64 = "rva22u64";'
expect_match '^go-host-1.24.4$' && expect_match GORISCV64=rva22u64
expect_exit 0 results 'profile.GORISCV64 = "rva22u64"; bake = true;'
expect_match '^go-host-GORISCV64-rva22u64-baked-1.24.4$' && expect_no_match GORISCV64=
expect_exit 0 results 'profile.GOGC = 200;'
expect_match '^go-sdk-linux-riscv64-GOGC-200-1.24.4$'
ok "what an SDK would compile of std is compiled by its host, with its settings; by itself where its runtime is another one"

expected=("$start" go-1.24.13-source go-1.27.1-source go-host-1.24.13 go-host-from-source-1.24.13 go-host-from-source-1.27.1
  go-sdk-linux-riscv64-1.27.1 go1.24.13.linux-amd64.tar.gz go1.27.1.linux-amd64.tar.gz)
expect_equal "steps of 1.27.1" "$(printf '%s\n' "${expected[@]}" | sort | tr '\n' ' ')" "$(steps go_1_27_1.go-sdk-riscv64)"
ok "where nixpkgs' Go is too old, an older release is a rung"

# What upstream published fixes the paths: neither the way that its file came, nor gostrap itself, moves them.
# made ORIGIN ATTRIBUTE
made() {
  nix eval --impure --raw --expr \
    "(import $T/flake/nix { pkgs = import $T/nixpkgs { }; origin = \"$1\"; }).packages.$2"
}
fetched=$(nix eval --impure --raw --expr "(import $T/nixpkgs { }).fetchurl {
  urls = [ \"https://go.dev/dl/$archive\" ]; sha256 = \"77e5da33bb72aeaef1ba4418b6fe511bc4d041873cbf82e5aa6318740df98717\"; }")
expect_equal "the path of what fetchurl has" "$fetched" "$(nix_eval $packages.go_1_24_4.go-archive-linux-amd64.outPath --raw)"
for each in go_1_24_4.go-archive-linux-riscv64 go_1_24_4.go-toolchain-linux-riscv64 go_1_24_4.go-host go_1_24_4.go-sdk-riscv64 go_1_24_4.go-sdk-wasm; do
  expect_equal "the path of $each, downloaded" "$(nix_eval "$packages.$each.outPath" --raw)" "$(made published "$each.outPath")"
done
expect_exit 1 made elsewhere go_1_24_4.go-host.outPath
expect_match 'origin is "source" or "published"' "$T/err"
ok "built or downloaded, all paths are the same"

# One change after the other, and whether it may move a derivation path.
before=$(drv go_1_24_4.go-archives-linux-riscv64)
for file in README.md tests/run tests/nix/README.md nix/templates/default/main.go nix/shells.nix flake.nix; do
  echo "# unrelated" >>"$T/flake/$file"
  expect_equal "the derivation after a change of $file" "$before" "$(drv go_1_24_4.go-archives-linux-riscv64)"
done
touch "$T/flake/nix/new.nix" "$T/flake/new"
expect_equal "the derivation with new files" "$before" "$(drv go_1_24_4.go-archives-linux-riscv64)"
ok "README, tests, templates and the wiring change no derivation"
fixed=(go_1_24_4.go-archive-linux-{amd64,riscv64} go_1_24_4.go-toolchain-linux-riscv64 go_1_24_4.go-toolchain-windows-amd64 go_1_24_4.go-host
  go_1_24_4.go-std-riscv64.results)
paths() { for each in "${fixed[@]}"; do nix_eval "$packages.$each.outPath" --raw && echo; done; }
fixed_before=$(paths)
echo "// related" >>"$T/flake/src/main.cpp"
[ "$before" != "$(drv go_1_24_4.go-archives-linux-riscv64)" ] || fail "a change of the program changed nothing"
ok "the program's source does"
expect_equal "the paths of archives and toolchains with another gostrap" "$fixed_before" "$(paths)"
ok "but not where archives, toolchains and what std compiles to are"
for file in make.sh go_cache/protocol.go; do
  before=$(drv go_1_24_4.go-std-riscv64.results)
  echo >>"$T/flake/src/seed/$file"
  [ "$before" != "$(drv go_1_24_4.go-std-riscv64.results)" ] || fail "$file is nothing that std is compiled by"
done
ok "that is decided by two things of the program's source"
