#!/usr/bin/env bash
# What a user has set, and what wins: in bin/go of an SDK, and in exec, env and shell.
# shellcheck disable=SC2016 # what stands in single quotes is for other shells
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.98.0
fake_release 1.99.0
expect_exit 0 "$GOSTRAP" build riscv64 wasm --release 1.99.0
expect_exit 0 "$GOSTRAP" build amd64 --release 1.99.0 --profile GOAMD64=v3
sdk=$(entry go1.99.0-sdk-linux-riscv64)
wasm=$(entry go1.99.0-sdk-js-wasm)
unset GOOS GOARCH GOAMD64 GOENV XDG_CONFIG_HOME
in_sdk() { "$GOSTRAP" exec riscv64 --release 1.99.0 -- "$@"; }
v3() { "$GOSTRAP" exec amd64 --release 1.99.0 --profile GOAMD64=v3 -- "$@"; }

mkdir -p "$T/told/bin" "$T/told/share/go/bin"
cp "$sdk/bin/go" "$T/told/bin"
printf '#!/bin/sh\necho "$GOOS $GOARCH $GOTOOLCHAIN $PATH"\n' >"$T/told/share/go/bin/go"
chmod +x "$T/told/share/go/bin/go"
expect_equal "what bin/go exports" "linux riscv64 local $T/told/bin:$PATH" "$("$T/told/bin/go")"
ln -s "$sdk/bin/go" "$T/a-link"
expect_equal "through a link" riscv64 "$("$T/a-link" env GOARCH)"
cp -r "$sdk" "$T/an SDK; it's moved"
expect_equal "copied elsewhere" "$T/an SDK; it's moved/share/go" "$("$T/an SDK; it's moved/bin/go" env GOROOT)"
ok "bin/go sets the port, by whatever way it is started"

in_sdk sh -c 'echo "$GOOS $GOARCH $GOSTRAP_DEFAULTS"' >"$T/out" 2>"$T/err"
expect_equal "what exec sets" "linux riscv64 GOOS=linux GOARCH=riscv64" "$(cat "$T/out")"
expect_equal "and says" "" "$(cat "$T/err")"
expect_equal "with a profile" "linux amd64 v3" "$(v3 sh -c 'echo "$GOOS $GOARCH $GOAMD64"')"
GOARCH=arm64 in_sdk sh -c 'echo "$GOARCH"' >"$T/out" 2>"$T/err"
expect_equal "the user's GOARCH" arm64 "$(cat "$T/out")"
expect_equal "lines about it" 1 "$(wc -l <"$T/err")"
expect_match 'GOARCH=arm64 in the environment: go makes programs for linux/arm64, not for linux/riscv64 \(unset GOARCH\)' "$T/err"
GOAMD64=v1 v3 true 2>"$T/err"
expect_match "GOAMD64=v1 in the environment wins over the SDK's GOAMD64=v3" "$T/err"
GOARCH=arm64 expect_exit 0 "$GOSTRAP" env riscv64 --release 1.99.0
expect_match 'GOARCH=arm64 in the environment' "$T/err"
if grep -q 'in the environment' "$T/out"; then fail "what is for people is among what is for the shell"; fi
ok "exec and env set the port and the profile, and tell what of the user's wins"

mkdir -p "$HOME/.config/go"
printf 'GOOS=windows\nGOARCH=386\nGOROOT=/elsewhere\n' >"$HOME/.config/go/env"
expect_equal "exec with the file of go env -w" linux/riscv64 "$(in_sdk sh -c 'echo "$(go env GOOS)/$(go env GOARCH)"')"
expect_equal "its GOROOT" "$sdk/share/go" "$(in_sdk go env GOROOT)"
printf 'GOAMD64=v2\n' >"$HOME/.config/go/env"
in_sdk true 2>"$T/err"
expect_equal "a level of another port" "" "$(cat "$T/err")"
expect_exit 0 "$GOSTRAP" doctor
expect_match "GOAMD64: .go env -w. has set it in $HOME/.config/go/env to v2" "$T/out"
expect_match 'mend it: go env -u GOAMD64' "$T/out"
rm "$HOME/.config/go/env"
ok "the file of go env -w does not bend an SDK, and doctor shows what stands there"

