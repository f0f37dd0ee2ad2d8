#!/usr/bin/env bash
# A git server that refuses, is silent, hangs up, is slow or talks rubbish, over real http: a message in good time, another
# try where one makes sense, then the next origin.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
# shellcheck source=tests/lib/git-origin.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/git-origin.sh"
requires strace

git_release 1.99.0
url=$(serve_git "$T/git-1.99.0/.git")
served "$(bad_line "$url" pass)"
expect_equal "commit in the provenance" "$commit" "$(json "$T/got.provenance.json" making commit)"
all=$(tail -n 1 "$T/newest-line/state.bytes")
[ "$all" -gt 100000 ] || fail "the whole answer has $all bytes only"
ok "a line without faults ($all bytes)"

refused 'fetch go1.99.0 from http://127.0.0.1:1/go: cannot connect to 127.0.0.1:1: Connection refused' http://127.0.0.1:1/go
refused 'the host "nowhere.invalid" is not found: ' http://nowhere.invalid/go
expect_match 'Behind a proxy, set http_proxy and https_proxy' "$T/err"
ok "a server that refuses, or is not there: which and why"

# Silence, at the start and within the answer.
timeout=0.3
for bytes in 0 100 "$((all / 2))"; do
  line=$(bad_line "$url" stall "$bytes")
  refused "${line#http://}: 127.0.0.1:[0-9]+ said nothing for 0.3 s|127.0.0.1:[0-9]+ said nothing for 0.3 s" "$line"
  expect_match 'give it more: --timeout SECONDS' "$T/err"
done
ok "a server that says nothing (more): the time it was given, and how to give it more"

# On a busy machine the server itself may be silent for too long, though not every time.
timeout=1
for _ in {1..5}; do
  refused 'it is too slow|said nothing' "$(bad_line "$url" trickle 300)"
  if grep -q 'too slow' "$T/err"; then break; fi
done
expect_match 'it is too slow: [0-9]+ bytes in [0-9.]+ s, and 1000 a second is the least' "$T/err"
expect_match 'be content with less: --min-speed BYTES' "$T/err"
speed=100000000 refused 'it is too slow|said nothing' "$(bad_line "$url" trickle $((all * 9 / 10)))"
timeout=2 speed=10 served "$(bad_line "$url" trickle "$((all - 2500))")"
timeout=5
ok "a trickle: the speed, the least one and the option, with which it is borne"

# Broken off, at many points: within the head of the answer, the list of tags, and the pack.
points=(0 1 17 200 400)
for part in {1..9}; do points+=($((all * part / 10))); done
# a busy server says more of its progress than an idle one, so the last byte is not at one place
for bytes in "${points[@]}" "$((all - 1000))"; do
  refused "127.0.0.1:[0-9]+ hung up after $bytes bytes" "$(bad_line "$url" cut "$bytes")"
done
ok "a server that hangs up: after how many bytes (${#points[@]} points and near the end)"

# A byte of the server's words about its progress may be another one; a byte of what counts may not.
noticed=0 timeout=1
for part in {1..9}; do
  if got "$(bad_line "$url" flip $((all * part / 10)))" >"$T/out" 2>"$T/err"; then
    diff -r "$(source_of 1.99.0)" "$T/got"
  else
    expect_match 'cannot fetch go1.99.0 from' "$T/err"
    noticed=$((noticed + 1))
  fi
done
timeout=5
[ "$noticed" -ge 6 ] || fail "$noticed of 9 changes were noticed"
ok "one byte that was changed on the way is noticed"

