#!/usr/bin/env bash
# What verify says is true of an output that somebody changed and whose manifest was made to fit; and nothing of it is
# run before its bits are known. docs/TRUST.md has the rules.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
# shellcheck source=tests/lib/evil.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/evil.sh"

fake_bootstrap 1.98.0
fake_runners
fake_release 1.99.0
expect_exit 0 "$GOSTRAP" build riscv64 wasi "$own_port" --release 1.99.0
expect_exit 0 "$GOSTRAP" build "$own_port" --archives --release 1.99.0
foreign=$(entry go1.99.0-sdk-linux-riscv64)
wasi=$(entry go1.99.0-sdk-wasip1-wasm)
host=$(entry "go1.99.0-host-$own_dashed")
archives=$(entry "go1.99.0-archives-$own_dashed")
published=$(sha256sum "$archives/go1.99.0.$own_dashed.tar.gz" | cut -d' ' -f1)
pin_release 1.99.0 "$(json "$releases_file" releases 1.99.0 commit)" "$(source_of 1.99.0)" \
  "go1.99.0.$own_dashed.tar.gz" "$published"
evil=$T/evil

# caught WHAT REGEX [OPTION…]: the evil SDK is found out, and nothing of it was run.
caught() {
  reseal "$evil"
  expect_exit 1 "$GOSTRAP" verify "${@:3}" "$evil"
  expect_match "$2" "$T/out"
  expect_no_match '^  ok +official' "$T/out"
  not_pwned
  ok "$1"
}

writable "$foreign" "$evil"
expect_exit 0 "$GOSTRAP" verify --official "$evil"
expect_match '^  ok +layout' "$T/out"
expect_match "canonical: $published" "$T/out"
expect_match '^  ok +hello runs' "$T/out"
ok "a copy of a good SDK is what it says"

rm "$evil/bin/go" && printf '#!/bin/sh\ntouch %s\n' "$T/pwned" >"$evil/bin/go" && chmod 755 "$evil/bin/go"
caught "bin/go is not gostrap's" 'bin/go is not what gostrap lays out' --official

writable "$foreign" "$evil"
echo 'GOFLAGS=-toolexec=/tmp/evil' >>"$evil/share/go/go.env"
caught "share/go/go.env has a line more" 'share/go/go.env is not what gostrap lays out' --official

writable "$foreign" "$evil"
echo 'GOPROXY=http://evil.example' >>"$evil/share/go/go.env"
echo 'GOPROXY=http://evil.example' >>"$evil/share/gostrap/upstream-go.env"
{ grep -v GOTOOLCHAIN= "$evil/share/gostrap/upstream-go.env" && tail -n 5 "$foreign/share/go/go.env"; } >"$evil/share/go/go.env"
caught "upstream's go.env is not upstream's" 'not canonical' --official

writable "$foreign" "$evil"
pwn "$evil/bin/go_linux_riscv64_exec"
caught "the exec wrapper was changed" 'bin/go_linux_riscv64_exec is not what gostrap lays out'

writable "$wasi" "$evil"
echo '// evil' >>"$evil/share/gostrap/wasi_exec.mjs"
caught "the wrapper's module was changed" 'share/gostrap/wasi_exec.mjs is not what gostrap lays out'

writable "$foreign" "$evil"
printf '#!/bin/sh\n' >"$evil/bin/gcc" && chmod 755 "$evil/bin/gcc"
caught "there is another program in bin" 'bin/gcc is not gostrap.s'

writable "$foreign" "$evil"
ln -s /etc "$evil/share/etc"
caught "there is another link" 'share/etc is a link, and not gostrap.s'

writable "$foreign" "$evil"
rm "$evil/GOROOT" && ln -s /tmp "$evil/GOROOT"
caught "GOROOT leads elsewhere" 'GOROOT leads to /tmp'