GOAMD64=v5 expect_exit 2 "$GOSTRAP" exec amd64 --release 1.99.0 --profile GOAMD64=v3 -- true
expect_match 'GOAMD64=v5 in the environment cannot be: GOAMD64 of go1.99.0 is v1, v2, v3 or v4' "$T/err"
expect_match 'The nearest is GOAMD64=v4. Or: unset GOAMD64' "$T/err"
GOAMD64=v5 expect_exit 2 "$GOSTRAP" env amd64 --release 1.99.0 --profile GOAMD64=v3
expect_equal "lines for the shell" "" "$(cat "$T/out")"
GOAMD64=v5 expect_exit 2 "$GOSTRAP" shell amd64 --release 1.99.0 --profile GOAMD64=v3
GOAMD64=v5 expect_exit 2 "$(entry go1.99.0-sdk-linux-amd64-GOAMD64-v3)/bin/go" build
expect_match 'GOAMD64=v5 cannot be' "$T/err"
GOAMD64=v5 expect_exit 0 "$GOSTRAP" exec riscv64 --release 1.99.0 -- true
expect_match 'GOAMD64=v5 in the environment cannot be: .*; it does not count for linux/riscv64' "$T/err"
GOAMD64=v5 expect_exit 0 "$GOSTRAP" doctor
expect_match 'careful GOAMD64: set to v5, which cannot be' "$T/out"
ok "a level that cannot be is refused with the nearest one, and told where it does not count"

port='echo "$(go env GOOS)/$(go env GOARCH) ${GOAMD64-none}"'
expect_equal "an SDK within another" "js/wasm none" "$(v3 "$GOSTRAP" exec wasm --release 1.99.0 -- sh -c "$port" 2>"$T/err")"
expect_equal "what is said of it" "" "$(cat "$T/err")"
expect_equal "its bin/go within another" js/wasm "$(v3 sh -c "echo \$('$wasm/bin/go' env GOOS)/\$('$wasm/bin/go' env GOARCH)")"
for shell in dash bash "bash --posix" "busybox sh" ksh mksh zsh; do
  command -v "${shell% *}" >/dev/null || continue
  # shellcheck disable=SC2086
  expect_equal "one after the other in $shell" "linux/amd64 v3;js/wasm none;linux/riscv64 none;linux/arm64 none;" "$($shell -euc '
    now() { printf "%s;" "$(go env GOOS)/$(go env GOARCH) ${GOAMD64-none}"; }
    eval "$("$1" env amd64 --release 1.99.0 --profile GOAMD64=v3)" && now
    eval "$("$1" env wasm --release 1.99.0)" && now
    eval "$("$1" env riscv64 --release 1.99.0)" && now
    export GOARCH=arm64
    eval "$("$1" env wasm --release 1.99.0 2>/dev/null)"
    eval "$("$1" env riscv64 --release 1.99.0 2>/dev/null)" && now' sh "$GOSTRAP")"
done
ok "what one SDK has set is not taken for the user's choice with another"

expect_exit 0 "$GOSTRAP" env wasm --release 1.99.0 --json
expect_equal "the port in --json" js/wasm "$(json "$T/out" environment GOOS)/$(json "$T/out" environment GOARCH)"
expect_exit 0 "$GOSTRAP" env --help
expect_match 'for POSIX shells' "$T/out"
expect_match 'GOOS=\$\(go env GOHOSTOS\) GOARCH=\$\(go env GOHOSTARCH\) go run ./gen' "$T/out"
ok "env --json has what is to be set, and --help how to run a helper here"

cp -al "$store" "$T/a:b"
for verb in "exec riscv64 -- go version" "env riscv64" "shell riscv64" "build riscv64"; do
  # shellcheck disable=SC2086
  expect_exit 2 "$GOSTRAP" ${verb%% *} --store "$T/a:b" --release 1.99.0 ${verb#* }
  expect_match "$T/a:b has a colon in it" "$T/err"
  expect_match '\-\-store DIR' "$T/err"
done
expect_exit 1 "$GOSTRAP" doctor --store "$T/a:b"
expect_match 'stops   store: .*a:b has a colon in it' "$T/out"
expect_exit 2 "$T/a:b/${sdk##*/}/bin/go" version
expect_match 'cannot be put on PATH, for there is a colon in it' "$T/err"
ok "a path with a colon cannot be on PATH, and is refused before another go runs"

printf 'echo hello\n' >"$T/script"
expect_exit 126 in_sdk "$T/script"
expect_match "$T/script: it is not executable" "$T/err"
expect_exit 126 in_sdk /etc
expect_match 'cannot run /etc: it is a directory' "$T/err"
expect_exit 127 in_sdk ./no-such
expect_match 'cannot run ./no-such: there is no such file' "$T/err"
ok "what cannot be started is called by what is in the way"
