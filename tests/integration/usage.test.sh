#!/usr/bin/env bash
# The command line: help for every verb, mistakes that are named with what was meant, exit codes.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_release 1.99.0

expect_exit 0 "$GOSTRAP" --help
mapfile -t verbs < <(sed -n 's/^  \([a-z]\+\) .*/\1/p' "$T/out")
[ ${#verbs[@]} -ge 13 ] || fail "--help lists ${#verbs[@]} verbs: ${verbs[*]}"
declare -A options=(
  [build]='--release --jobs --bootstrap --from --hosted --archives --reference --root --store'
  [plan]='--release --bootstrap --dot' [list]='--store --size' [prune]='--keep --older-than --apply'
  [outdated]='--index --online' [serve]='--listen --beyond-loopback --verbose' [bazel]='--release --url --check' [env]='--release' [shell]='--release' [exec]='--release'
  [verify]='--official --all --html --against --release --rebuild --repair --bootstrap --from' [source]='--out --from --provenance --max-bytes --timeout --min-speed --retries' [host]='--source --bootstrap --out --log'
  [toolchain]='--host --out --reference' [sdk]='--host --out' [goproxy]='--out' [archives]='--host --out --toolchain'
)
for verb in "${verbs[@]}"; do
  expect_exit 0 "$GOSTRAP" "$verb" --help
  expect_match "$verb" "$T/out"
  expect_equal "what --help of $verb says on standard error" "" "$(cat "$T/err")"
  for option in ${options[$verb]-}; do expect_match " $option( |$)" "$T/out"; done
done
for rest in list 'show 1.99.0' 'add 1.99.0'; do
  # shellcheck disable=SC2086
  expect_exit 0 "$GOSTRAP" release $rest --help
  expect_match '\-\-json' "$T/out"
done
for rest in sdk app; do
  expect_exit 0 "$GOSTRAP" image $rest --help
  expect_match ' -o, --out' "$T/out"
done
ok "every verb that --help lists has a --help with its options"

for words in build 'bundle create' 'bundle' 'release list' help; do
  # shellcheck disable=SC2086
  expect_exit 0 "$GOSTRAP" $words --help
  cp "$T/out" "$T/help"
  # shellcheck disable=SC2086
  expect_exit 0 "$GOSTRAP" help $words
  cmp "$T/help" "$T/out" || fail "\`help $words\` is not what $words --help says"
done
expect_exit 0 "$GOSTRAP" help
cp "$T/out" "$T/help"
expect_exit 0 "$GOSTRAP" --help
cmp "$T/help" "$T/out" || fail "\`help\` is not --help"
expect_no_match '^  complete ' "$T/out"
ok "\`help VERB PART\` says what --help of it does"

expect_exit 2 "$GOSTRAP"
expect_match '^Usage: gostrap VERB' "$T/err"
for word in --version -V version; do
  expect_exit 0 "$GOSTRAP" "$word"
  expect_match '^gostrap [0-9.]+$' "$T/out"
done
ok "--version, -V and version answer alike"
ok "without words it shows its help, and fails"

refused() { # REGEX WORDS…
  expect_exit 2 "$GOSTRAP" "${@:2}"
  expect_match "$1" "$T/err"
  expect_equal "standard output" "" "$(cat "$T/out")"
}
refused 'no verb "biuld", did you mean build\?' biuld riscv64
refused 'no verb "xyzzyxyzzy"$' xyzzyxyzzy
refused 'no verb "biuld", did you mean build\?' help biuld
refused 'no .bundle creat.' help bundle creat
refused 'no .build create.' help build create
refused 'no option -v, only --help and --version' -v
refused 'follow it: gostrap list --json' --json list
refused 'no verb "run", did you mean exec\?' run riscv64 ./hello
refused 'list takes no arguments, and "riscv64" is one too many' list riscv64
refused 'what is to run comes after .--., such as gostrap exec riscv64 -- go version' exec riscv64 go version
refused 'doctor takes no arguments' doctor --json now
refused 'release list takes no arguments' release list 1.99.0
refused 'version takes no arguments' --version please
refused 'no .release forget.' release forget
refused "did you mean|riscv64" build linux/riscv --release 1.99.0
refused 'there is no release "1.2.3"' build riscv64 --release 1.2.3
refused 'There are: 1.99.0, ' build riscv64 --release newest
refused 'nosuch' build riscv64 --nosuch
refused 'takes a number' build riscv64 --release 1.99.0 --jobs many
refused 'takes a number' build riscv64 --release 1.99.0 --jobs -1
refused 'takes a number' build riscv64 --release 1.99.0 --max-bytes 12x
refused 'at least one port' build
refused '"../../etc" is not a port' build ../../etc --release 1.99.0
refused '"linux/riscv64;id" is not a port' build 'linux/riscv64;id' --release 1.99.0
refused 'which is not there' build riscv64 --releases "$T/nothing"
ok "mistakes are named, with what was meant, exit code 2"

refused 'no toolchain can be hosted on js/wasm: a wasm program cannot start the compiler' build wasm --hosted --release 1.99.0
refused 'gostrap build js/wasm. makes an SDK' build wasm --archives --release 1.99.0
refused 'windows/arm' build windows/arm --release 1.99.0
ok "ports that cannot be: the reason, and what can be instead"

expect_exit 0 "$GOSTRAP" release list
expect_match '^1.99.0 +commit [0-9a-f]{12} +needs Go 1.98.0 +11 ports, 0 published archives$' "$T/out"
expect_exit 0 "$GOSTRAP" release show 1.99 --json
expect_equal "the tag" go1.99.0 "$(json "$T/out" tag)"
expect_exit 0 "$GOSTRAP" release show go1.99.0
expect_match 'bootstrap +Go 1.98.0 or newer' "$T/out"
refused 'on the network, and --offline was given' release add 1.99.1 --offline
ok "release list and show tell what is pinned"

hostile() { # REGEX TEXT (as printf takes it): a releases file
  # shellcheck disable=SC2059
  printf "$2" >"$T/hostile.json"
  refused "read $T/hostile.json:$1" release list --releases "$T/hostile.json"
  expect_no_match $'\e' "$T/err"
}
hostile '2: it is not JSON' '{\n  "releases": nothing}'
hostile '3: the key "a" stands twice' '{"a": 1,\n\n"a": 2}'
hostile '2: it is nested deeper than' "{\"releases\":\n$(printf '[%.0s' {1..1000})"
hostile '2, releases, 1\.24\.4;id: "1\.24\.4;id" is not a Go version' '{"releases": {\n  "1.24.4;id": {}}}'
hostile '2, releases, \.\./1\.24: ' '{"releases": {\n  "../1.24": {}}}'
hostile '3, releases, 1\.24\.4, tag: it should be a string' '{"releases": {"1.24.4": {\n\n  "tag": 7}}}'
hostile '2, releases, .x1b.2J: ' '{"releases": {\n  "\\u001b[2J": {}}}'
ok "a hostile releases file is refused with file, line and reason"

touch "$T/usage-file"
refused '--jobs 0 leaves no processor' build riscv64 -j 0
refused 'use the store .*/usage-file: it is no directory' list --store "$T/usage-file"
refused 'us.pub is a name for a public key' key "$T/us.pub"
refused '--out FILE is missing: the file to make' bundle create riscv64
[ ! -e "$T/us.pub.pub" ] || fail "it made a key all the same"
ok "what cannot be meant is refused in the words of who typed it"

[ ! -e "$store" ] || fail "looking made a store"
ok "none of this makes a store"
