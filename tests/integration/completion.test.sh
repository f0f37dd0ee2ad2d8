#!/usr/bin/env bash
# Completion in the shells themselves: what stands on the line when the key has been pressed.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires script zsh fish

fake_bootstrap 1.98.0
fake_release 1.99.0
expect_exit 0 "$GOSTRAP" build riscv64 wasm --release 1.99.0 --store "$T/my store"
sdk=$(tail -n 2 "$T/out" | grep riscv64)
mkdir "$T/here" "$T/here/some dir"
ln -s "$GOSTRAP" "$T/bin/gostrap"
touch "$T/here/a file" "$T/here/key.pub" "$T/here/wasm"  # a file must not turn a port into a path
cat >"$T/bin/a-tool-of-the-test" <<'SH'
#!/bin/sh
SH
chmod +x "$T/bin/a-tool-of-the-test"
cd "$T/here"

for shell in bash zsh fish; do
  expect_exit 0 "$GOSTRAP" completion "$shell"
  cp "$T/out" "$T/script.$shell"
done
expect_exit 2 "$GOSTRAP" completion tcsh
expect_match 'There is for bash, zsh and fish' "$T/err"
bash -n "$T/script.bash"
zsh -n "$T/script.zsh"
fish -n "$T/script.fish"
ok "each script is one that its shell can read"

# Each key of a line editor below leads to a file: what it shows on a terminal is for people.
keys() { # LINE… : each is typed, completed (tab), kept and taken away; "all: LINE" has every candidate inserted
  local line
  for line in "$@"; do
    case $line in
      all:*) printf '%s\030a' "${line#all: }" ;;
      *) printf '%s\t' "$line" ;;
    esac
    printf '\030k'
  done
  printf 'exit\r'
}

cat >"$T/bashrc" <<'SH'
PS1='$ '
bind 'set enable-bracketed-paste off'
bind 'set bell-style none'
bind '"\C-xa": insert-completions'
keep() { printf '%s\n' "$READLINE_LINE" >>"$KEPT" && READLINE_LINE= READLINE_POINT=0; }
bind -x '"\C-xk": keep'
. "$SCRIPT"
SH
cat >"$T/home/.zshrc" <<'SH'
PS1='%# '
unsetopt beep
autoload -Uz compinit && compinit -u -D
keep() { print -r -- "$BUFFER" >>"$KEPT" && BUFFER= }
zle -N keep && bindkey '^Xk' keep
zle -C all complete-word _generic && bindkey '^Xa' all
zstyle ':completion:all:*' completer _all_matches _complete
zstyle ':completion:all:*' insert yes
bindkey '^I' complete-word
. "$SCRIPT"
SH

completed() { # SHELL LINE…: what became of each is in $T/kept, a line each
  local command
  case $1 in
    bash) command="bash --noprofile --rcfile $T/bashrc -i" ;;
    zsh) command="zsh -o no_global_rcs -i" ;;
  esac
  : >"$T/kept"
  keys "${@:2}" | TERM=dumb KEPT=$T/kept SCRIPT=$T/script.$1 \
    script -qec "stty cols 400 && exec $command" "$T/typescript" >"$T/seen" 2>&1 ||
    fail "$1: exit status $?: $(cat -v "$T/seen")"
}

sorted_words() { tr -s ' ' '\n' <<<"$1" | sed '/^$/d' | sort | tr '\n' ' '; }

