#!/usr/bin/env bash
# Profiles: part of keys, names and manifests, bound in go.env and the runtime's source, or baked by make.bash.
# shellcheck disable=SC2016 # what stands in single quotes is for other shells
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.98.0
fake_runners
fake_release 1.99.0 "echo ran >>'$T/runs'"
build() { expect_exit 0 "$GOSTRAP" build "$@" --release 1.99.0; }
runs() { wc -l <"$T/runs"; }
manifest() { json "$1/share/gostrap/manifest.json" "${@:2}"; }

build arm64
plain=$(entry go1.99.0-sdk-linux-arm64)
build arm64 --profile GOARM64=v8.1
sdk=$(entry go1.99.0-sdk-linux-arm64-GOARM64-v8.1)
expect_equal "the path" "$sdk" "$(cat "$T/out")"
expect_equal "runs of make.bash" 1 "$(runs)"
expect_match '^GOARM64=v8.1$' "$sdk/share/go/go.env"
expect_equal "the profile in the manifest" v8.1 "$(manifest "$sdk" profile GOARM64)"
expect_equal "canonical" true "$(manifest "$sdk" canonical)"
expect_equal "differences" go.env "$(manifest "$sdk" differences 0)"
expect_equal "the profile of the plain one" 0 "$(manifest "$plain" profile)"
diff -r -x go.env -x manifest.json "$plain/share" "$sdk/share"
expect_equal "what differs of the SDKs' own" "Files bin/go differ" "$(diff -rq "$plain/bin" "$sdk/bin" | sed "s|$plain/||; s| and .* differ| differ|")"
expect_match "GOARM64='v8.1'" "$sdk/bin/go"
build arm64
expect_equal "the plain SDK" "$plain" "$(cat "$T/out")"
ok "a setting is bound in go.env: no make.bash, its own name, and a canonical toolchain"

defaults=(--profile "GOGC=200,GOMEMLIMIT=64MiB" --profile GODEBUG=gctrace=1)
build arm64 "${defaults[@]}"
sdk=$(entry go1.99.0-sdk-linux-arm64-GODEBUG-gctrace-1-GOGC-200-GOMEMLIMIT-64MiB)
expect_equal "runs of make.bash" 1 "$(runs)"
expect_match '^	return 200$' "$sdk/share/go/src/runtime/mgcpacer.go"
expect_match '^		return 67108864$' "$sdk/share/go/src/runtime/mgcpacer.go"
expect_match '^	parsegodebug\("gctrace=1", nil\)$' "$sdk/share/go/src/runtime/runtime1.go"
expect_no_match '200|67108864' "$plain/share/go/src/runtime/mgcpacer.go"
expect_equal "canonical" false "$(manifest "$sdk" canonical)"
expect_equal "differences" 4 "$(manifest "$sdk" differences)"
expect_exit 0 "$GOSTRAP" verify "$sdk"
expect_match 'ok +profile: GODEBUG=gctrace=1 GOGC=200 GOMEMLIMIT=64MiB: not canonical, 4 paths differ' "$T/out"
expect_match 'ok +hello runs' "$T/out"
expect_exit 1 "$GOSTRAP" verify --official "$sdk"
expect_match 'not canonical: it was made with GODEBUG=gctrace=1 GOGC=200' "$T/out"
expect_match 'differs: share/go/src/runtime/mgcpacer.go' "$T/out"
expect_exit 0 "$GOSTRAP" verify --rebuild "$sdk" --offline
expect_match 'rebuild: the same, byte for byte' "$T/out"
ok "defaults are compiled into the runtime, the SDK says so, and is made the same again"

