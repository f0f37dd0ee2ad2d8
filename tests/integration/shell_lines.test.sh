#!/usr/bin/env bash
# gostrap env for each shell: the same in all of them, with any path; each is run that is here.
# shellcheck disable=SC2016 # what stands in single quotes is for other shells
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires zsh fish

fake_bootstrap 1.98.0
fake_release 1.99.0
expect_exit 0 "$GOSTRAP" build riscv64 amd64 --release 1.99.0
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0 --profile GORISCV64=rva22u64

# a store whose name has in it what means something to some shell
nasty=$'it\'s a $HOME "q" `id` \\ (1) {2} *é\nlast\\'
mkdir "$T/$nasty"
mv "$store" "$T/$nasty/store"
nasty_store=$T/$nasty/store
sdk=$(printf '%s\n' "$nasty_store"/*go1.99.0-sdk-linux-riscv64)

# lines_for SHELL PORT…: written to $T/lines
lines_for() {
  expect_exit 0 "$GOSTRAP" env "${@:2}" --release 1.99.0 --store "$nasty_store" --shell "$1"
  cp "$T/out" "$T/lines.$1"
}
# in_shell SHELL: standard input, which it runs with what lines_for wrote for it, as its manual has it; sets said
in_shell() {
  case $1 in
    bash | zsh | sh) printf 'eval "$(cat %s)"\n' "$T/lines.$1" ;;
    fish) printf 'cat %s | source\n' "$T/lines.$1" ;;
    nu) printf 'source %s\n' "$T/lines.$1" ;;
    pwsh) printf 'Get-Content %s | Invoke-Expression\n' "$T/lines.$1" ;;
  esac >"$T/script.$1"
  cat >>"$T/script.$1"
  case $1 in
    zsh) "$1" -f "$T/script.$1" ;;
    fish) "$1" --no-config "$T/script.$1" ;;
    nu) "$1" --no-config-file "$T/script.$1" ;;
    *) "$1" "$T/script.$1" ;;
  esac >"$T/said" 2>&1 || { cat "$T/said"; fail "$1 fails"; }
}
# What a program that is started there sees.
look='sh -c "printenv PATH; echo GOOS=\$GOOS GOARCH=\$GOARCH GORISCV64=\$GORISCV64 GOTOOLCHAIN=\$GOTOOLCHAIN GOCACHE=\$GOCACHE; echo \${GOROOT:-none} \${GOTOOLDIR:-none} \$GOSTRAP_DEFAULTS"'

seen=
for shell in bash zsh sh fish nu pwsh; do
  command -v $shell >/dev/null || continue
  run=$look
  [ $shell != nu ] || run='^sh -c "printenv PATH; echo GOOS=$GOOS GOARCH=$GOARCH GORISCV64=$GORISCV64 GOTOOLCHAIN=$GOTOOLCHAIN GOCACHE=$GOCACHE; echo ${GOROOT:-none} ${GOTOOLDIR:-none} $GOSTRAP_DEFAULTS"'
  lines_for $shell riscv64
  GOROOT=/elsewhere GOTOOLDIR=/elsewhere GOTOOLCHAIN=auto in_shell $shell <<<"$run"
  expect_equal "what $shell makes of it" "$sdk/bin:$PATH
GOOS=linux GOARCH=riscv64 GORISCV64= GOTOOLCHAIN=local GOCACHE=
none none GOOS=linux GOARCH=riscv64" "$(cat "$T/said")"

  GOOS=linux GOARCH=arm64 GOCACHE=/mine in_shell $shell <<<"$run"
  expect_equal "the user's own in $shell" "GOOS=linux GOARCH=arm64 GORISCV64= GOTOOLCHAIN=local GOCACHE=/mine" \
    "$(grep GOTOOLCHAIN= "$T/said")"

  GOOS=linux GOARCH=amd64 GOCACHE=$HOME/.cache/gostrap/go-build/x GOSTRAP_DEFAULTS='GOOS=linux GOARCH=amd64 GOCACHEPROG=x y' \
    GOCACHEPROG='x y' in_shell $shell <<<"$run"
  expect_equal "what another SDK set in $shell" "GOOS=linux GOARCH=riscv64 GORISCV64= GOTOOLCHAIN=local GOCACHE=" \
    "$(grep GOTOOLCHAIN= "$T/said")"

  lines_for $shell riscv64 --profile GORISCV64=rva22u64
  GOCACHE=/old/gostrap/go-build/x in_shell $shell <<<"$run"
  expect_match '^GOOS=linux GOARCH=riscv64 GORISCV64=rva22u64 GOTOOLCHAIN=local GOCACHE=/.*/gostrap/go-build/' "$T/said"
  seen+=" $shell"
done
ok "in$seen: any path, the user's own choices, another SDK's taken back, a profile"

if command -v fish >/dev/null; then
  lines_for fish riscv64
  in_shell fish <<<'count $PATH; printf "%s\n" $PATH[1]'
  expect_equal "PATH is a list in fish" "$(($(tr -cd : <<<"$PATH" | wc -c) + 2))" "$(sed 1q "$T/said")"
fi
if command -v nu >/dev/null; then
  lines_for nu riscv64
  in_shell nu <<<'print ($env.PATH | describe)'
  expect_equal "PATH in nu" "list<string>" "$(cat "$T/said")"
fi
ok "PATH is a list where lists are"

expect_exit 0 "$GOSTRAP" env riscv64 --release 1.99.0 --store "$nasty_store" --shell json
cp "$T/out" "$T/by-shell"
expect_exit 0 env GOROOT=/x GOSTRAP_DEFAULTS='GOOS=js GOARCH=wasm' GOOS=js GOARCH=wasm GOWASM=satconv "$GOSTRAP" env riscv64 --release 1.99.0 --store "$nasty_store" --json
expect_equal "the SDK" "$sdk" "$(json "$T/by-shell" sdk | iconv -f latin1 -t utf8)"
expect_equal "PATH" "$sdk/bin:$PATH" "$(json "$T/out" set PATH | iconv -f latin1 -t utf8)"
expect_equal "GOOS" linux "$(json "$T/out" set GOOS)"
expect_equal "what is unset" GOROOT "$(json "$T/out" unset 0)"
ok "--json and --shell json have what is to be set and unset"

expect_exit 2 "$GOSTRAP" env riscv64 --shell tcsh
expect_match 'env knows no shell tcsh' "$T/err"
expect_exit 2 "$GOSTRAP" env riscv64 --shell fish --json
expect_match 'are two forms' "$T/err"
ok "a shell that is not known is refused, and so are two forms at once"
