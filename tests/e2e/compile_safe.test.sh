#!/usr/bin/env bash
# gostrap compile with what may go wrong around it: outputs that are no files, caches that were damaged or are full, sources
# that change meanwhile, directories with odd names, arguments that are files. About two minutes.
# shellcheck source=tests/lib/mounts.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/mounts.sh"
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
# shellcheck source=tests/lib/compile.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/compile.sh"
requires qemu-aarch64

build 1.24.4 linux/amd64 linux/arm64 >/dev/null
mkdir "$T/p" && cd "$T/p"
printf 'module x.com/p\n\ngo 1.24\n' >go.mod
printf 'package main\n\nfunc main() { println("x") }\n' >main.go
arm64() { compile linux/arm64 "$@"; }
expect_exit 0 arm64 . -o "$T/program"
kind() { expect_equal "what $2 is" "$1" "$(stat -c %F "$2")"; }

# ---- outputs -------------------------------------------------------------------------------------------------------
if mknod -m 666 "$T/null" c 1 3 2>/dev/null; then
  ln -s null "$T/to-null"
  expect_exit 0 arm64 . -o "$T/null"
  expect_exit 0 arm64 . -o "$T/to-null" --ssa main.main --ssa-out "$T/null"
  expect_exit 0 "$GOSTRAP" relink gofmt --sdk linux/amd64 --release 1.24.4 --for linux/arm64 -o "$T/null"
  kind "character special file" "$T/null"
  kind "symbolic link" "$T/to-null"
  ok "-o DEVICE asks whether it builds, and the device stays one"
fi
mkfifo "$T/fifo"
cat "$T/fifo" >"$T/got" &
expect_exit 0 arm64 . -o "$T/fifo"
wait $!
cmp "$T/got" "$T/program"
arm64 . -o /dev/stdout >"$T/got" 2>"$T/err"
cmp "$T/got" "$T/program"
arm64 . -o /dev/stdout 2>"$T/err" | cmp - "$T/program"
echo old >"$T/target" && ln -s target "$T/link"
ln -s nothing-yet "$T/dangling"
expect_exit 0 arm64 . -o "$T/link"
expect_exit 0 arm64 . -o "$T/dangling"
kind "symbolic link" "$T/link"
cmp "$T/target" "$T/program"
cmp "$T/nothing-yet" "$T/program"
ok "a fifo, standard output, and links whose target is there or not"
mkdir -p "$T/dir/p" "$T/dir2"
expect_exit 2 arm64 . -o "$T/dir"
expect_match 'it is a directory'
expect_exit 0 arm64 . -o "$T/dir2"
cmp "$T/dir2/p" "$T/program"
expect_exit 2 arm64 . -o main.go
expect_match 'the program is made of it'
expect_match 'package main' main.go
(umask 077 && arm64 . -o "$T/private" >/dev/null 2>&1)
expect_equal "its mode" 700 "$(stat -c %a "$T/private")"
ok "a directory gets the program, or is refused; sources are not written over; the umask counts"
echo mine >"$T/many.partial"
for round in 1 2 3; do
  pids=()
  for number in 1 2 3 4 5 6; do
    arm64 . -o "$T/many" >"$T/many.$number" 2>&1 &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid" || fail "round $round: $(cat "$T"/many.?)"; done
  cmp "$T/many" "$T/program"
  rm "$T/many"
done
expect_equal "the user's own file" mine "$(cat "$T/many.partial")"
expect_equal "left-overs" "" "$(find "$T" -maxdepth 1 -name '.*partial*')"
ok "six at a time to one name"

# ---- the cache -----------------------------------------------------------------------------------------------------
cache=$T/cache
made() { arm64 . -o "$T/o" --cache "$cache" "$@"; }
# shellcheck disable=SC2016
damage() {
  find "$cache/$1" -type f -exec sh -c 'chmod u+w "$2" && case $1 in
    empty) : >"$2" ;;
    garbage) echo garbage >"$2" ;;
    same-size) head -c "$(stat -c %s "$2")" /dev/zero >"$2.new" && mv "$2.new" "$2" ;;
    esac' _ "$2" {} \;
}
expect_exit 0 made
for case in 'blobs empty' 'blobs same-size' 'steps garbage' 'notes empty'; do
  damage "${case% *}" "${case#* }"
  rm -f "$T/o"
  expect_exit 0 made
  cmp "$T/o" "$T/program" || fail "$case: a damaged program"
