#!/usr/bin/env bash
# serve: a real go command, cut off from the network, builds with modules and takes a toolchain from it; and requests
# that mean harm get nothing.
if [ -z "${GOSTRAP_TEST_CUT_OFF-}" ]; then
  export GOSTRAP_TEST_CUT_OFF=no way
  for way in "unshare --net" "unshare --user --map-root-user --net"; do
    if $way true 2>/dev/null; then GOSTRAP_TEST_CUT_OFF=yes exec $way bash "$0" "$@"; fi
  done
fi
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
requires zip perl
real_go=$(system_go)
# lo is down in a new network: SIOCSIFFLAGS, up and running
[ "$GOSTRAP_TEST_CUT_OFF" != yes ] ||
  perl -MSocket -e 'socket(S, AF_INET, SOCK_DGRAM, 0); $r = pack("a16 s x22", "lo", 0x41); ioctl(S, 0x8914, $r) or die $!'

# shellcheck source=tests/lib/serve.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/serve.sh"

# module DIR PATH VERSION: from the files in $T/module, into a GOPROXY-shaped tree
module() {
  local dir=$1 path=$2 version=$3 place=$1/$2/@v plain
  plain=$(perl -pe 's/!(.)/\U$1/g' <<<"$path")
  mkdir -p "$place" "$T/zip/$plain@$version"
  cp -r "$T/module/." "$T/zip/$plain@$version"
  rm -f "$T/$dir" "$place/$version.zip"
  (cd "$T/zip" && zip -qrD "$place/$version.zip" .)
  cp "$T/module/go.mod" "$place/$version.mod" 2>/dev/null || printf 'module %s\n' "$plain" >"$place/$version.mod"
  printf '{"Version": "%s", "Time": "2026-01-01T00:00:00Z"}\n' "$version" >"$place/$version.info"
  printf '%s\n' "$version" >>"$place/list"
  rm -rf "$T/zip" "$T/module"
}

tree=$T/tree
mkdir "$T/module" && printf 'module example.com/Dep\n\ngo 1.21\n' >"$T/module/go.mod"
printf 'package dep\n\nconst Word = "first"\n' >"$T/module/dep.go"
module "$tree" 'example.com/!dep' v1.0.0
mkdir "$T/module" && printf 'module example.com/Dep\n\ngo 1.21\n' >"$T/module/go.mod"
printf 'package dep\n\nconst Word = "second"\n' >"$T/module/dep.go"
module "$tree" 'example.com/!dep' v1.1.0
arch=$("$real_go" env GOARCH)
mkdir -p "$T/module/bin" "$T/module/lib" "$T/module/pkg/tool" "$T/module/src"
# shellcheck disable=SC2016
printf '#!/bin/sh\necho "the toolchain from the tree: $*"\n' >"$T/module/bin/go"
cp "$T/module/bin/go" "$T/module/bin/gofmt"
echo tool >"$T/module/pkg/tool/compile"
echo zones >"$T/module/lib/zones" # go1.24 looks into lib for a go.mod
printf 'module std\n' >"$T/module/src/_go.mod"
module "$tree" golang.org/toolchain "v0.0.1-go1.99.4.linux-$arch"

# A user's go command, with nothing but what serve's lines say.
as_user() (
  eval "$(cat "$T/serve.out")"
  export GOPATH=$T/user/go GOCACHE=$T/user/cache GOFLAGS=-modcacherw
  cd "$T/user/app" && "$@"
)
new_user() {
  rm -rf "$T/user"
  mkdir -p "$T/user/app"
  printf 'module app\n\ngo 1.21\n' >"$T/user/app/go.mod"
  printf 'package main\n\nimport "example.com/Dep"\n\nfunc main() { println(dep.Word) }\n' >"$T/user/app/main.go"
}

serve "$tree" --verbose
new_user
as_user "$real_go" get example.com/Dep@v1.0.0 >"$T/out" 2>&1 || { cat "$T/out" && fail "go get"; }
as_user "$real_go" build -o app . >"$T/out" 2>&1 || { cat "$T/out" && fail "go build"; }
expect_equal "the program" first "$("$T/user/app/app" 2>&1)"
expect_match '^example.com/Dep v1.0.0 h1:' "$T/user/app/go.sum"
as_user "$real_go" get example.com/Dep@latest >/dev/null 2>&1 || fail "go get @latest"
as_user "$real_go" build -o app . && expect_equal "the program" second "$("$T/user/app/app" 2>&1)"
expect_match '200 GET /example.com/%21dep/@v/list' "$T/serve.err"
expect_match "200 GET /sumdb/gostrap-.*/lookup/example.com/%21dep@v1.0.0" "$T/serve.err"
ok "go get and go build of a module with a dependency, without a network, checked by its checksum database"

