#!/usr/bin/env bash
# Profiles that cannot be are refused when they are evaluated, before anything is built: and they are those that the program
# refuses, which reads the same nix/settings.json.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"

rows=()
# row VERDICT RELEASE PORT NAME=VALUE…, and perhaps bake
row() { rows+=("$*"); }
#   verdict release port          profile
row taken   1.24.4  linux/amd64   GOAMD64=v1
row taken   1.24.4  linux/amd64   GOAMD64=v4
row refused 1.24.4  linux/amd64   GOAMD64=v5
row refused 1.24.4  linux/amd64   GOAMD64=V3
row refused 1.24.4  linux/amd64   GOAMD64=v3,lse
row refused 1.24.4  linux/arm64   GOAMD64=v3
row taken   1.24.4  linux/386     GO386=softfloat
row refused 1.24.4  linux/386     GO386=387
row taken   1.24.4  linux/arm     GOARM=7
row taken   1.24.4  linux/arm     GOARM=7,softfloat
row taken   1.23.1  windows/arm   GOARM=5
row refused 1.24.4  linux/arm     GOARM=8
row refused 1.24.4  linux/arm     GOARM=softfloat
row refused 1.24.4  linux/arm     GOARM=5,softfloat,hardfloat
row refused 1.24.4  linux/riscv64 GOARM=7
row refused 1.24.4  linux/arm64   GOARM=7
row taken   1.24.4  linux/arm64   GOARM64=v8.1,lse
row taken   1.24.4  linux/arm64   GOARM64=v9.5,crypto,lse
row refused 1.24.4  linux/arm64   GOARM64=v9.6
row refused 1.24.4  linux/arm64   GOARM64=v8.0,sve
row taken   1.24.4  darwin/arm64  GOARM64=v8.2
row taken   1.24.4  linux/riscv64 GORISCV64=rva22u64
row refused 1.24.4  linux/riscv64 GORISCV64=rva23u64
row taken   1.27.1  linux/riscv64 GORISCV64=rva23u64
row taken   1.24.4  linux/ppc64le GOPPC64=power10
row refused 1.24.4  linux/ppc64le GOPPC64=power11
row taken   1.24.4  linux/mipsle  GOMIPS=softfloat
row refused 1.24.4  linux/mips64  GOMIPS=softfloat
row taken   1.24.4  linux/mips64  GOMIPS64=hardfloat
row taken   1.24.4  js/wasm       GOWASM=satconv,signext
row refused 1.24.4  js/wasm       GOWASM=threads
row refused 1.24.4  js/wasm       GOWASM=satconv bake
row refused 1.24.4  linux/s390x   GOAMD64=v1
row taken   1.24.4  linux/amd64   GOFIPS140=latest
row taken   1.24.4  linux/amd64   GOFIPS140=v1.0.0
row refused 1.24.4  linux/amd64   GOFIPS140=certified
row taken   1.27.1  linux/amd64   GOFIPS140=certified
row refused 1.23.1  linux/amd64   GOFIPS140=latest
row refused 1.24.4  js/wasm       GOFIPS140=latest
row taken   1.24.4  js/wasm       GOFIPS140=off
row refused 1.24.4  openbsd/amd64 GOFIPS140=latest
row refused 1.24.4  windows/386   GOFIPS140=latest
row taken   1.24.4  linux/amd64   GOEXPERIMENT=arenas
row taken   1.24.4  linux/amd64   GOEXPERIMENT=noswissmap,arenas
row refused 1.24.4  linux/amd64   GOEXPERIMENT=such
row refused 1.24.4  linux/amd64   GOEXPERIMENT=jsonv2
row taken   1.27.1  linux/amd64   GOEXPERIMENT=jsonv2
row refused 1.24.4  linux/amd64   GOEXPERIMENT=Arenas
row taken   1.24.4  linux/amd64   GOEXPERIMENT=boringcrypto
row refused 1.24.4  linux/riscv64 GOEXPERIMENT=boringcrypto
row refused 1.24.4  linux/amd64   GOFIPS140=latest GOEXPERIMENT=boringcrypto
row taken   1.24.4  linux/amd64   GOGC=200
row taken   1.24.4  linux/amd64   GOGC=off
row taken   1.24.4  linux/amd64   GOGC=2147483647
row refused 1.24.4  linux/amd64   GOGC=2147483648
row refused 1.24.4  linux/amd64   GOGC=-1
row refused 1.24.4  linux/amd64   GOGC=lots
row taken   1.24.4  linux/amd64   GOMEMLIMIT=64MiB
row taken   1.24.4  linux/amd64   GOMEMLIMIT=1073741824
row refused 1.24.4  linux/amd64   GOMEMLIMIT=64MB
row refused 1.24.4  linux/amd64   GOMEMLIMIT=0
row refused 1.24.4  linux/amd64   GOMEMLIMIT=0MiB
row refused 1.24.4  linux/amd64   GOMEMLIMIT=99999999TiB
row refused 1.24.4  js/wasm       GOMEMLIMIT=64MiB
row refused 1.24.4  plan9/amd64   GOMEMLIMIT=64MiB
row taken   1.24.4  linux/386     GOMEMLIMIT=4GiB
row refused 1.24.4  linux/386     GOMEMLIMIT=5GiB
row taken   1.24.4  linux/amd64   GODEBUG=gctrace=1,madvdontneed=0
row refused 1.24.4  linux/amd64   GODEBUG=gctrace
row refused 1.24.4  linux/amd64   GODEBUG=cpu.avx2=off
row refused 1.24.4  linux/amd64   GODEBUG=gctrace=1,
row taken   1.24.4  linux/riscv64 GORISCV64=rva22u64 GOGC=200 bake
row refused 1.24.4  linux/riscv64 GOGC=200 bake

