#!/usr/bin/env bash
# A signed binary cache serves an SDK to a store that may not build; another key is refused, and so is a changed file.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"
give_archive 1.24.4
sdk=$(nix_build legacyPackages.x86_64-linux.go_1_24_4.go-sdk-riscv64)

for name in ours theirs; do
  nix key generate-secret --key-name "$name" >"$T/$name.secret"
  nix key convert-secret-to-public <"$T/$name.secret" >"$T/$name.public"
done
cache=file://$T/cache
expect_exit 0 nix copy --to "$cache?secret-key=$T/ours.secret&compression=zstd" \
  "$flake#legacyPackages.x86_64-linux.go_1_24_4.go-sdk-riscv64" "${stand_in[@]}"
ok "nix copy fills a signed cache: $(du -sh "$T/cache" | cut -f1)"

# pull STORE KEY CODE: what a machine does that has only this cache and trusts that key.
pull() {
  expect_exit "$3" nix build --no-link --store "local?root=$T/$1" --max-jobs 0 --option substitute true --substituters "$cache" \
    --trusted-public-keys "$(cat "$T/$2.public")" "$flake#legacyPackages.x86_64-linux.go_1_24_4.go-sdk-riscv64" "${stand_in[@]}"
}

pull first theirs 1
[ ! -e "$T/first$sdk" ] || fail "a wrong key brought in $sdk"
expect_match 'not signed|signature' "$T/err"
ok "who trusts another key gets nothing"

pull first ours 0
expect_equal "NAR hash of what came" "$(nix hash path "$sdk")" "$(nix hash path "$T/first$sdk")"
expect_equal "go version" "go version go1.24.4 linux/amd64" "$("$T/first$sdk/bin/go" version)"
ok "who trusts ours gets the SDK without building: $(nix hash path "$sdk")"

nar=$(find "$T/cache/nar" -type f)
cp "$nar" "$T/nar"
printf x | dd of="$nar" bs=1 seek=1000000 conv=notrunc status=none
pull second ours 1
cp "$T/nar" "$nar"
pull second ours 0
ok "a changed file in the cache is noticed"
