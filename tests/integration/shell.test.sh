#!/usr/bin/env bash
# gostrap shell: the SDK's go is first whatever a shell's own start-up files put on PATH.
# shellcheck disable=SC2016 # what stands in single quotes is for other shells
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires script zsh fish

fake_bootstrap 1.98.0
fake_release 1.99.0
expect_exit 0 "$GOSTRAP" build riscv64 amd64 --release 1.99.0
sdk=$(entry go1.99.0-sdk-linux-riscv64)
mkdir "$T/other"
printf '#!/bin/sh\necho another go\n' >"$T/other/go"
chmod +x "$T/other/go"

# at_terminal SHELL WORDS…: gostrap shell at a terminal, where these words are typed; what is to be seen is in $T/out.
at_terminal() {
  local shell
  shell=$(command -v "$1")
  printf '%s\n' "${@:2}" exit >"$T/typed"
  # script starts a shell of its own
  SHELL=/bin/sh timeout 60 script -qec "SHELL='$shell' '$GOSTRAP' shell riscv64 --release 1.99.0 ${options-}" /dev/null <"$T/typed" >"$T/out" 2>&1 || :
  tr -d '\r' <"$T/out" >"$T/seen" && mv "$T/seen" "$T/out"
}
look='echo "go is <$(command -v go)> <$(go env GOARCH)> <$GOARCH> <$MINE>"'

puts_first='export PATH="'$T'/other:$PATH" MINE=mine; alias go=/no/such'
printf '%s\n' "$puts_first" >"$HOME/.bashrc"
mkdir "$HOME/zsh"
printf 'export ZDOTDIR="$HOME/zsh"\n' >"$HOME/.zshenv"
printf '%s\n' "$puts_first" >"$HOME/zsh/.zshrc"
printf '%s\n' "$puts_first" >"$HOME/.env"
export ENV='$HOME/.env'
seen=
for shell in bash zsh dash ksh mksh; do
  command -v $shell >/dev/null || continue
  at_terminal $shell "$look"
  expect_match "go is <$sdk/bin/go> <riscv64> <riscv64> <mine>" "$T/out"
  seen+=" $shell"
done
ok "in$seen the SDK's go comes before what the start-up files put first, and they were read"

if command -v fish >/dev/null; then
  mkdir -p "$HOME/.config/fish" "$HOME/.local/share/fish/generated_completions" # else it makes them, in the background
  printf 'set -gx PATH %s/other $PATH\nset -gx MINE mine\nfunction go; echo none; end\n' "$T" >"$HOME/.config/fish/config.fish"
  at_terminal fish 'echo "go is <"(command -v go)"> <"(go env GOARCH)"> <$GOARCH> <$MINE>"'
  expect_match "go is <$sdk/bin/go> <riscv64> <riscv64> <mine>" "$T/out"
  ok "and in fish"
fi

# What is on the prompt, as the shell shows it: a command of its own that prints it.
name='(linux/riscv64 go1.99.0) '
printf "export PS1='mine> '\n" | tee "$HOME/.bashrc" "$HOME/zsh/.zshrc" >"$HOME/.env"
seen=
for shell in bash zsh dash fish; do
  command -v $shell >/dev/null || continue
  say='echo "<$PS1>"'
  if [ $shell = fish ]; then
    printf 'function fish_prompt; echo "mine $status> "; end\n' >"$HOME/.config/fish/config.fish"
    say='false; echo "<"(fish_prompt)">"'
    own='mine 1> '
  else
    own='mine> '
  fi
  at_terminal $shell "$say"
  grep -qF "<$name$own>" "$T/out" || { cat "$T/out"; fail "the prompt of $shell does not name the SDK"; }
  options=--no-prompt at_terminal $shell "$say"
  grep -qF "<$own>" "$T/out" || { cat "$T/out"; fail "the prompt of $shell is not the user's with --no-prompt"; }
  GOSTRAP_NO_PROMPT=1 at_terminal $shell "$say"
  grep -qF "<$own>" "$T/out" || { cat "$T/out"; fail "the prompt of $shell is not the user's with GOSTRAP_NO_PROMPT"; }
  seen+=" $shell"
done
ok "in$seen the prompt names the SDK before the user's own, and does not where that is not wanted"

printf 'PS1=${CARRIED-mine> }\n' >"$HOME/.bashrc"
at_terminal bash 'export CARRIED="$PS1"' "SHELL=$(command -v bash) $GOSTRAP shell amd64 --release 1.99.0" 'echo "<$PS1>"' exit
grep -qF "<(linux/amd64 go1.99.0) mine> >" "$T/out" || { cat "$T/out"; fail "the prompt of a shell within a shell names both SDKs"; }
printf "PROMPT_COMMAND='PS1=made-anew; '\n" >"$HOME/.bashrc"
at_terminal bash 'echo "<$PS1>"'
grep -qF "<${name}made-anew>" "$T/out" || { cat "$T/out"; fail "a prompt that is made anew each time has lost the name"; }
ok "in a shell within a shell it names the inner one alone, and a prompt that is made anew each time keeps it"

printf 'export PATH="%s/other:$PATH"\nreadonly PATH\n' "$T" >"$HOME/.bashrc"
at_terminal bash "$look"
expect_match "gostrap: go is $T/other/go in this shell, and not the SDK's: $sdk/bin/go" "$T/out"
ok "where it cannot be first, that is said"

printf '#!/bin/sh\necho "started $*"\n' >"$T/bin/my-shell"
chmod +x "$T/bin/my-shell"
at_terminal my-shell
expect_match "my-shell reads its own start-up files now: .command -v go. should say $sdk/bin/go" "$T/out"
ok "a shell that gostrap does not know is started as it is, with a word"

expect_equal "what is left of it" "" "$(find "$TMPDIR" -name 'gostrap-shell-*')"
ok "nothing is left behind"