expect_equal "GOTOOLCHAIN=go1.99.4" "the toolchain from the tree: version" \
  "$(GOTOOLCHAIN='' as_user env GOTOOLCHAIN=go1.99.4 "$real_go" version 2>"$T/err")"
printf 'module app\n\ngo 1.99.4\n' >"$T/user/app/go.mod"
expect_equal "a go.mod that wants it" "the toolchain from the tree: build ." "$(as_user "$real_go" build . 2>/dev/null)"
ok "GOTOOLCHAIN=go1.99.4, and a go.mod that asks for it, take the toolchain from the tree"
stopped TERM

# The same trees have the same database, also where the module cache of a project is one of them.
lines=$(grep GOSUMDB "$T/serve.out" | cut -d+ -f1-3 | cut -d' ' -f1,2)
serve "$tree"
expect_equal "the database's name and key" "$lines" "$(grep GOSUMDB "$T/serve.out" | cut -d+ -f1-3 | cut -d' ' -f1,2)"
new_user
as_user "$real_go" get example.com/Dep@v1.0.0 2>/dev/null
cp -r "$T/user" "$T/first"
stopped INT
for i in {1..300}; do  # more than one tile of the database
  mkdir -p "$T/many/example.org/m$i/@v"
  printf 'module example.org/m%s\n' "$i" >"$T/many/example.org/m$i/@v/v1.0.0.mod"
  : >"$T/many/example.org/m$i/@v/v1.0.0.zip"
  printf 'h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' >"$T/many/example.org/m$i/@v/v1.0.0.ziphash"
done
serve "$T/many" "$T/first/go/pkg/mod" "$tree"
new_user
as_user "$real_go" get example.com/Dep@latest 2>"$T/out" || { cat "$T/out" && fail "go get"; }
as_user "$real_go" run . >"$T/out" 2>&1 || { cat "$T/out" && fail "it does not run"; }
expect_match '^second$' "$T/out"
expect_match '^# 303 modules' "$T/serve.out"
stopped TERM
ok "several trees and a module cache together; the same trees have the same database"

# What a go.sum vouches for must be what is served.
mkdir "$T/module" && printf 'module example.com/Dep\n\ngo 1.21\n' >"$T/module/go.mod"
printf 'package dep\n\nconst Word = "evil"\n' >"$T/module/dep.go"
module "$T/evil" 'example.com/!dep' v1.0.0
serve "$T/evil"
rm -rf "$T/first/go"
cp -r "$T/first/." "$T/user"
rm -rf "$T/user/go"
if as_user "$real_go" build . >"$T/out" 2>&1; then fail "go build took a module that go.sum does not vouch for"; fi
expect_match 'checksum mismatch' "$T/out"
stopped TERM
ok "a module that is not what go.sum says is refused by go"

# ---- requests that mean harm -------------------------------------------------------------------------------------
printf 'secret\n' >"$T/secret"
mkdir -p "$tree/sub/dir" "$tree/.hidden"
printf 'fine\n' >"$tree/sub/file"
printf 'hidden\n' >"$tree/.hidden/file"
ln -s ../../secret "$tree/sub/out"
ln -s "$T/secret" "$tree/sub/absolute"
ln -s file "$tree/sub/inside"
ln -s "$T" "$tree/sub/away"
mkfifo "$tree/sub/fifo"
dd if=/dev/zero bs=1M count=64 status=none >"$tree/sub/large"
serve "$tree"

# ask TEXT: sends that (as printf takes it), and keeps the answer in $T/answer
ask() {
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  # the server may hang up before it has heard all
  # shellcheck disable=SC2059
  (trap '' PIPE && printf "$1" >&3) 2>/dev/null || true
  timeout 20 cat <&3 >"$T/answer" 2>/dev/null || true
  exec 3>&-
}
get() { ask "GET $1 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"; }
status() { head -n 1 "$T/answer" | cut -d' ' -f2; }
refused() { # STATUS: and nothing of the secret
  expect_equal "status" "$1" "$(status)"
  expect_no_match 'secret|hidden$|root:' "$T/answer"
}
get /sub/file && expect_equal "status" 200 "$(status)" && expect_match '^fine' "$T/answer"
get /sub/inside && expect_match '^(fine|not found)' "$T/answer"
get '/sub/%%66ile' && expect_match '^fine' "$T/answer"
for path in /../secret /sub/../../secret '/%%2e%%2e/secret' '/sub/%%2e%%2e/%%2E./secret' '/sub%%2f..%%2f..%%2fsecret' \
  /sub/out /sub/absolute /sub/away/secret /sub /sub/dir /sub/fifo /.hidden/file /nothing /sub/file/x \
  '/sumdb/sum.golang.org/supported' /sub/; do
  get "$path" && refused 404
