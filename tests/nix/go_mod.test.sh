#!/usr/bin/env bash
# fromGoMod and fromGoModStrict: which release a go.mod picks, and what they refuse.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"

# The table is evaluated at once: one file a row, and what each function makes of it.
mkdir "$T/rows"
rows=()
row() {
  local number=${#rows[@]}
  printf '%b' "module example.org/m\n\n$1\n\nrequire example.org/go v1.2.3 // go 1.99\n" >"$T/rows/$number"
  rows+=("$1|$2|$3")
}
#   go.mod                               picks     strictly
row 'go 1.24'                            1.24.9    1.24.9
row 'go 1.24.0'                          1.24.9    1.24.9
row 'go 1.24.9'                          1.24.9    1.24.9
row 'go 1.24.10'                         1.27.1    refused
row 'go 1.23'                            1.23.1    1.23.1
row 'go 1.23.5'                          1.24.9    refused
row 'go 1.21'                            1.23.1    refused
row 'go 1.25.1'                          1.27.1    refused
row 'go 1.28'                            refused   refused
row 'go 1.24\ntoolchain go1.24.4'        1.24.4    1.24.4
row 'go 1.23\ntoolchain go1.24.9'        1.24.9    1.24.9
row 'go 1.24\ntoolchain go1.24.2'        1.24.4    refused
row 'go 1.24\ntoolchain go1.24.6'        1.24.9    refused
row 'go 1.24\ntoolchain go1.26.3'        1.27.1    refused
row 'go 1.24\ntoolchain go1.27.2'        refused   refused
row 'go 1.24\ntoolchain default'         1.24.9    1.24.9
row 'go 1.24\ntoolchain go1.24.4-custom' 1.24.4    1.24.4
row 'go 1.24 // newest\r\n'              1.24.9    1.24.9
# the greater of the two, as the go command makes it
row 'go 1.24.9\ntoolchain go1.24.4'       1.24.9    1.24.9
row 'go 1.24.5\ntoolchain go1.24.4'       1.24.9    1.24.9
row 'go 1.27\ntoolchain go1.24.4'         1.27.1    1.27.1
row 'go 1.24.4\ntoolchain default'        1.24.4    1.24.4
row 'toolchain go1.24.4\ngo 1.24.9'       1.24.9    1.24.9
row 'go 1.24rc1\ntoolchain go1.24.4'      1.24.4    1.24.4
row 'go 1.24.4'                          1.24.4    1.24.4
row 'go 1.024'                           refused   refused
row 'go 1.24.04'                         refused   refused
row 'toolchain go1'                      1.23.1    refused
row 'go 1.24rc1'                         1.24.9    1.24.9
# as it may be written
row '  go 1.24.4'                        1.24.4    1.24.4
row '\tgo\t1.24.4\t'                     1.24.4    1.24.4
row 'go 1.24.4// comment'                1.24.4    1.24.4
row 'go 1.24 //toolchain go1.24.4'       1.24.9    1.24.9
row '// go 1.24.4'                       refused   refused
row 'go 1.24.4\r\n\ttoolchain go1.24.9//x\r' 1.24.9 1.24.9
row 'exclude (\n\tgo 1.24.4\n)\ngo 1.23.1' 1.23.1   1.23.1
row 'use(\n\ttoolchain go1.24.4\n) // x\ngo 1.24.9' 1.24.9 1.24.9
row 'retract ( // )\n\tgo 1.24.4\n)'     refused   refused
# what the go command does not take
row 'go 1.24.4\ngo 1.24.4'               refused   refused
row 'go 1.24.4 1.24.9'                   refused   refused
row 'go v1.24'                           refused   refused
row 'go "1.24"'                          refused   refused
row 'go 1.24\ntoolchain 1.24.4'          refused   refused
row 'toolchain go1.23.1'                 1.23.1    1.23.1
row 'exclude example.org/x v1.0.0'       refused   refused

picked() {
  nix_eval "lib.$1" --impure --raw --apply "pick: builtins.concatStringsSep \"\\n\" (builtins.genList (number:
    let one = builtins.tryEval (pick ($T/rows + \"/\${toString number}\"));
    in if one.success then one.value else \"refused\") ${#rows[@]})"
}
mapfile -t picks < <(picked fromGoMod && echo)
mapfile -t strictly < <(picked fromGoModStrict && echo)
for number in "${!rows[@]}"; do
  expect_equal "what is picked, and strictly, by" "${rows[number]}" "${rows[number]%%|*}|${picks[number]}|${strictly[number]}"
done
ok "${#rows[@]} go.mod files pick what they should"

expect_exit 1 nix eval --impure "$flake#lib.fromGoModStrict" "${stand_in[@]}" --apply "pick: pick $T/rows/5"
expect_match 'rows/5 asks for Go 1.23.5, and no release here is that. There are: 1.27.1, 1.24.9, 1.24.4, 1.23.1'
ok "a refusal names the file, what it asks for and what there is"
