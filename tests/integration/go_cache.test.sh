#!/usr/bin/env bash
# The build cache's program: the seed beside it is read where it stands, all else is GOCACHE's, as cmd/go has it.
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
go=$(printf "%s\n" /usr/lib/go-*/bin/go | sort -V | tail -n 1) # Debian's newest
export GOCACHE=$T/cache GOTOOLCHAIN=local GOFLAGS='' CGO_ENABLED=0
mkdir -p "$T/seed/bin" "$T/seed/share/std"
seed=$T/seed/share/std program=$T/seed/bin/go_cache
GOCACHE=${GOSTRAP_TEST_GOCACHE:-$T/gocache} "$go" build -trimpath -o "$program" "$GOSTRAP_SOURCE_DIR"/src/seed/go_cache/*.go

id() { printf %s "$1" | sha256sum | cut -d' ' -f1; }
# add_result NAME: a file of the seed, by that action
add_result() {
  printf 'what %s is' "$1" >"$T/$1"
  local output && output=$(sha256sum "$T/$1" | cut -d' ' -f1)
  cp "$T/$1" "$(file_of "$1")"
  printf '%s %s %s\n' "$(id "$1")" "$output" "$(stat -c %s "$T/$1")" >>"$T/lines"
}
seal_index() {
  { printf 'gostrap std 1\n' && sort "$T/lines"; } >"$seed/index"
  printf 'sha256 %s\n' "$(sha256sum "$seed/index" | cut -d' ' -f1)" >"$T/sum" && cat "$T/sum" >>"$seed/index"
}
file_of() { printf '%s/%09d-%s\n' "$seed" "$(stat -c %s "$T/$1")" "$(sha256sum "$T/$1" | cut -d' ' -f1)"; }
for name in one two three; do add_result $name; done
seal_index
# ask REQUEST…: what the program answers, in $T/out
ask() {
  perl "$GOSTRAP_SOURCE_DIR/tests/lib/cache-client.pl" "$program" <<<"$(printf '%s\n' "$@")" >"$T/out" 2>"$T/err" ||
    fail "the client failed: $(cat "$T/err")"
}
cached() { local name && name=$(id "$1") && printf '%s/%s/%s-a\n' "$GOCACHE" "${name:0:2}" "$name"; }

ask "get $(id one)" "get $(id two)" "get $(id other)" close
expect_match '^can get put close$'
expect_match "^at $(file_of one) $(stat -c %s "$T/one")$"
expect_match "^at $(file_of two) "
expect_match '^miss$' && expect_match '^done$' && expect_match '^exit 0$'
expect_equal "what it says otherwise" "" "$(cat "$T/err")"
ok "results of the seed are read where they stand"

head -c 20000000 /dev/urandom >"$T/large" && : >"$T/empty" && printf small >"$T/small"
ask "put $(id a) $T/small" "put $(id b) $T/large" "put $(id c) $T/empty" "get $(id a)" "get $(id b)" "get $(id c)"
for name in small large empty; do
  sum=$(sha256sum "$T/$name" | cut -d' ' -f1)
  cmp "$T/$name" "$GOCACHE/${sum:0:2}/$sum-d"
  expect_match "^at $GOCACHE/${sum:0:2}/$sum-d $(stat -c %s "$T/$name")$"
done
expect_equal "the size of an entry" 175 "$(stat -c %s "$(cached a)")"
expect_match "^v1 $(id a) [0-9a-f]{64} {20}5 [0-9 ]{20}$" "$(cached a)"
ok "what is put is GOCACHE's, in cmd/go's own form, and is found again"

mkdir "$T/m" && cd "$T/m"
printf 'module m\n' >go.mod && printf 'package main\n\nfunc main() {}\n' >main.go
"$go" build -o hello .
action=$(find "$GOCACHE" -name '*-a' -printf '%T@ %f\n' | sort -n | tail -n 1 | sed 's/.* //; s/-a$//')
ask "get $action"
expect_match "^at $GOCACHE/"
ok "what a plain go command has put there is found too"

ask "lie $(id d) $T/small" "get $(id d)" 'raw {"ID":7,"Command":"forget"}' "get 00ff" "get $(id one)" close
expect_match '^error gostrap cannot keep it: the body is not what its size and OutputID say$'
expect_match '^error gostrap knows no command "forget"$'
expect_match '^error an ID has 32 bytes$'
expect_match "^at $(file_of one) "
expect_exit 1 "$program" nonsense
expect_match 'the go command starts this program'
ok "a body that is another, an unknown command and a short ID are refused, and it goes on"

damage() { # NAME: one bit, and the times as they were
  local file && file=$(file_of "$1") && cp -p "$file" "$T/whole"
  printf W | dd of="$file" conv=notrunc status=none && touch -r "$T/whole" "$file"
}
damage one
ask "get $(id one)" "get $(id two)" "get $(id one)"
expect_equal "misses" 2 "$(grep -c '^miss$' "$T/out")"
expect_equal "warnings" 1 "$(wc -l <"$T/err")"
expect_match "the compiled std at $T/seed is damaged \($(basename "$(file_of one)")\): it is compiled again; .gostrap verify --repair $T/seed. mends it"
cp "$T/one" "$(file_of one)" && rm "$(file_of three)"
ask "get $(id one)" "get $(id three)"
expect_match "^at $(file_of one) " && expect_match '^miss$'
expect_match 'no such file or directory'
ok "a file that was changed, though it was whole before, or is missing is no result: one warning"

cp "$seed/index" "$T/index" && sed -i '2s/^./x/' "$seed/index"
ask "get $(id one)" "put $(id e) $T/small" "get $(id e)"
expect_match '^miss$' && expect_match "^at $GOCACHE/"
expect_match 'is damaged \(index\): it is compiled again'
rm "$seed/index"
ask "get $(id one)"
expect_match '^miss$' && expect_match 'the compiled std at .* cannot be read'
cp "$T/index" "$seed/index"
ok "without a whole index it is GOCACHE's program, and says so once"

touch -d '10 days ago' "$(cached a)" "$GOCACHE/ab" && printf x >"$GOCACHE/00/gostrap-tmp-1-d" && touch -d '10 days ago' "$GOCACHE/00/gostrap-tmp-1-d"
rm -f "$GOCACHE/trim.txt"
ask "get $(id b)" close
expect_equal "what nobody used for ten days" "" "$(find "$GOCACHE" -path "$(cached a)" -o -name 'gostrap-tmp-1-d')"
expect_equal "what was used" "$(cached b)" "$(find "$(cached b)")"
expect_match '^[0-9]+$' "$GOCACHE/trim.txt"
touch -d '10 days ago' "$(cached b)"
ask "get $(id c)" close
[ -e "$(cached b)" ] || fail "it was trimmed twice a day"
ok "it trims GOCACHE as cmd/go does, once a day"

mkdir -p "$HOME/.config/go" && printf 'GOCACHE=%s\n' "$T/written" >"$HOME/.config/go/env"
unset GOCACHE
ask "put $(id a) $T/small" && expect_match "^at $T/written/"
rm -r "$HOME/.config"
ask "put $(id a) $T/small" && expect_match "^at $HOME/.cache/go-build/"
GOCACHE=/dev/null/no ask "put $(id a) $T/small" "get $(id one)" close
expect_match "^at $TMPDIR/gostrap-go-cache-" && expect_match "^at $(file_of one) "
expect_equal "what stays of it" "" "$(find "$TMPDIR" -mindepth 1)"
export GOCACHE=$T/cache
ok "GOCACHE is go's own: the environment, go env -w, the default; one that takes nothing costs only time"

GOCACHE=$T/not$'\377' ask "put $(id a) $T/small" "get $(id a)" "get $(id one)" close
expect_match "^at $TMPDIR/gostrap-go-cache-" && expect_match '^miss$' && expect_match "^at $(file_of one) "
expect_match '^gostrap: GOCACHE takes nothing \(its path is not in UTF-8'
cp -r "$T/seed" "$T/seed"$'\377'
there=$program program=$T/seed$'\377'/bin/go_cache
ask "get $(id one)" "put $(id one) $T/one" "get $(id one)"
expect_match '^miss$' && expect_match "^at $GOCACHE/.* $(stat -c %s "$T/one")$"
expect_equal "warnings" 1 "$(wc -l <"$T/err")"
expect_match 'the compiled std at ".*seed.xff" cannot be used \(its path is not in UTF-8, .*\): it is compiled again'
GOCACHE=$T/filled-from-there expect_exit 0 "$program" fill
name=$(id two) && expect_match "^v1 $name " "$T/filled-from-there/${name:0:2}/$name-a"
program=$there
ok "a path that is not in UTF-8 cannot be named to the go command: it is done without, and that is said"

pids=()
for n in $(seq 20); do
  printf '%s\n' "put $(id same) $T/large" "get $(id two)" "put $(id "own $n") $T/small" close |
    perl "$GOSTRAP_SOURCE_DIR/tests/lib/cache-client.pl" "$program" >"$T/out.$n" 2>&1 &
  pids+=($!)
done
for pid in "${pids[@]}"; do wait "$pid"; done
for n in $(seq 20); do
  expect_no_match 'error|miss' "$T/out.$n"
  expect_match '^exit 0$' "$T/out.$n"
done
ok "twenty at once"

base64_of() { perl -MMIME::Base64 -e 'print encode_base64(pack("H*", $ARGV[0]), "")' "$1"; }
mkfifo "$T/pipe"
GOCACHE=$T/killed "$program" <"$T/pipe" >"$T/out" &
pid=$!
exec 7>"$T/pipe"
printf '{"ID":1,"Command":"put","ActionID":"%s","OutputID":"%s","BodySize":20000000}\n\n"' \
  "$(base64_of "$(id k)")" "$(base64_of "$(sha256sum "$T/large" | cut -d' ' -f1)")" >&7
head -c 9000000 "$T/large" | base64 -w0 >&7
kill -9 $pid && { wait $pid || true; }
exec 7>&-
left=$(find "$T/killed" -name 'gostrap-tmp-*')
expect_equal "results after a kill" "$left" "$(find "$T/killed" -name '*-[ad]')"
touch -d '10 days ago' "$left" && GOCACHE=$T/killed "$go" build internal/goarch
[ ! -e "$left" ] || fail "the go command does not remove $left"
ok "killed in the middle of a body, it leaves no result, and what it leaves the go command removes"

GOCACHE=$T/filled expect_exit 0 "$program" fill
GOCACHE=$T/filled expect_exit 0 "$program" fill
expect_equal "entries" 2 "$(find "$T/filled" -name '*-a' | wc -l)"
name=$(id two) && expect_match "^v1 $name " "$T/filled/${name:0:2}/$name-a"
ok "for older go commands the seed is put into GOCACHE"
