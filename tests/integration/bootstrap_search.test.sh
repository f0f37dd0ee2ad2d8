#!/usr/bin/env bash
# Where gostrap looks for a bootstrap, and that the one it takes leaves no mark on the bits.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_release 1.99.0
found() { "$GOSTRAP" plan riscv64 --release 1.99.0 --json >"$T/plan" && json "$T/plan" 1 bootstrap "$1"; }

fake_bootstrap 1.98.1
expect_equal "the bootstrap of ~/sdk" "$HOME/sdk/go1.98.1/bin/go" "$(found go)"
mv "$HOME/sdk/go1.98.1" "$HOME/go-old"
sed -i "s|$HOME/sdk/go1.98.1|$HOME/go-old|" "$HOME/go-old/bin/go"
expect_equal "the bootstrap of ~/go*" "$HOME/go-old/bin/go" "$(found go)"
fake_bootstrap 1.98.2 "$T/on path"
ln -s "$T/on path/bin/go" "$T/bin/go"
expect_equal "the bootstrap on PATH" PATH "$(found found)"
expect_equal "the bootstrap on PATH, its link followed" "$T/on path/bin/go" "$(found go)"
fake_bootstrap 1.98.3 "$T/exported"
export GOROOT_BOOTSTRAP=$T/exported
expect_equal "the exported bootstrap" "GOROOT_BOOTSTRAP" "$(found found)"
ok "GOROOT_BOOTSTRAP comes first, then PATH, then ~/sdk/go* and ~/go*"

printf '#!/bin/sh\necho "go version unknown gccgo (Debian 12.2.0-14) 12.2.0 linux/amd64"\n' >"$T/bin/gccgo"
chmod +x "$T/bin/gccgo"
expect_exit 2 "$GOSTRAP" plan riscv64 --release 1.99.0 --bootstrap "$T/bin/gccgo"
expect_match 'gccgo 12.2.0 \(--bootstrap\), which counts as Go 1.18' "$T/err"
ok "a gccgo is known as such, and counts as Go 1.18"

nar() { json "$1/share/gostrap/manifest.json" nar; }
build() { "$GOSTRAP" build riscv64 --release 1.99.0 --store "$T/$1" --bootstrap "$2" 2>"$T/err"; }
one=$(build a "$T/exported")
other=$(build b/in/another/place "$T/on path")
expect_equal "the SDK's NAR hash from another bootstrap" "$(nar "$one")" "$(nar "$other")"
cmp "$one/share/gostrap/manifest.json" "$other/share/gostrap/manifest.json"
diff -r "$one" "$other"
ok "two bootstraps, and two places, give the same SDK to the byte"

if grep -rlF -e "$T" "$one"; then fail "a file of the SDK names the place where it was built"; fi
[ -z "$(find "$one" -name '*provenance*')" ] || fail "the provenance is in the output"
provenance_file=$T/a/provenance/${one##*/}.json
expect_equal "the bootstrap in the provenance" "go1.98.3" \
  "$(json "$provenance_file" from 0 inputs bootstrap name)"
ok "nothing in an output names the build directory; the provenance lies beside it"
