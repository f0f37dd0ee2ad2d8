#!/usr/bin/env bash
# nix fmt: without arguments, which is how Nix calls the formatter, with folders, and with files.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"
cd "$T/flake"
every=$(find nix overlays flake.nix tests -name '*.nix' | wc -l)

formatter=$(nix build --no-link --print-out-paths "$flake#formatter.x86_64-linux" "${stand_in[@]}" 2>/dev/null)/bin/nixfmt-all
expect_exit 0 "$formatter"
expect_equal "files that it gives to nixfmt" "$every" "$(grep -c '^nixfmt .*\.nix$' "$T/out")"
expect_exit 0 "$formatter" .
expect_equal "files in the folder" "$every" "$(grep -c '^nixfmt .*\.nix$' "$T/out")"
expect_exit 0 "$formatter" --check overlays flake.nix
expect_equal "what it gives to nixfmt" "nixfmt --check;nixfmt overlays/default.nix;nixfmt --check;nixfmt flake.nix;" "$(tr '\n' ';' <"$T/out")"
mkdir "$T/empty" && cd "$T/empty"
expect_exit 0 "$formatter" </dev/null
expect_equal "what is said of a folder without files" "" "$(cat "$T/out" "$T/err")"
ok "the formatter takes nothing, folders and files"

cd "$T/flake"
expect_exit 0 nix fmt "${stand_in[@]}"
expect_match '^nixfmt .*flake\.nix$' "$T/out"
expect_no_match 'unexpected end of input|deprecated'
ok "nix fmt"
