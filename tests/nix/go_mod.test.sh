#!/usr/bin/env bash
# fromGoMod and fromGoModStrict: which release a go.mod picks, and what they refuse.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"

# The table (tests/go-mod-cases) is evaluated at once: one file a row, and what each function makes of it.
mkdir "$T/rows"
rows=() known=
while IFS='|' read -r mod picks strictly; do
  mod=${mod% } picks=${picks# } strictly=${strictly# }
  if [ "$mod" = releases ]; then
    known=$picks
    continue
  fi
  printf '%b' "module example.org/m\n\n$mod\n\nrequire example.org/go v1.2.3 // go 1.99\n" >"$T/rows/${#rows[@]}"
  rows+=("$mod|${picks% }|$strictly")
done < <(grep -v '^#' "$GOSTRAP_SOURCE_DIR/tests/go-mod-cases")
if [ "${#rows[@]}" -lt 45 ] || [ -z "$known" ]; then fail "only ${#rows[@]} rows"; fi

picked() {
  nix eval --impure --raw --expr "let
    lib = import $GOSTRAP_SOURCE_DIR/tests/nix/nixpkgs/lib.nix;
    pick = import $T/flake/nix/go-mod.nix {
      inherit lib;
      versions = lib.filter (word: word != \"\") (lib.splitString \" \" \"$known\");
      there = \"\";
      strict = $1;
    };
    one = number: builtins.tryEval (pick ($T/rows + \"/\${toString number}\"));
    in builtins.concatStringsSep \"\\n\" (builtins.genList (number:
      if (one number).success then (one number).value else \"refused\") ${#rows[@]})"
}
mapfile -t picks < <(picked false && echo)
mapfile -t strictly < <(picked true && echo)
for number in "${!rows[@]}"; do
  expect_equal "what is picked, and strictly, by" "${rows[number]}" "${rows[number]%%|*}|${picks[number]}|${strictly[number]}"
done
ok "${#rows[@]} go.mod files pick what they should"

printf 'module m\n\ngo 1.24\n' >"$T/rows/line"
printf 'module m\n\ngo 1.28.1\n' >"$T/rows/newer"
expect_equal "the flake's own pick" 1.24.13 "$(nix_eval lib.fromGoMod --impure --raw --apply "pick: pick $T/rows/line")"
expect_exit 1 nix eval --impure "$flake#lib.fromGoModStrict" "${stand_in[@]}" --apply "pick: pick $T/rows/newer"
expect_match 'rows/newer asks for Go 1.28.1, and no release here is that. There are: 1.27.2, 1.26.9, 1.25.14, '
ok "a refusal names the file, what it asks for and what there is"