# What Nix says, of all rows at once.
{
  printf '[\n'
  for each in "${rows[@]}"; do
    read -r _ release port profile <<<"$each"
    printf '{ release = "%s"; port = "%s"; profile = {' "$release" "$port"
    bake=false
    for word in $profile; do
      if [ "$word" = bake ]; then bake=true; else printf ' %s = "%s";' "${word%%=*}" "${word#*=}"; fi
    done
    printf ' }; bake = %s; }\n' $bake
  done
  printf ']\n'
} >"$T/rows.nix"
mapfile -t verdicts < <(nix_eval lib.goSdk --impure --raw --apply "goSdk: builtins.concatStringsSep \"\\n\" (map (row:
  if (builtins.tryEval (goSdk ({ system = \"x86_64-linux\"; } // row)).drvPath).success then \"taken\" else \"refused\")
  (import $T/rows.nix))" && echo)

start=$(system_go)
start=${start%/bin/go}
for number in "${!rows[@]}"; do
  read -r verdict release port profile <<<"${rows[number]}"
  expect_equal "what Nix says of ${rows[number]}" "$verdict" "${verdicts[number]}"
  words=() status=0
  for word in $profile; do if [ "$word" = bake ]; then words+=(--bake); else words+=(--profile "$word"); fi; done
  "$GOSTRAP" plan "$port" --release "$release" --store "$T/empty" --bootstrap "$start" "${words[@]}" >"$T/out" 2>&1 || status=$?
  said=refused
  [ $status != 0 ] || said=taken
  expect_equal "what gostrap says of ${rows[number]} ($(head -n 1 "$T/out"))" "$verdict" "$said"
done
ok "${#rows[@]} profiles: Nix refuses those that gostrap refuses"

# refused GOSDK REGEX: with the words of a refusal
refused() {
  expect_exit 1 nix eval "$flake#lib.goSdk" "${stand_in[@]}" --apply "goSdk: (goSdk ({ system = \"x86_64-linux\"; release = \"1.24.4\"; } // $1)).drvPath"
  expect_match "$2" "$T/err"
}
refused '{ profile.GOAMD64 = "v5"; }' 'GOAMD64=v5 cannot be for linux/amd64: GOAMD64 of go1.24.4 is v1, v2, v3 or v4'
refused '{ port = "riscv64"; profile.GOARM = 7; }' 'GOARM=7 cannot be for linux/riscv64: GOARM is for arm, .*its variable is GORISCV64: rva20u64 or rva22u64'
refused '{ port = "wasm"; profile.GOMEMLIMIT = "64MiB"; }' 'GOMEMLIMIT=64MiB cannot be for js/wasm: memory only ever grows there'
refused '{ profile.GODEBUG = "gcstoptheworld=3"; }' 'gcstoptheworld is 0, 1 or 2'
refused '{ profile.GOGC = true; }' 'GOGC of the profile is a bool'
refused '{ profile.GOGC = [ 200 ]; }' 'GOGC of the profile is a list'
refused '{ patches = ./x.patch; }' 'patches is a list of files, not a path'
refused '{ patches = [ "x.patch" ]; }' 'each of patches is a file that a build can see, .*not "x.patch"'
refused '{ patches = [ ./flake ]; }' 'each of patches is a file'
refused "{ patches = [ \"$T/x.patch\" ]; }" 'each of patches is a file'
refused '{ patches = [ null ]; }' 'each of patches is a file .*not a null'
refused '{ profile = "GOAMD64=v3"; }' 'a profile is a set, .*not a string'
refused '{ release = 1.24; }' 'a release is a string, .*not a float'
refused '{ port = null; }' 'a port is a string, .*not a null'
refused '{ ports = [ "arm64" ]; }' 'there is no ports to choose. There is release, port, profile, patches, bake'
refused '{ bake = "yes"; }' 'bake is true or false, not a string'
refused '{ port = "wasm"; profile.GOWASM = "satconv"; bake = true; }' 'make.bash bakes no GOWASM'
ok "a refusal says why, and what there is"

expect_exit 1 nix eval "$flake#lib.mkGostrap" "${stand_in[@]}" --impure --apply \
  "mkGostrap: ((mkGostrap (import $T/nixpkgs { })).goToolchain { release = \"1.24.4\"; port = \"arm64\"; profile.GOARM64 = \"v7\"; bake = true; }).drvPath"
expect_match 'GOARM64=v7 cannot be for linux/arm64' "$T/err"
ok "the same for toolchains"