becomes() { # LINE RESULT…: what each of the lines becomes in $shell
  local lines=() results=() got i
  while [ $# -gt 0 ]; do
    lines+=("$1") results+=("$2")
    shift 2
  done
  completed "$shell" "${lines[@]}"
  mapfile -t got <"$T/kept"
  [ ${#got[@]} = ${#lines[@]} ] || fail "$shell: ${#got[@]} lines of ${#lines[@]}: $(cat -v "$T/seen")"
  for i in "${!lines[@]}"; do
    if [[ ${lines[i]} == all:* ]]; then # of several, each shell has its own order
      got[i]=$(sorted_words "${got[i]}")
      results[i]=$(sorted_words "${results[i]}")
    fi
    expect_equal "$shell: what \`${lines[i]}\` becomes" "${results[i]}" "${got[i]}"
  done
}

# What is the same in bash and zsh.
everywhere() {
  becomes 'gostrap outd' 'gostrap outdated ' \
    'gostrap bundle cr' 'gostrap bundle create ' \
    'gostrap build riscv6' 'gostrap build riscv64 ' \
    'gostrap build was' 'gostrap build was' \
    'gostrap build linux/ri' 'gostrap build linux/riscv64 ' \
    'gostrap build --acc' 'gostrap build --accept-unsigned ' \
    'gostrap build --release 1.99' 'gostrap build --release 1.99.0 ' \
    'gostrap build --release=1.99' 'gostrap build --release=1.99.0 ' \
    'gostrap build --profile GOMEM' 'gostrap build --profile GOMEMLIMIT=' \
    'gostrap build --profile=GOGC=o' 'gostrap build --profile=GOGC=off ' \
    'gostrap build --profile GOGC=200,GORI' 'gostrap build --profile GOGC=200,GORISCV64=' \
    'gostrap build riscv64 --profile GOAMD' 'gostrap build riscv64 --profile GOAMD' \
    'gostrap inspect a' 'gostrap inspect a\ file ' \
    'gostrap list --store some' 'gostrap list --store some\ dir/' \
    'gostrap list --store=some' 'gostrap list --store=some\ dir/' \
    'gostrap bundle install --key k' 'gostrap bundle install --key key.pub ' \
    "gostrap verify --store $T/my\\ store $T/my\\ store/${sdk##*/}" "gostrap verify --store $T/my\\ store $T/my\\ store/${sdk##*/} " \
    'gostrap exec riscv64 -- a-tool-of-th' 'gostrap exec riscv64 -- a-tool-of-the-test ' \
    'gostrap list ou' 'gostrap list ou'
  ok "$shell: verbs and their parts, options, releases, settings, files, commands"
  becomes "all: gostrap env --store $T/my\\ store " "gostrap env --store $T/my\\ store js/wasm linux/riscv64 " \
    "all: gostrap env --store=$T/my\\ store was" "gostrap env --store=$T/my\\ store wasm " \
    "all: gostrap image " "gostrap image sdk app "
  ok "$shell: the ports whose SDKs the store has, also one with a space in its path"
}

shell=bash
everywhere
becomes 'gostrap build linux/\*' 'gostrap build linux/\* ' \
  "gostrap build 'linux/risc" "gostrap build 'linux/riscv64' " \
  "gostrap list --store \"some" "gostrap list --store \"some dir\"/" \
  'gostrap list >a' 'gostrap list >a\ file '
ok "bash: within quotes, with patterns, and behind a redirection"

shell=zsh
everywhere

shell=fish
offers() { # LINE WORD…: all that fish offers for it
  # shellcheck disable=SC2016
  fish --no-config -c 'source $argv[1]; complete -C $argv[2]' "$T/script.fish" "$1" >"$T/out" 2>"$T/err" ||
    fail "fish: exit status $?: $(cat "$T/err")"
  expect_equal "fish: what it says of \`$1\`" "" "$(cat "$T/err")"
  expect_equal "fish: what it offers for \`$1\`" "$(printf '%s\n' "${@:2}" | sort)" "$(cut -f 1 "$T/out" | sort)"
}
offers 'gostrap outd' outdated
expect_match $'^outdated\tsay which ' "$T/out"
offers 'gostrap bundle cr' create
offers 'gostrap build riscv6' riscv64
offers 'gostrap build --rel' --release --releases
offers 'gostrap build --release 1.99' 1.99.0
offers 'gostrap build --release=1.99' --release=1.99.0
offers 'gostrap build --profile GOGC=200,GORI' GOGC=200,GORISCV64=
offers 'gostrap inspect a' 'a file'
offers 'gostrap inspect "a f' 'a file'
offers 'gostrap list --store some' 'some dir/'
offers 'gostrap list --store=some' '--store=some dir/'
offers 'gostrap exec riscv64 -- a-tool-of-th' a-tool-of-the-test
offers "gostrap env --store $T/my\\ store " js/wasm linux/riscv64
offers "gostrap env --store '$T/my store' was" wasm
offers 'gostrap list ou'
ok "fish: the same, with what each is"

said() { # WORD…: what the program says, which is never an error
  "$GOSTRAP" complete -- "$@" >"$T/out" 2>"$T/err" || true
  expect_equal "what \`complete -- $*\` says on standard error" "" "$(cat "$T/err")"
}
echo '{"releases": nonsense}' >"$T/broken.json"
said build --releases "$T/broken.json" riscv6
expect_match '^riscv64' "$T/out"
said verify --store /proc/1/mem ''
HOME='' said env ''
said nonsense ''
expect_equal "of a verb that there is not" "words	" "$(cat "$T/out")"
mkdir -p "$T/odd"$'\n'"store"
said verify --store "$T/odd"$'\n'"store" ''
expect_match '^files' "$T/out"
ok "where something is wrong it says less, and no error"

cd "$T"
[ ! -e "$store" ] || fail "completing made a store"
[ ! -e "$HOME/.cache/gostrap" ] || fail "completing made a cache"
ok "completing makes nothing"
