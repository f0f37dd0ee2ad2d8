#!/usr/bin/env bash
# gostrap verify --repair: a damaged entry of the store is made again in its place, with what it shares files with; and when
# that cannot be, it stays as it is.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.97.0
fake_runners
fake_release 1.98.0 "echo go1.98.0 >>'$T/runs'"
fake_release 1.99.0 "echo go1.99.0 >>'$T/runs'; [ ! -e '$T/fails' ]
[ ! -e '$T/hangs' ] || { echo >'$T/started' && until [ ! -e '$T/hangs' ]; do sleep 0.02; done; }"
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0
expect_exit 0 "$GOSTRAP" build arm --archives --release 1.99.0
sdk=$(entry go1.99.0-sdk-linux-riscv64)
host=$(entry "go1.99.0-host-$own_dashed")
source=$(entry go1.99.0-source)
archives=$(entry go1.99.0-archives-linux-arm)
cp -a "$store" "$T/good"
repair() { "$GOSTRAP" verify --repair "$@"; }
same_as_before() { for path in "$T"/good/*-go1.9*; do path=$store/${path##*/}; diff -r "$path" "$T/good/${path##*/}"; done; }
runs() { sort "$T/runs" | uniq -c | tr -s ' \n' ' '; }
before=$(runs)

expect_exit 0 "$GOSTRAP" verify "$source"
expect_match '^  ok     source: the source of go1.99.0, as pinned: sha256-' "$T/out"
expect_exit 0 repair "$sdk" "$host" "$source"
expect_no_match 'repair' "$T/out"
expect_equal "runs of make.bash" "$before" "$(runs)"
ok "a sound entry is left alone"

# A file of its own, and a file that is lost: only the SDK is made again.
chmod u+w "$sdk" "$sdk/share/go" "$sdk/share/go/go.env" && echo 'GOFLAGS=-evil' >>"$sdk/share/go/go.env"
expect_exit 1 "$GOSTRAP" verify "$sdk"
expect_match '^ +share/go/go.env was changed$' "$T/out"
expect_exit 0 repair "$sdk"
expect_match '^  ok     repair: made again:$' "$T/out"
expect_match '^ +go1.99.0-sdk-linux-riscv64$' "$T/out"
expect_match '^  ok     files: ' "$T/out"
expect_no_match 'go1.99.0-host' "$T/out"
chmod u+w "$sdk/bin" && rm "$sdk/bin/go"
expect_exit 0 repair "$sdk"
expect_equal "runs of make.bash" "$before" "$(runs)"
same_as_before
expect_clean_store
ok "an entry with a changed or a lost file is made again, and what it is made from is not"

# Entries share their files: what is overwritten in one is overwritten in all.
shared=$sdk/share/go/src/fmt/print.go
expect_equal "the inode of a shared file" "$(stat -c %i "$source/src/fmt/print.go")" "$(stat -c %i "$shared")"
chmod u+w "$shared" && echo '// evil' >>"$shared" && chmod u-w "$shared"
expect_exit 1 "$GOSTRAP" verify "$source"
expect_match '^  FAILED source: its NAR hash is ' "$T/out"
expect_exit 0 repair "$sdk"
for name in go1.99.0-sdk-linux-riscv64 "go1.99.0-host-$own_dashed" go1.99.0-source; do expect_match "^ +$name$" "$T/out"; done
expect_no_match 'go1.98.0' "$T/out"
expect_exit 0 "$GOSTRAP" verify "$sdk" "$host" "$source"
expect_exit 0 repair "$(entry go1.99.0-toolchain-linux-arm)" "$archives"
same_as_before
expect_clean_store
ok "a file that was overwritten in place: all that share it are made again, and the rung below is not"

# Damage to the manifest, and to the whole entry.
for damage in 'echo {' ':' 'head -c 100 %s'; do
  chmod u+w "$host/share/gostrap" "$host/share/gostrap/manifest.json"
  bash -c "${damage//%s/$T/good/${host##*/}/share/gostrap/manifest.json}" >"$T/manifest" && cp "$T/manifest" "$host/share/gostrap/manifest.json"
  expect_exit 2 "$GOSTRAP" verify "$host"
  expect_exit 0 repair "$host"
  same_as_before
done
chmod -R u+w "$archives" && rm -rf "$archives"
expect_exit 0 repair "$archives"
same_as_before
ok "a manifest that cannot be read, and an entry that is gone, are mended too"

# When it cannot be made again, what is there stays.
break_host() { chmod u+w "$host/share/go/src/fmt/print.go" && echo evil >>"$host/share/go/src/fmt/print.go"; }
break_host && touch "$T/fails"
expect_exit 2 repair "$host"
expect_match 'cannot build go1.99.0' "$T/err"
expect_equal "the damaged entry" evil "$(tail -n 1 "$host/share/go/src/fmt/print.go")"
rm "$T/fails"
expect_exit 0 "$GOSTRAP" verify "$source"  # which was mended on the way
chmod u+w "$source/VERSION" && echo evil >>"$source/VERSION"
mv "$(source_of 1.99.0)" "$T/hidden"
expect_exit 2 repair "$source" "$host"
expect_match 'get the source of go1.99.0: .*there is nothing at that path' "$T/err"
[ -d "$source" ] || fail "the damaged source is gone"
mv "$T/hidden" "$(source_of 1.99.0)"
expect_exit 0 repair "$store"/*-go1.99.0-*  # for all of them share the file
same_as_before
expect_clean_store
ok "a build that fails, or a source that is not to be had: exit code 2, and nothing is lost"

break_host && touch "$T/hangs"
start verify --repair "$host"
until_true test -e "$T/started"
kill -INT "$pid"
ended 130
expect_equal "the damaged entry" evil "$(tail -n 1 "$host/share/go/src/fmt/print.go")"
rm "$T/started"
start verify --repair "$host"
until_true test -e "$T/started"
kill -9 "$pid"
ended 137
until_true no_processes
rm "$T/hangs"
expect_exit 0 "$GOSTRAP" build arm64 --release 1.99.0
[ -d "$host" ] || fail "the host toolchain was not built again under its name"
expect_exit 0 repair "$store"/*-go1.99.0-*
expect_clean_store
ok "interrupted, the damaged entry is back in its place; killed, the next build makes it again"

lowest=$(entry "go1.98.0-host-$own_dashed")
chmod -R u+w "$lowest" && rm -rf "$lowest"
mv "$HOME/sdk" "$HOME/elsewhere"
expect_exit 2 repair "$lowest"
expect_match 'it was built from go1.97.0 with SHA-256 [0-9a-f]{64}, which is not here any more' "$T/err"
fake_bootstrap 1.97.1
expect_exit 2 repair "$lowest"
expect_match 'Name it: --bootstrap GOROOT' "$T/err"
rm -r "$HOME/sdk" && mv "$HOME/elsewhere" "$HOME/sdk"
expect_exit 0 repair "$lowest" --bootstrap "$HOME/sdk/go1.97.0"
same_as_before
ok "a bootstrap that is gone is named: no other one is taken for it"

cp -a "$sdk" "$T/copy" && chmod -R u+w "$T/copy" && echo x >"$T/copy/go.mod"
expect_exit 2 repair "$T/copy"
expect_match "it is no entry of the store $store" "$T/err"
chmod u+w "$store/provenance"/*; sed -i 's/"recipe": 1/"recipe": 2/' "$store/provenance/${host##*/}.json"
break_host
expect_exit 2 repair "$host"
expect_match 'the provenance of go1.99.0-host-.* cannot be followed: its inputs do not hash to its key' "$T/err"
ok "a copy, and an entry whose provenance was changed, are refused"