done
damage . garbage
rm -rf "$T/o" "$cache/go" # go's own, which go checks
expect_exit 0 made --fresh
expect_exit 0 made --json
cmp "$T/o" "$T/program" || fail "--fresh does not heal"
expect_no_match '"state": "made"' "$T/out"
ok "what is damaged in the cache is made again, and --fresh heals"

if [ "$GOSTRAP_TEST_MOUNTS" = yes ]; then
  mkdir "$T/small" && mount -t tmpfs -o size=3m tmpfs "$T/small"
  expect_exit 2 arm64 . -o "$T/o" --cache "$T/small"
  expect_match 'no space left|No space left'
  expect_match '--cache DIR'
  expect_no_match 'Input/output'
  umount "$T/small" && mount -t tmpfs -o size=500k tmpfs "$T/small"
  expect_exit 2 arm64 . -o "$T/small/o"
  expect_match 'No space left on device'
  expect_match 'Free some space'
  expect_equal "left-overs" "" "$(ls -A "$T/small")"
  umount "$T/small" && mount -t tmpfs -o ro tmpfs "$T/small"
  expect_exit 2 arm64 . -o "$T/o" --cache "$T/small"
  expect_match '--cache DIR'
  umount "$T/small"
  ok "a cache or an output on a full disk, and a cache that cannot be written, say so with the next step"
fi

# ---- sources that change ---------------------------------------------------------------------------------------------
native() { compile linux/amd64 . -o "$T/race" --cache "$T/race-cache"; }
say() { printf 'package main\n\nfunc main() { println("%s") }\n' "$1" >"$T/new.go" && mv "$T/new.go" main.go; }
say warm && expect_exit 0 native
for number in 1 2 3 4; do
  say "A$number"
  (for ((i = 0; i < 400; i++)); do say "$([ $((i % 2)) = 0 ] && echo "B$number" || echo "A$number")"; done) &
  native >"$T/out" 2>"$T/err" || expect_match 'changed while it compiled|changes all the time|No such file' "$T/err"
  wait $!
  for text in "A$number" "B$number"; do
    say "$text"
    expect_exit 0 native
    expect_equal "what the program says" "$text" "$("$T/race" 2>&1)"
  done
done
say x
ok "a source that is saved while it compiles: never a program of other text"

# ---- odd names -------------------------------------------------------------------------------------------------------
for name in 'q;r' 'x=>y' 'a=b' 'with space' 'w;=>;' 'é'; do
  mkdir -p "$T/odd/$name" && cp go.mod main.go "$T/odd/$name"
  [ "$name" != 'w;=>;' ] || cp -a "$cache" "$T/odd/$name/cache" # then all that is made lies below such a name, too
  (cd "$T/odd/$name" && arm64 . -o "$T/o" --cache "$([ -d cache ] && echo "$PWD/cache" || echo "$cache")" --contract "$T/contract" \
    >/dev/null 2>"$T/err") || fail "in $name: $(cat "$T/err")"
  cmp "$T/o" "$T/program" || fail "in $name: another program"
  bash "$T/contract/replay.sh" "$T/replayed" >"$T/out" 2>&1 || fail "replay in $name: $(cat "$T/out")"
  cmp "$T/replayed" "$T/program"
  expect_exit 0 made
  cmp "$T/o" "$T/program" || fail "after $name: the cache gives another program"
  (cd "$T/odd/$name" && echo 'func broken() int { return "x" }' >>main.go && arm64 . -o "$T/none" >"$T/out" 2>&1) && fail "it compiles"
  expect_no_match '/1/main.go' "$T/out"
  # the tests' store may lie on another file system
  cp -al "$(sdk_of linux/amd64)" "$T/odd/$name/sdk" 2>/dev/null ||
    { rm -rf "$T/odd/$name/sdk" && cp -a "$(sdk_of linux/amd64)" "$T/odd/$name/sdk"; }
  expect_exit 0 "$GOSTRAP" compile . --sdk "$T/odd/$name/sdk" -o "$T/native" --contract "$T/contract"
  bash "$T/contract/replay.sh" "$T/replayed" >"$T/out" 2>&1 || fail "replay with the SDK in $name: $(cat "$T/out")"
  cmp "$T/replayed" "$T/native"
  # its files are the store's own: nothing but directories may change
  find "$T/odd/$name/sdk" -type d -exec chmod u+w {} + && rm -rf "$T/odd/$name/sdk"
