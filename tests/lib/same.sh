# shellcheck shell=bash
# Sourced after compile.sh: holds gostrap compile against go build, for modules that tests/e2e/same makes out of seeds.
ports=(linux/amd64 linux/arm64 linux/riscv64 js/wasm)
same_differences=0 same_built=0 same_refused=0

# make_generator: the SDK's own go command compiles it.
make_generator() {
  (cd "$GOSTRAP_SOURCE_DIR/tests/e2e/same" && go_of linux/amd64 build -o "$T/same" .) || fail "the generator does not compile"
}

differs() {
  printf 'DIFFERS: seed %s for %s: %s\n' "$1" "$2" "$3" >&2
  printf '  the module again: cd tests/e2e/same && go run . %s %s DIR\n' "$1" "$2" >&2
  [ ! -s "$T/case/ours.log" ] || sed 's/^/  ours: /' "$T/case/ours.log" | head -n 12 >&2
  [ ! -s "$T/case/theirs.log" ] || sed 's/^/  go:   /' "$T/case/theirs.log" | head -n 12 >&2
  same_differences=$((same_differences + 1))
}

# same SEED: one module for one port. What go build refuses must be refused; what it makes must be made, byte for byte.
same() {
  local seed=$1 port=${ports[$1 % ${#ports[@]}]} sdk us=0 go=0
  local work plain arguments plain_arguments ours theirs
  chmod -R u+w "$T/case" 2>/dev/null || true
  rm -rf "$T/case" && mkdir -p "$T/case"
  "$T/same" "$seed" "$port" "$T/case" || fail "seed $seed: no module"
  # shellcheck source=/dev/null
  . "$T/case/case.sh"
  sdk=$(sdk_of "$port")
  (cd "$plain" && GOOS=${port%/*} GOARCH=${port#*/} "$sdk/share/go/bin/go" build -trimpath -buildvcs=false -ldflags=-buildid= \
    "${theirs[@]}" -o "$T/case/theirs" "${plain_arguments[@]}") >"$T/case/theirs.log" 2>&1 || go=$?
  (cd "$work" && "$GOSTRAP" compile --sdk "$port" --release 1.24.4 "${ours[@]}" -o "$T/case/ours" -- "${arguments[@]}") \
    >"$T/case/ours.log" 2>&1 </dev/null || us=$?
  if [ "$go" != 0 ]; then
    same_refused=$((same_refused + 1))
    [ "$us" = 2 ] || differs "$seed" "$port" "go build refuses it, and compile ends with $us"
    ! grep -q 'usage: \|unforeseen\|internal compiler error' "$T/case/ours.log" || differs "$seed" "$port" "it is not refused in words"
  elif [ "$us" != 0 ]; then
    differs "$seed" "$port" "go build makes it, and compile ends with $us"
  else
    same_built=$((same_built + 1))
    cmp -s "$T/case/ours" "$T/case/theirs" || differs "$seed" "$port" "other bytes"
  fi
}

# same_seeds FIRST LAST
same_seeds() {
  local seed
  export TMPDIR=$T/tmp
  make_generator
  for ((seed = $1; seed <= $2; seed++)); do same "$seed"; done
  [ "$same_differences" = 0 ] || fail "$same_differences of $(($2 - $1 + 1)) modules: not what go build makes"
  ok "$same_built modules are what go build makes, $same_refused are refused as go build refuses them (seeds $1 to $2)"
}