expect_exit 0 "$GOSTRAP" list
expect_match "sdk go1.99.0 linux/arm64 GODEBUG=gctrace=1 GOGC=200 GOMEMLIMIT=64MiB \(not canonical\) .*$sdk\$" "$T/out"
expect_match "sdk go1.99.0 linux/arm64 GOARM64=v8.1 +[0-9]" "$T/out"
expect_exit 0 "$GOSTRAP" exec arm64 --release 1.99.0 "${defaults[@]}" -- sh -c 'command -v go; echo "$GOCACHE"'
expect_equal "its go and GOCACHE" "$sdk/bin/go $HOME/.cache/gostrap/go-build/${sdk##*/}" "$(tr '\n' ' ' <"$T/out" | sed 's/ $//')"
GOCACHE=/mine expect_exit 0 "$GOSTRAP" exec arm64 --release 1.99.0 "${defaults[@]}" -- sh -c 'echo "$GOCACHE"'
expect_equal "the user's GOCACHE" /mine "$(cat "$T/out")"
expect_exit 0 "$GOSTRAP" exec arm64 --release 1.99.0 -- sh -c 'command -v go; echo "${GOCACHE-none}"'
expect_equal "without a profile" "$plain/bin/go none" "$(tr '\n' ' ' <"$T/out" | sed 's/ $//')"
expect_exit 0 "$GOSTRAP" env arm64 --release 1.99.0 "${defaults[@]}"
(eval "$(cat "$T/out")" && expect_equal "GOCACHE" "$HOME/.cache/gostrap/go-build/${sdk##*/}" "$GOCACHE")
expect_exit 2 "$GOSTRAP" shell arm64 --release 1.99.0 --profile GOGC=50
expect_match 'with GOGC=50: the store at .* has none' "$T/err"
expect_match 'Build it: gostrap build linux/arm64 --release 1.99.0 --profile GOGC=50' "$T/err"
ok "list shows profiles; env, shell and exec choose by them, with a GOCACHE of their own"

printf '{"GOARM": "7,softfloat", "bake": true}\n' >"$T/profile.json"
before=$(runs)
build arm --profile "$T/profile.json"
sdk=$(entry go1.99.0-sdk-linux-arm-GOARM-7+softfloat-baked)
expect_equal "runs of make.bash" $((before + 1)) "$(runs)"
expect_match '^has GOARM=7,softfloat$' "$(log_of "go1.99.0-host-$own_dashed-GOARM-7+softfloat-baked")"
expect_match 'DefaultGOARM = .7,softfloat' "$sdk/share/go/src/internal/buildcfg/zbootstrap.go"
expect_no_match '^GOARM=' "$sdk/share/go/go.env"
expect_equal "canonical" false "$(manifest "$sdk" canonical)"
expect_equal "what is baked" true "$(manifest "$sdk" profile bake)"
expect_exit 0 "$GOSTRAP" verify "$sdk" "$(entry "go1.99.0-host-$own_dashed-GOARM-7+softfloat-baked")"
build arm --hosted --archives --profile GOARM=7,softfloat --bake
expect_equal "runs of make.bash" $((before + 1)) "$(runs)"
expect_match 'DefaultGOARM = .7,softfloat' \
  "$(entry go1.99.0-toolchain-linux-arm-GOARM-7+softfloat-baked)/share/go/src/internal/buildcfg/zbootstrap.go"
expect_equal "canonical" false "$(manifest "$(entry go1.99.0-archives-linux-arm-GOARM-7+softfloat-baked)" canonical)"
build arm --hosted
expect_match 'DefaultGOARM = .6' "$(entry go1.99.0-toolchain-linux-arm)/share/go/src/internal/buildcfg/zbootstrap.go"
ok "--bake is a host toolchain of its own, and what is compiled with it is labelled"

expect_exit 0 "$GOSTRAP" plan arm64 --release 1.99.0 --profile GOARM64=v8.2 --json
expect_equal "the profile in plan --json" v8.2 "$(json "$T/out" 1 profile GOARM64)"
expect_equal "the host's" 0 "$(json "$T/out" 0 profile)"
damaged=$(entry go1.99.0-sdk-linux-arm64-GOARM64-v8.1)
chmod -R u+w "$damaged" && echo x >>"$damaged/share/go/go.env"
expect_exit 0 "$GOSTRAP" verify --repair "$damaged"
expect_match 'made again' "$T/out"
expect_match '^GOARM64=v8.1$' "$damaged/share/go/go.env"
ok "plan shows profiles, and --repair makes the same again"

