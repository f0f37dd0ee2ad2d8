#!/usr/bin/env bash
# The air gap: one command puts a release's source into a store, and then nothing is fetched.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"
requires openssl
archive=$(test_archive 1.24.4)
source=$(nix_eval legacyPackages.x86_64-linux.go_1_24_4.go-source.outPath --raw)
[[ $source == *-go-1.24.4-source ]] || fail "the source's name: $source"

expect_exit 0 nix run "$flake#add-source" "${stand_in[@]}" -- 1.24.4 "$archive"
expect_equal "what add-source prints" "$source" "$(cat "$T/out")"
expect_equal "the source's NAR hash" "$("$GOSTRAP" release show 1.24.4 --json | awk -F'"' '$2 == "source" { print $4 }')" \
  "$(nix hash path "$source")"
ok "nix run .#add-source puts the archive's tree where go-source will be: $source"

# The same program on a store that has nothing yet.
empty="local?root=$T/store"
program=$(nix_eval apps.x86_64-linux.add-source.program --raw)
expect_exit 0 env NIX_REMOTE="$empty" "$program" 1.24.4 "$archive"
expect_exit 0 nix build --store "$empty" --max-jobs 0 --no-link "$flake#legacyPackages.x86_64-linux.go_1_24_4.go-source" "${stand_in[@]}"
[ -f "$T/store$source/src/make.bash" ] || fail "the store has no source"
ok "then go-source is there, and nothing is built or fetched"

# The derivation itself makes the very tree, of the archive alone: its builder is given it here in place of a download.
mkdir "$T/made"
expect_no_match 'gostrap' <(nix-store -q --references "$(nix_eval legacyPackages.x86_64-linux.go_1_24_4.go-source.drvPath --raw)")
(
  cd "$T/made"
  src=$archive out=$T/made/tree
  export src out
  eval "$(nix_eval legacyPackages.x86_64-linux.go_1_24_4.go-source.buildCommand --raw)"
)
expect_equal "the NAR hash of what its builder makes" "$(nix hash path "$source")" "$(nix hash path "$T/made/tree")"
ok "its builder unpacks upstream's archive to that very tree, without gostrap"
expect_exit 1 nix build --store "$empty" --max-jobs 0 --no-link "$flake#legacyPackages.x86_64-linux.go_1_24_9.go-source" "${stand_in[@]}"
ok "while another release would have to be fetched"

# The tests' own store may have any release's source: with this hash none has it.
nobody=sha256-$(printf '%s' "$T" | openssl dgst -sha256 -binary | base64)
expect_exit 1 nix build --impure --no-link --print-build-logs --expr "
  let made = import $T/flake/nix { pkgs = import $T/nixpkgs { }; };
  in (made.goSource \"1.24.9\").overrideAttrs (_: { outputHash = \"$nobody\"; })"
expect_match 'nix run .#add-source -- 1.24.9 ARCHIVE' "$T/err"
# by its own road, and from the tag; both end at one path
expect_exit 1 nix build --impure --no-link --print-build-logs --expr "
  let made = import $T/flake/nix { pkgs = import $T/nixpkgs { }; };
  in (made.goSource \"1.24.9\").fromGit.overrideAttrs (_: { outputHash = \"$nobody\"; })"
expect_match 'nix run .#add-source -- 1.24.9 ARCHIVE' "$T/err"
for version in 1_23_1 1_24_4 1_24_9 1_27_1; do
  source=legacyPackages.x86_64-linux.go_$version.go-source
  expect_equal "the path of $source" "$(nix_eval "$source.outPath")" "$(nix_eval "$source.fromGit.outPath")"
done
ok "where there is no network, the failure says how to do without"

printf x >"$T/go1.24.4.src.tar.gz"
expect_exit 2 env NIX_REMOTE="$empty" "$program" 1.24.4 "$T/go1.24.4.src.tar.gz"
expect_exit 2 env NIX_REMOTE="$empty" "$program" 1.24.9 "$archive"
expect_match 1.24.4
expect_exit 2 "$program"
expect_match '^usage: add-source V ORIGIN'
ok "what is not the release's source does not get in"
