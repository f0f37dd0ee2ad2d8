#!/usr/bin/env bash
# use gostrap in a direnv: the SDK of the lock, watched; what was there before comes back.
# shellcheck disable=SC2016 # what stands in single quotes is for other shells
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires direnv

fake_bootstrap 1.97.0
for version in 1.98.1 1.98.3; do FLOOR=1.96.0 fake_release $version; done
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.98.1
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.98.3
ln -s "$GOSTRAP" "$T/bin/gostrap"
mkdir -p "$HOME/.config/direnv/lib" "$T/m/a"
expect_exit 0 "$GOSTRAP" env --direnv
cp "$T/out" "$HOME/.config/direnv/lib/gostrap.sh"
cmp "$T/out" "$GOSTRAP_SOURCE_DIR/src/sdk/use_gostrap.sh" || fail "what is printed is not what is installed"

cd "$T/m"
printf 'module m\n\ngo 1.98\n' >go.mod
expect_exit 0 "$GOSTRAP" use riscv64 --release 1.98.1
printf 'use gostrap\n' >.envrc
expect_exit 1 direnv exec . true
expect_match '.envrc is blocked' "$T/err"
direnv allow . 2>"$T/err"
expect_exit 0 direnv exec . sh -c 'command -v go; echo $GOARCH'
expect_equal "go in the directory" "$(entry go1.98.1-sdk-linux-riscv64)/bin/go
riscv64" "$(cat "$T/out")"
ok "the SDK of the lock is in use, and its port needs no word"

# A shell with direnv's hook, as it is at each prompt.
cat >"$T/session" <<'SESSION'
at_prompt() { eval "$(direnv export bash 2>>"$T/direnv.log")"; }
look() { printf '%s: %s %s %s\n' "$1" "$(go version)" "${GOARCH-none}" "${GOROOT-none}"; }
export GOROOT=/mine GOARCH=
cd "$T" && at_prompt
before=$(export -p)
cd "$T/m/a" && at_prompt && look inside
"$GOSTRAP" use riscv64 --release 1.98.3 >/dev/null 2>&1
at_prompt && look "changed lock"
sed -i 's/go 1.98/go 1.99/' ../go.mod
at_prompt
grep -c 'older than go 1.99' "$T/direnv.log"
cd "$T" && at_prompt
after=$(export -p)
diff <(grep -v ' OLDPWD=\| DIRENV_' <<<"$before") <(grep -v ' OLDPWD=\| DIRENV_' <<<"$after") && echo "all as before"
SESSION
export T
touch -d '1 hour ago' gostrap.lock go.mod # direnv knows a change by the second
expect_exit 0 bash "$T/session"
grep -v '^inside\|^changed' "$T/out" >"$T/rest" || :
expect_match '^inside: go version go1.98.1 .* riscv64 none$' "$T/out"
expect_match '^changed lock: go version go1.98.3 .* riscv64 none$' "$T/out"
expect_equal "a go.mod that no longer fits, and who leaves" "1
all as before" "$(cat "$T/rest")"
ok "a changed lock and go.mod are noticed, and who leaves has what he had"

printf 'use gostrap riscv64 --release 1.98.1\n' >.envrc
sed -i 's/1.99/1.98/' go.mod && rm gostrap.lock
direnv allow . 2>"$T/err"
expect_exit 0 direnv exec . go version
expect_match 'go1.98.1' "$T/out"
printf 'use gostrap\n' >.envrc
direnv allow . 2>"$T/err"
expect_exit 0 direnv exec . sh -c 'echo "${GOARCH-none}"' # as after any `use` that fails, the rest of .envrc counts
expect_match 'it needs exactly one port' "$T/err"
expect_equal "GOARCH" none "$(cat "$T/out")"
ok "port and options go to gostrap env, and without a lock a port is wanted"
