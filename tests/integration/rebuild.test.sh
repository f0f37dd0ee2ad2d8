#!/usr/bin/env bash
# gostrap verify --rebuild: an output is built again elsewhere under other conditions, and any byte that differs is named.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires strace

fake_bootstrap 1.98.0
fake_runners
# The file where a build's conditions would show, were it one of those that a test asks for.
# shellcheck disable=SC2016
fake_release 1.99.0 "
echo \"\$PWD|\$(umask)|\$LC_ALL|\$TZ|\$USER|\$LOGNAME|\$GOMAXPROCS|\$(id -u):\$(id -g)|\$(date -u -r make.bash +%F)|\" >>'$T/conditions'
leak() { case \$(cat '$T/leak' 2>/dev/null) in \$1) printf '// %s\\n' \"\$2\" >fmt/leak.go ;; esac; }
leak directory \"\$PWD\"
leak umask \"\$(umask)\"
leak locale \"\$LC_ALL\"
leak zone \"\$(date -d @0)\"
leak user \"\$USER\"
leak uid \"\$(id -u)\"
leak dates \"\$(stat -c %Y make.bash)\"
leak processors \"\$GOMAXPROCS\""
build() { expect_exit 0 "$GOSTRAP" build "$@" --release 1.99.0; }
fresh() { chmod -R u+w "$store" 2>/dev/null || true; rm -rf "$store"; }

build riscv64
build arm --hosted --archives
rm -f "$T/conditions"
before=$(find "$store" -printf '%p %T@ %i\n' | sort)
for name in go1.99.0-sdk-linux-riscv64 "go1.99.0-host-$own_dashed" go1.99.0-toolchain-linux-arm go1.99.0-archives-linux-arm; do
  expect_exit 0 "$GOSTRAP" verify --rebuild "$(entry "$name")" --offline
  expect_match '^  ok     rebuild: the same, byte for byte, built again within [0-9]+ s in .*as user 54321, umask 077.*reverse order.*dated 2001-09-09.*TZ=' "$T/out"
done
expect_equal "the store" "$before" "$(find "$store" -printf '%p %T@ %i\n' | sort)"
expect_equal "what is left in TMPDIR" "" "$(ls -A "$TMPDIR")"
expect_equal "runs of make.bash" 4 "$(wc -l <"$T/conditions")"
expect_match "^$TMPDIR/.*/store/work/.*\|0077\|C.UTF-8\|XYZ-14\|another\|another\|$(($(nproc) + 1))\|54321:54321\|2001-09-09\|" "$T/conditions"
ok "an SDK, toolchains and archives are built again, without network and without a trace, and are the same"

# Each condition that is varied shows in a build that depends on it.
for leak in directory umask locale zone user uid dates processors; do
  fresh && echo $leak >"$T/leak"
  build riscv64
  expect_exit 1 "$GOSTRAP" verify --rebuild "$(entry go1.99.0-sdk-linux-riscv64)"
  expect_match '^  FAILED rebuild: 2 differences when built again in ' "$T/out"
  expect_match '^ +share/go/src/fmt/leak.go is [0-9a-f]{64}, and [0-9a-f]{64} when built again$' "$T/out"
  expect_match '^ +share/gostrap/manifest.json is ' "$T/out"
done
ok "what depends on directory, umask, locale, time zone, user, file dates or processors is found, and the file named"

# What is laid out first is listed last by some file systems; here only the order of laying out can be seen.
fresh && rm "$T/leak"
build riscv64
# written_in NAME: the files that a host's working copy got, in that order
written_in() { sed -n 's|.*-host-[^"]*/go/\([^"]*\)", O_.*O_CREAT.*|\1|p' "$1"; }
ASAN_OPTIONS=detect_leaks=0 strace -f -qq -o "$T/opened" -e trace=openat \
  "$GOSTRAP" verify --rebuild "$(entry go1.99.0-sdk-linux-riscv64)" >"$T/out" 2>"$T/err"
written_in "$T/opened" | sed '6,$d' >"$T/first"
[ -s "$T/first" ] || fail "no file was written"
LC_ALL=C sort -c -r "$T/first" || fail "the files were laid out in the order of the first build: $(cat "$T/first")"
ok "files are laid out in the reverse order"

expect_exit 0 "$GOSTRAP" verify --rebuild --json "$(entry go1.99.0-sdk-linux-riscv64)"
expect_equal "the check in --json" rebuild "$(json "$T/out" 0 checks -1 name)"
cp -R "$(entry go1.99.0-sdk-linux-riscv64)" "$T/copy" && chmod -R u+w "$T/copy"
echo x >>"$T/copy/share/go/VERSION"
runs=$(wc -l <"$T/conditions")
expect_exit 1 "$GOSTRAP" verify --rebuild "$T/copy"
expect_equal "runs of make.bash for what does not even hold its manifest" "$runs" "$(wc -l <"$T/conditions")"
sed -i 's|"source": "sha256-[^"]*"|"source": "sha256-r3NLW/7vnou1yL39OYdcXXJhiuGU27HudDdZcDLEAtI="|' "$T/copy/share/gostrap/manifest.json"
cp "$(source_of 1.99.0)/VERSION" "$T/copy/share/go/VERSION"
expect_exit 1 "$GOSTRAP" verify --rebuild "$T/copy"
expect_match 'the manifest names another source than go1.99.0 is pinned to' "$T/out"
ok "nothing is built again for an output that was changed, or that has another source"

# A failing build is no difference, and an interrupt leaves nothing.
fresh && build riscv64
rm -r "$HOME/sdk"
expect_exit 2 "$GOSTRAP" verify --rebuild "$(entry go1.99.0-sdk-linux-riscv64)"
expect_match 'it needs Go 1.98.0 or newer to start from' "$T/err"
fake_bootstrap 1.98.7 "$T/other-go"
expect_exit 0 "$GOSTRAP" verify --rebuild "$(entry go1.99.0-sdk-linux-riscv64)" --bootstrap "$T/other-go"
expect_equal "what is left in TMPDIR" "" "$(ls -A "$TMPDIR")"
ok "without a bootstrap it says so, exit code 2; with another one the bits are the same"
