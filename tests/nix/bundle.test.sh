#!/usr/bin/env bash
# From one file, without a network and from empty stores: an SDK, a project built by GOTOOLCHAIN with its dependencies, and
# in a Nix store what the flake makes, at the flake's own paths, so that nothing is left to build.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
# shellcheck source=tests/lib/compile.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/compile.sh"
# shellcheck source=tests/lib/serve.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/serve.sh"
old=$(system_go)
requires qemu-riscv64 zip

# What goes in: an SDK and its source, the toolchain as a module, and the module cache of a project.
build 1.24.4 riscv64 amd64 >/dev/null
archives=$(build 1.24.4 "linux/$($old env GOARCH)" --archives)
"$GOSTRAP" goproxy "$archives" --out "$T/toolchains" >/dev/null
make_module "$T/project"
(cd "$T/project" && go_of riscv64 mod download) || fail "go mod download"
"$GOSTRAP" key "$T/key" >/dev/null
expect_exit 0 "$GOSTRAP" bundle create riscv64 "$archives" --release 1.24.4 --source --modules "$T/toolchains" --modules "$T/modcache" \
  --sign "$T/key" --out "$T/go.tar.zst"
ok "one bundle: $(tail -n 1 "$T/err")"
chmod -R u+w "$T/modcache" && rm -rf "$T/toolchains" "$T/modcache" "$T/proxy" "$T/gocache" "$T/zip"
unset GOPROXY GOSUMDB GOMODCACHE GOTOOLCHAIN

# Into gostrap's store.
export GOSTRAP_STORE=$T/island
expect_exit 0 "$GOSTRAP" bundle install "$T/go.tar.zst" --key "$T/key.pub"
mapfile -t modules < <(grep -- '-modules-\|toolchains\|modcache' "$T/out")
expect_equal "trees of modules" 2 "${#modules[@]}"
mkdir "$T/hello" && cd "$T/hello"
printf 'module hello\n\ngo 1.24\n' >go.mod
printf 'package main\n\nimport "runtime"\n\nfunc main() { print("hello from ", runtime.GOOS, "/", runtime.GOARCH, "\\n") }\n' >main.go
expect_exit 0 "$GOSTRAP" exec riscv64 --release 1.24.4 -- go run .
expect_match '^hello from linux/riscv64$' "$T/err"
ok "out of it a riscv64 SDK: $(cat "$T/err")"

# A go command of another release takes the toolchain, and the dependencies of a project, from what it holds.
serve "${modules[@]}"
(
  eval "$(cat "$T/serve.out")"
  export GOTOOLCHAIN=go1.24.4 GOMODCACHE=$T/user/mod GOCACHE=$T/user/cache
  cd "$T/project" && "$old" build -o "$T/program" .
) >"$T/out" 2>&1 || { cat "$T/out" && fail "go build from what the bundle holds"; }
expect_equal "the program" "3 x 1 hidden 3 false" "$("$T/program")"
expect_exit 0 "$GOSTRAP" inspect "$T/program" --expect go1.24.4,static
stopped TERM
ok "GOTOOLCHAIN=go1.24.4 go build of a module with dependencies, by $(GOTOOLCHAIN=local "$old" version)"

# Into a Nix store.
cd /
export NIX_REMOTE="local?root=$T/store"
sdk=$(nix_eval legacyPackages.x86_64-linux.go_1_24_4.go-sdk-riscv64.outPath --raw)
source=$(nix_eval legacyPackages.x86_64-linux.go_1_24_4.go-source.outPath --raw)
words=()
for word in "${stand_in[@]}"; do words+=("--nix-arg=$word"); done
expect_exit 0 "$GOSTRAP" bundle install "$T/go.tar.zst" --nix --flake "$flake" --key "$T/key.pub" "${words[@]}"
expect_match "^$sdk\$" "$T/out"
expect_match "^$source\$" "$T/out"
archive=$(nix_eval legacyPackages.x86_64-linux.go_1_24_4.go-archive-linux-amd64.outPath --raw)
expect_match "upstream's archive is at $archive" "$T/err"
nix-store --check-validity "$archive"
expect_match 'left out, since the flake makes no such thing: .*, .*' "$T/err"
nix-store --check-validity "$sdk" "$source"
ok "they are at the flake's own paths: $sdk $source"

expect_exit 0 nix build --max-jobs 0 --no-link "$flake#legacyPackages.x86_64-linux.go_1_24_4.go-sdk-riscv64" \
  "$flake#legacyPackages.x86_64-linux.go_1_24_4.go-source" "${stand_in[@]}"
expect_exit 0 nix store verify --no-trust "$sdk" "$source"
expect_exit 1 nix build --max-jobs 0 --no-link "$flake#legacyPackages.x86_64-linux.go_1_24_4.go-sdk-arm64" "${stand_in[@]}"
expect_exit 0 nix build --max-jobs 0 --no-link "$flake#legacyPackages.x86_64-linux.go_1_24_4.go-archive-linux-amd64" "${stand_in[@]}"
ok "nix build has nothing to fetch and nothing to build, as it would for another port"

expect_exit 0 "$GOSTRAP" verify "$T/store$sdk"
ok "the SDK in the Nix store is the one that was bundled"

mkdir "$T/tree" && echo x >"$T/tree/file"
"$GOSTRAP" bundle create --modules "$T/tree" --out "$T/tree.tar.zst" >/dev/null 2>&1
expect_exit 2 "$GOSTRAP" bundle install "$T/tree.tar.zst" --accept-unsigned --nix --flake "$flake" "${words[@]}"
expect_match 'the flake makes no such thing' "$T/err"
ok "what the flake does not make is refused before anything is unpacked"