# What cannot work: said before anything runs.
refused() {
  local regex=$1
  shift
  expect_exit 2 "$GOSTRAP" build "$@" --release 1.99.0
  expect_match "$regex" "$T/err"
}
before=$(ls "$store")
refused 'GOAMD64=v5 cannot be for linux/amd64: GOAMD64 of go1.99.0 is v1, v2, v3 or v4' linux/amd64 --profile GOAMD64=v5
expect_match 'The nearest is GOAMD64=v4' "$T/err"
refused 'GOARM=7 cannot be for linux/riscv64: GOARM is for arm' riscv64 --profile GOARM=7
expect_match 'Its variable is GORISCV64: rva20u64, rva22u64 or rva23u64' "$T/err"
refused 'has no experiment "arena".*|Did you mean arenas' arm64 --profile GOEXPERIMENT=arena
refused 'GOMEMLIMIT=1GiB cannot be for js/wasm: memory only ever grows there' wasm --profile GOMEMLIMIT=1GiB
refused 'no GODEBUG setting "gctrase"' arm64 --profile GODEBUG=gctrase=1
refused 'a toolchain for linux/arm64 cannot have GOGC=50' arm64 --hosted --profile GOGC=50
refused 'make.bash bakes no GOWASM' wasm --profile GOWASM=satconv --bake
refused 'nothing to bake' arm64 --bake
refused 'neither NAME=VALUE nor a file' arm64 --profile "$T/none.json"
printf '{"GOGC": "1", "GOGC": "2"}' >"$T/twice.json"
refused 'twice.json:1' arm64 --profile "$T/twice.json"
expect_equal "the store" "$before" "$(ls "$store")"
ok "what cannot work is refused with the nearest thing that does"

build riscv64 --profile GORISCV64=rva24u64,GOARM=7 --fallback
expect_match 'GORISCV64=rva24u64 cannot be for linux/riscv64.*Taken: GORISCV64=rva23u64' "$T/err"
expect_match 'GOARM is left out' "$T/err"
expect_match '^GORISCV64=rva23u64$' "$(entry go1.99.0-sdk-linux-riscv64-GORISCV64-rva23u64)/share/go/go.env"
ok "--fallback takes it, and says so"

# A release whose runtime reads the variables elsewhere.
fake_release 1.99.1
sed -i 's/return 100/return defaultGOGC/' "$(source_of 1.99.1)/src/runtime/mgcpacer.go"
pin_release 1.99.1 "$(printf %s go1.99.1 | sha1sum | cut -d' ' -f1)" "$(source_of 1.99.1)"
expect_exit 2 "$GOSTRAP" build arm64 --release 1.99.1 --profile GOGC=200
expect_match 'mgcpacer.go is not as expected' "$T/err"
ok "a runtime that is not as expected is not edited"

# The same by single steps.
host=$(entry "go1.99.0-host-$own_dashed")
expect_exit 0 "$GOSTRAP" sdk arm64 --host "$host" --out "$T/sdk" --profile GOARM64=v8.1
diff -r "$T/sdk" "$damaged"
expect_exit 2 "$GOSTRAP" sdk arm64 --host "$host" --out "$T/no" --bake --profile GOARM64=v8.1
expect_match 'gostrap host' "$T/err"
expect_exit 0 "$GOSTRAP" host --source "$(entry go1.99.0-source)" --bootstrap "$HOME/sdk/go1.98.0" --out "$T/host" \
  --profile GOARM=7,softfloat --bake
diff -r "$T/host" "$(entry "go1.99.0-host-$own_dashed-GOARM-7+softfloat-baked")"
expect_exit 2 "$GOSTRAP" host --source "$(entry go1.99.0-source)" --bootstrap "$HOME/sdk/go1.98.0" --out "$T/no" --profile GOGC=200
expect_match 'gostrap sdk PORT --profile' "$T/err"
ok "single steps make the same"

# What differs in its profile is not an older one of the same.
expect_exit 0 "$GOSTRAP" prune
for name in linux-arm64 linux-arm64-GOARM64-v8.1 linux-arm64-GODEBUG-gctrace-1-GOGC-200-GOMEMLIMIT-64MiB; do
  expect_match "^stays .*-go1.99.0-sdk-$name\$" "$T/out"
done
ok "prune keeps the newest of each profile"