# Rubbish: no http, http that is no git, git that is no git.
rubbish() { # REGEX BYTES (as printf %b takes them)
  printf %b "$2" >"$T/rubbish"
  refused "$1" "$(bad_line "$url" say "$T/rubbish")"
  expect_no_match $'[\e\x01]' "$T/err"
}
git_rubbish() { # REGEX BYTES, as a list of tags
  printf %b "$2" >"$T/body"
  rubbish "$1" "HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\nContent-Length: $(stat -c %s \
    "$T/body")\r\n\r\n$2"
}
service='001e# service=git-upload-pack\n0000'
rubbish 'hung up after 0 bytes' ''
rubbish 'cannot fetch go1.99.0' 'SSH-2.0-OpenSSH_9.2\r\n'
rubbish 'cannot fetch go1.99.0' '\xff\xfe\x00\x01\e[2J'
rubbish 'content-type' 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>'
rubbish 'status code: 404' 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'
git_rubbish 'cannot fetch go1.99.0' 'zzzz\e[2Jab'
git_rubbish 'hung up|cannot fetch go1.99.0' "${service}ffff"
git_rubbish 'remote error: go \\x1b\[31maway' "${service}0015ERR go \e[31maway0000"
git_rubbish 'it has no tag go1.99.0' "${service}003d0123456789012345678901234567890123456789 refs/heads/main\n0000"
git_rubbish 'cannot fetch go1.99.0' "${service}003d01234567890123456789012345678901234567zz refs/heads/main\n0000"
seq -f 'X: %.0f' 100000 | sed '1s/^/HTTP\/1.1 200 OK\n/' >"$T/rubbish"
refused 'cannot fetch go1.99.0' "$(bad_line "$url" say "$T/rubbish")"
ok "rubbish is refused with a word, and does not reach the terminal"

# Another try, and then another origin.
retries=2 timeout=0.5
served "$(bad_line "$url" busy 2)"
expect_match 'hung up after 0 bytes.*; trying again in 500 ms' "$T/err"
expect_match 'hung up after 0 bytes.*; trying again in 1 s' "$T/err"
ok "a server that was busy is tried again, after longer and longer pauses"

line=$(bad_line "$url" cut 50000)
served "$line" "$T/nowhere" "$url"
expect_equal "calls of the one that hangs up" 3 "$(calls)"
expect_match 'hung up after 50000 bytes.*; trying the next origin' "$T/err"
expect_match "$T/nowhere.*there is nothing at that path; trying the next origin" "$T/err"
refused "no origin has it" "$line" http://127.0.0.1:1/go
expect_match "^  $line: .*hung up after 50000 bytes" "$T/err"
expect_match '^  http://127.0.0.1:1/go: .*Connection refused' "$T/err"
ok "then the next origin; and when there is none, each with its fault and what to do by hand"

url503=$(serve_git "$T/git-1.99.0/.git" 'location /busy/ { return 503; } location /gone/ { return 410; }')
refused 'status code: 503' "${url503%/go.git}/busy/go.git"
expect_equal "tries of a busy server" 2 "$(grep -c 'trying again' "$T/err")"
refused 'status code: 410' "${url503%/go.git}/gone/go.git"
expect_no_match 'trying again' "$T/err"
ok "503 is worth another try, 410 is not"

# A signal while nobody says anything.
start source 1.99.0 --from "$(bad_line "$url" stall 0)" --out "$T/got"
until_true test -s "$T/newest-line/state.calls"
before=$(milliseconds)
kill -INT "$pid"
ended 130
took=$(($(milliseconds) - before))
[ "$took" -lt 1000 ] || fail "it took $took ms to end"
expect_match '^gostrap: interrupted$' "$T/err"
ok "a signal ends the waiting ($took ms)"

# The system's resolver hears no signal: here its first system call takes half a minute.
way="strace -f -qq -o $T/trace -e trace=socket -e inject=socket:delay_enter=30000000"
start source 1.99.0 --from http://nowhere.invalid/go --out "$T/got"
unset way
looking_up() { grep -q 'socket(' "$T/trace" || { grep -q Fetching "$T/err" && processes | grep nowhere.invalid >"$T/found"; }; }
until_true looking_up
before=$(milliseconds)
kill -INT "$(processes | sed -n 's|^/proc/\([0-9]*\) .*gostrap source.*|\1|p' | sed '1!d')"
until_true grep -q '^gostrap: interrupted$' "$T/err"
took=$(($(milliseconds) - before))
kill -9 "$pid"  # strace would sit out its half minute
wait "$pid" 2>/dev/null || true
until_true no_processes
[ "$took" -lt 5000 ] || fail "it took $took ms to end"
ok "so it does while a name is looked up ($took ms)"
