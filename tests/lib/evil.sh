# shellcheck shell=bash
# Sourced after fake-go.sh: what somebody would make who means harm to the user of an SDK. Whatever of theirs is run
# leaves $T/pwned.

# writable FROM TO: a copy that can be changed.
writable() { rm -rf "$2" && cp -R "$1" "$2" && chmod -R u+w "$2"; }

# reseal OUTPUT [KEY JSON]…: its manifest fits again what is there, with those claims.
reseal() { perl "$GOSTRAP_SOURCE_DIR/tests/lib/reseal.pl" "$@"; }

# pwn FILE: the program that is there, a script, with a line before all others that leaves a mark.
pwn() {
  sed "1a touch '$T/pwned'" "$1" >"$1.new"
  chmod 755 "$1.new"
  mv -f "$1.new" "$1"
}

not_pwned() {
  [ ! -e "$T/pwned" ] || fail "something of the stranger's was run"
}

# strangers_store: $T/stranger/store, like $store with other programs in its SDKs and hosts, and manifests that fit them.
strangers_store() {
  local each
  mkdir "$T/stranger"
  writable "${store:?see fake-go.sh}" "$T/stranger/store"
  for each in "$T/stranger/store"/*-sdk-* "$T/stranger/store"/*-host-*; do
    pwn "$each/share/go/bin/go"
    reseal "$each"
  done
}

# strangers_bundle FILE WORD…: of that store, with all that its provenance says.
strangers_bundle() {
  GOSTRAP_STORE=$T/stranger/store "$GOSTRAP" bundle create "${@:2}" --full-provenance --release 1.99.0 --out "$1" >/dev/null 2>&1
}
