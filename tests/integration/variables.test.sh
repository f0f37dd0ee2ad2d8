#!/usr/bin/env bash
# The list of variables cannot fall behind the source: whatever is read there by name is told.
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"

expect_exit 0 "$GOSTRAP" help environment
grep -oE '\b([A-Z][A-Z0-9_]+|[a-z]+_proxy)\b' "$T/out" | sort -u >"$T/told"
[ "$(wc -l <"$T/told")" -ge 40 ] || fail "it tells of $(wc -l <"$T/told") variables"

cd "$GOSTRAP_SOURCE_DIR/src"
reads='(environment_value|getenv|absolute_value|value_in)\('
# by name, and GOSTRAP_… wherever it stands in what users run
{
  grep -rhoE "${reads}[^()\"]*\"[A-Za-z0-9_]+\"" --include='*.cpp' . | sed 's/.*"\(.*\)"/\1/'
  grep -rhoE '\b(either|names_of)\("[^)]*\)' --include=proxy.cpp . | grep -oE '"[A-Za-z_]+"' | tr -d '"'
  grep -rhoE '"GOSTRAP_[A-Z_]+"' --include='*.cpp' . | tr -d '"'
  grep -hoE '\$\{?GOSTRAP_[A-Z_]+' sdk/*.sh sdk/*/*.sh | tr -d "{\$"
} | sort -u >"$T/read"
# go.mod's tools, and what gostrap gives to a program of its own and reads nowhere
grep -vxE 'GOSTRAP_DEFLATED|GOSTRAP_VERSION' "$T/read" >"$T/named"
for name in GOSTRAP_STORE HOME TMPDIR https_proxy GOTOOLCHAIN SOURCE_DATE_EPOCH GOSTRAP_DEFAULTS; do
  expect_match "^$name\$" "$T/named" # the test sees what it looks for
done
expect_equal "variables that are read and that \`help environment\` does not tell of" "" "$(comm -23 "$T/named" "$T/told")"
ok "every variable that is read by its name is in the list"

# Where the name is in a variable, the names stand in a table of that file.
grep -rnE "${reads}[^()\"]*[a-z_.]+\)" --include='*.cpp' . | grep -vE "${reads}[^()\"]*\"" | cut -d : -f 1 | sort -u >"$T/tables"
cat >"$T/known" <<'TEXT'
./compile/query.cpp
./report/doctor.cpp
./sdk/bent.cpp
./sdk/use.cpp
./source/proxy.cpp
./support/directories.cpp
./cli/use.cpp
./cli/use_std.cpp
./support/process.cpp
TEXT
expect_equal "files that read variables by a table, and that this test does not know" "" \
  "$(comm -23 "$T/tables" <(sort "$T/known"))"
for file in compile/query.cpp report/doctor.cpp support/directories.cpp; do
  grep -oE '"(GO[A-Z0-9]+|XDG_[A-Z_]+|HOME|TMPDIR|PATH)"' "$file" | tr -d '"' | sort -u >"$T/table"
  expect_equal "variables of $file's tables that \`help environment\` does not tell of" "" "$(comm -23 "$T/table" "$T/told")"
done
ok "and those that stand in tables"

while read -r name; do
  grep -rqF "$name" --include='*.cpp' --include='*.sh' --include='*.json' --exclude=known_variables.cpp . ../nix/settings.json ||
    fail "\`help environment\` tells of $name, which nobody reads"
done < <(grep -vxE 'SDK|JSON' "$T/told")
ok "and nothing else is"