done
printf 'package main\n' >$'two\nlines.go'
expect_exit 0 arm64 . -o "$T/o" --contract "$T/contract"
expect_exit 0 bash "$T/contract/replay.sh" "$T/replayed"
cmp "$T/o" "$T/replayed"
rm $'two\nlines.go'
mkdir "$T/odd/"$'new\nline' && cp go.mod main.go "$T/odd/"$'new\nline'
(cd "$T/odd/"$'new\nline' && expect_exit 2 arm64 . -o "$T/o")
expect_match 'invalid package directory' # as go build says
mkdir "$T/odd/"$'\xff' && cp go.mod main.go "$T/odd/"$'\xff'
(cd "$T/odd/"$'\xff' && expect_exit 0 arm64 . -o "$T/o")
cmp "$T/o" "$T/program" || fail "in a directory whose name is not UTF-8: another program"
printf 'package main\n' >$'\xff.go'
expect_exit 2 arm64 . -o "$T/o"
expect_match 'not UTF-8'
rm $'\xff.go'
ok "any byte in names of directories and files: the same program, and nothing of them in the cache"

# ---- what is compiled --------------------------------------------------------------------------------------------------
printf 'package main\n' >'the other.go'
expect_same linux/arm64 main.go
expect_exit 0 arm64 main.go 'the other.go' -o "$T/o"
go_of linux/arm64 build -trimpath -buildvcs=false -ldflags=-buildid= -o "$T/theirs" main.go 'the other.go'
cmp "$T/o" "$T/theirs"
rm 'the other.go'
ok "files as arguments, also with a space in a name"

mkdir onlyc && printf 'package onlyc\n\nimport "C"\n' >onlyc/c.go && printf 'package onlyc\n' >onlyc/c_test.go
printf 'package main\n\nimport _ "x.com/p/onlyc"\n' >imports.go
expect_exit 2 arm64 . -o "$T/o"
expect_match 'imports x.com/p/onlyc: build constraints exclude all Go files in .*/onlyc'
expect_match 'c.go needs cgo'
expect_no_match 'usage:'
rm -r onlyc imports.go
ok "a package without Go files for the port is refused before anything is compiled"

mkdir -p asm common && echo '#define ANSWER 42' >common/defs.h
printf 'package asm\n\n// Answer is in the header.\nfunc Answer() int64\n' >asm/a.go
# shellcheck disable=SC2016
printf '#include "textflag.h"\n#include "../common/defs.h"\n\nTEXT ·Answer(SB), NOSPLIT, $0-8\n\tMOVD $ANSWER, R0\n\tMOVD R0, ret+0(FP)\n\tRET\n' >asm/a_arm64.s
printf 'package main\n\nimport "x.com/p/asm"\n\nfunc init() { println(asm.Answer()) }\n' >calls.go
expect_exit 0 arm64 . -o "$T/o" --contract "$T/contract"
expect_match 'common/defs.h' "$T/contract/contract.json"
expect_match '"equals": "CGO_ENABLED=0 go build' "$T/contract/contract.json"
expect_exit 0 "$GOSTRAP" compile --check "$T/contract/contract.json"
echo '#define ANSWER 43' >common/defs.h
expect_exit 1 "$GOSTRAP" compile --check "$T/contract/contract.json"
expect_match 'changed: .*common/defs.h'
expect_exit 0 arm64 . -o "$T/o"
expect_equal "what it prints" "43 x" "$(qemu-aarch64 "$T/o" 2>&1 | xargs)"
rm -r asm common calls.go
ok "a header outside the package is an input, of the cache and of the contract"