writable "$foreign" "$evil"
mkdir -p "$evil/share/gostrap/patches" && echo x >"$evil/share/gostrap/patches/x.patch"
caught "there is a patch that no profile names" 'share/gostrap/patches/x.patch is not gostrap.s'

writable "$foreign" "$evil"
mkdir "$evil/empty"
caught "there is a directory more" 'empty is not gostrap.s'

writable "$foreign" "$evil"
chmod u+s "$evil/share/go/bin/go"
caught "a program runs as another user" 'share/go/bin/go runs as another user'

writable "$foreign" "$evil"
chmod o+w "$evil/share/go/go.env"
caught "everybody may write a file" 'share/go/go.env may be written by everybody'

for claim in 'canonical false' 'differences []' 'differences ["go.env","src/evil.go"]' 'port "linux/arm64"'; do
  writable "$foreign" "$evil"
  reseal "$evil" "${claim%% *}" "${claim#* }"
  expect_exit 1 "$GOSTRAP" verify --official "$evil"
  expect_match '^  FAILED layout' "$T/out"
  not_pwned
done
ok "the manifest's own claims are held against each other"

writable "$foreign" "$evil"
pwn "$evil/share/go/bin/go"
caught "the go command itself was changed" 'not canonical' --official
expect_exit 1 "$GOSTRAP" verify "$evil"
expect_match 'not canonical' "$T/out"
not_pwned
ok "and without --official, what says that it is canonical is asked whether it is, before it is run"

writable "$foreign" "$evil"
printf '#!/bin/sh\n' >"$evil/share/go/pkg/tool/${own_port/\//_}/dist" && chmod 755 "$evil/share/go/pkg/tool/${own_port/\//_}/dist"
caught "a tool that no archive has" '(/dist is in no archive of upstream|not canonical)' --official
writable "$foreign" "$evil"
mkdir "$evil/share/go/.git" && echo x >"$evil/share/go/.git/hooks"
caught "a file that distpack leaves out" '(.git/hooks is in no archive|not canonical)' --official

# nothing is published for a release of somebody's own: it cannot be shown what it is
writable "$foreign" "$evil"
pwn "$evil/share/go/bin/go"
reseal "$evil"
pin_release 1.99.0 "$(json "$releases_file" releases 1.99.0 commit)" "$(source_of 1.99.0)"
expect_exit 0 "$GOSTRAP" verify "$evil"
expect_match '^  - +hello: not run: nobody here knows where it comes from' "$T/out"
not_pwned
expect_exit 0 "$GOSTRAP" verify --run "$evil"
expect_match '^  ok +hello runs' "$T/out"
[ -e "$T/pwned" ] || fail "--run did not run it"
rm "$T/pwned"
ok "what nobody knows is run when it is asked for (--run), and not otherwise"
pin_release 1.99.0 "$(json "$releases_file" releases 1.99.0 commit)" "$(source_of 1.99.0)" \
  "go1.99.0.$own_dashed.tar.gz" "$published"

# the tool that judges is another one than the one that is judged
pwn_all() { for each in "$1"/share/go/bin/go "$1"/libexec/gostrap/distpack; do pwn "$each"; done; }
writable "$host" "$evil"
pwn_all "$evil"
caught "an evil host is not asked about itself" 'not canonical' --official
writable "$host" "$evil"
pwn "$evil/libexec/gostrap/distpack"
reseal "$evil"
expect_exit 1 "$GOSTRAP" verify --official "$evil"
expect_match '^  FAILED packer: libexec/gostrap/distpack is not what its own source makes' "$T/out"
not_pwned
ok "the packer beside a good toolchain was changed"

writable "$archives" "$evil"
mv "$evil/go1.99.0.$own_dashed.tar.gz" "$evil/go1.99.0.linux-s390x.tar.gz"
caught "archives under another port's name" 'is not gostrap.s' --official
writable "$archives" "$evil"
rm "$evil/go1.99.0.$own_dashed.tar.gz"
caught "archives without their archive" "go1.99.0.$own_dashed.tar.gz is missing" --official
