#!/usr/bin/env bash
# git://, without depth, which libgit2 cannot ask for there; and objects that are not what their names say.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
# shellcheck source=tests/lib/git-origin.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/git-origin.sh"

git_release 1.99.0
git -C "$T/git-1.99.0" commit -q --allow-empty -m 'history behind the tag'

port=$(free_port)
mkdir "$T/git-server-daemon"
setsid "$(git --exec-path)/git-daemon" --listen=127.0.0.1 --port="$port" --base-path="$T" --export-all --reuseaddr \
  >"$T/git-server-daemon/log" 2>&1 </dev/null &
echo $! >"$T/git-server-daemon/daemon.pid"
answers() { (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }
wait_for answers
url=git://127.0.0.1:$port/git-1.99.0
served "$url"
ok "git:// gives the source, history and all"

line=$(bad_line "$url" pass)
served "$line"
all=$(tail -n 1 "$T/newest-line/state.bytes")
for part in 1 5 9; do
  refused 'hung up after [0-9]+ bytes' "$(bad_line "$url" cut $((all * part / 10)))"
done
timeout=0.3 refused 'said nothing for 0.3 s' "$(bad_line "$url" stall 300)"
refused 'repository|hung up' "git://127.0.0.1:$port/nothing"
ok "a git:// server that hangs up, is silent or has no such repository: a message, and no silent death"

# Objects that are not what their names say: the commit is the pinned one, and the bits are others.
blob=$(git -C "$T/git-1.99.0" rev-parse go1.99.0:src/make.bash)
object=$T/git-1.99.0/.git/objects/${blob:0:2}/${blob:2}
for pack in "$T"/git-1.99.0/.git/objects/pack/*.pack; do # a newer git packs what is added
  [ -e "$pack" ] || continue
  mv "$pack" "$T/away.pack" && rm -f "${pack%.pack}".*
  git -C "$T/git-1.99.0" unpack-objects -q <"$T/away.pack"
done
chmod u+w "$object"
perl -MCompress::Zlib -e 'print compress("blob 14\0echo backdoor\n")' >"$object"
good=$(serve_git "$T/git-1.99.0/.git")
refused "it did not send the object $blob" "$good"
refused 'its NAR hash is sha256-.*, but the source of go1.99.0 is pinned to sha256-' "$T/git-1.99.0"
refused 'fetch go1.99.0|NAR hash' "$url"
[ ! -e "$T/runs" ] || fail "make.bash was run"
ok "the right commit with a file that was changed under its name is refused, by http, by git:// and in place"