printf 'package main\n\nimport _ "crypto/sha256"\n' >crypto.go
GOFIPS140=v1.0.0 go_of linux/arm64 build -trimpath -buildvcs=false -ldflags=-buildid= -o "$T/theirs" .
cp -a "$(sdk_of linux/arm64)" "$T/fips-sdk" && chmod -R u+w "$T/fips-sdk"
echo GOFIPS140=v1.0.0 >>"$T/fips-sdk/share/go/go.env"
sed -i 's/^GOFIPS140=off$//' "$T/fips-sdk/share/go/go.env"
expect_exit 0 "$GOSTRAP" compile . --sdk "$T/fips-sdk" -o "$T/o"
cmp "$T/o" "$T/theirs"
rm -r "$T/fips-sdk" crypto.go
ok "GOFIPS140's tag is in the build information"

expect_exit 2 arm64 . -o "$T/o" --gcflags='-l -s'
expect_match "a flag of the linker's, not of the compiler's"
expect_match '--strip does it'
[ "$(wc -l <"$T/err")" -lt 20 ] || fail "a page of usage: $(wc -l <"$T/err") lines"
expect_exit 0 arm64 . -o "$T/o" --ldflags='-s -w -buildmode=pie'
expect_match 'is not static: it needs'
mkdir -p "$T/cc" && printf '#!/bin/sh\n' >"$T/cc/gcc" && chmod +x "$T/cc/gcc"
expect_exit 0 env -u CGO_ENABLED PATH="$T/cc:$PATH" "$GOSTRAP" compile . --sdk linux/amd64 --release 1.24.4 -o "$T/o"
expect_match 'as with CGO_ENABLED=0'
expect_exit 0 "$GOSTRAP" relink go --sdk linux/amd64 --release 1.24.4 --for linux/amd64 --strip -o "$T/go"
expect_match 'no GOROOT of its own'
expect_match "not the bytes of the SDK's own bin/go"
ok "what could surprise is said"

# Settings of the machine's that a fetch may need reach the go command, and no others do.
mkdir "$T/bin" && printf '#!/bin/sh\nenv >%q\necho "$@" >>%q\nexit 1\n' "$T/git.env" "$T/git.calls" >"$T/bin/git" && chmod +x "$T/bin/git"
printf 'module x.com/p\n\ngo 1.24\n\nrequire git.invalid/x.git v1.0.0\n' >go.mod
hash=h1:$(head -c 32 /dev/zero | base64)
printf 'git.invalid/x.git v1.0.0%s '"$hash"'\n' '' /go.mod >go.sum
printf 'package main\n\nimport _ "git.invalid/x.git"\n' >imports.go
expect_exit 2 env PATH="$T/bin:$PATH" GOPROXY=direct GOPRIVATE=git.invalid GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=a.b GIT_CONFIG_VALUE_0=c \
  GIT_SSH_COMMAND='ssh -v' GIT_ASKPASS=/ask SSH_AUTH_SOCK=/sock MY_TOKEN=t GOARCH=386 GOFLAGS=-x CGO_ENABLED=1 \
  "$GOSTRAP" compile . --sdk linux/amd64 --release 1.24.4 -o "$T/o" -C .
for line in GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=a.b GIT_CONFIG_VALUE_0=c 'GIT_SSH_COMMAND=ssh -v' GIT_ASKPASS=/ask SSH_AUTH_SOCK=/sock \
  MY_TOKEN=t GOARCH=amd64 CGO_ENABLED=0; do
  expect_match "^$line\$" "$T/git.env"
done
expect_equal "how often git is asked the same" "" "$(sort "$T/git.calls" | uniq -d)"
ok "git's and ssh's settings reach the go command, which asks for nothing twice"