done
for path in //sub/file /sub//file '/sub/file%%00' '/sub%%5c..%%5cfile' '/sub/file%%' '/sub/file%%2' '/sub/%%zz' \
  '/%%0d%%0aX-Evil:%%20yes'; do
  get "$path" && refused 400
done
expect_no_match '^X-Evil' "$T/answer"
ok "nothing leaves the tree: .., escapes, symbolic links, fifos, directories, hidden files"

for method in POST PUT DELETE OPTIONS TRACE PATCH BREW; do
  ask "$method /sub/file HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"
  refused 405
done
expect_match '^Allow: GET, HEAD' "$T/answer"
ask "HEAD /sub/large HTTP/1.1\r\nHost: localhost:$port\r\nConnection: close\r\n\r\n"
expect_equal "status" 200 "$(status)"
expect_match '^Content-Length: 67108864' "$T/answer"
[ "$(wc -c <"$T/answer")" -lt 1000 ] || fail "HEAD has a body"
ask 'GET /sub/file HTTP/1.0\r\n\r\n' && expect_match '^fine' "$T/answer"
for host in evil.example 127.0.0.1.evil.example "evil.example:$port" ''; do
  ask "GET /sub/file HTTP/1.1\r\nHost: $host\r\nConnection: close\r\n\r\n"
  expect_no_match '^fine' "$T/answer"
done
ask "GET /$(printf 'a%.0s' {1..5000}) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n" && refused 400
ask "GET /$(printf 'a%.0s' {1..70000}) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
expect_no_match '^HTTP/1.1 200' "$T/answer"
ask "GET /sub/file HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nrubbish \001\002\r\n\r\nGET /../secret HTTP/1.1\r\n\r\n"
expect_no_match secret "$T/answer"
ask '\026\003\001\002\000\001\000\001\374\003\003\r\n\r\n'
ask '\r\n\r\n\r\n'
ask "GET sub/file HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
expect_no_match '^fine' "$T/answer"
get /sub/file && expect_match '^fine' "$T/answer"
ok "other methods, foreign hosts, long and broken requests are refused, and it goes on serving"

get /sub/large
[ "$(wc -c <"$T/answer")" -gt 67108864 ] || fail "a large file came short"
limit=60000
if grep -qa __asan_init "$GOSTRAP"; then limit=600000; fi
[ "$(awk '/VmHWM/ { print $2 }' "/proc/$server/status")" -lt "$limit" ] || fail "$(grep VmHWM "/proc/$server/status")"
exec 4<>"/dev/tcp/127.0.0.1/$port" && printf 'GET /sub/large HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n' >&4  # and reads nothing
stopped INT
exec 4>&-
ok "files are streamed, and a client that does not read holds up nothing"

expect_exit 2 "$GOSTRAP" serve "$tree" --listen 0.0.0.0:0
expect_match 'not loopback.*' "$T/err" && expect_match 'beyond-loopback' "$T/err"
for listen in '[::]:0' 192.0.2.1:80 example.com:80 127.0.0.1 127.0.0.1:70000 127.0.0.1:-1 :80 ''; do
  expect_exit 2 "$GOSTRAP" serve "$tree" --listen "$listen"
done
expect_exit 2 "$GOSTRAP" serve "$T/nothing"
expect_exit 2 "$GOSTRAP" serve "$T/secret"
expect_exit 2 "$GOSTRAP" serve
serve "$tree" --listen 127.0.0.1:0
expect_exit 2 "$GOSTRAP" serve "$tree" --listen "127.0.0.1:$port"
expect_match "listen on 127.0.0.1:$port: Address already in use" "$T/err"
stopped TERM
serve "$tree" --listen 0.0.0.0:0 --beyond-loopback
stopped TERM
ok "other addresses than loopback are refused unless asked for by name"
