#!/usr/bin/env bash
# Many ports in one run: patterns, steps side by side, one that fails, and what is said meanwhile.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.98.0
fake_runners
fake_release 1.99.0
names() { sed 's|.*/[0-9a-f]*-go1.99.0-||' "$T/out" | sort | tr '\n' ' '; }

expect_exit 0 "$GOSTRAP" build 'linux/*' linux/riscv64 --release 1.99.0
expect_equal "SDKs" "sdk-linux-386 sdk-linux-amd64 sdk-linux-arm sdk-linux-arm64 sdk-linux-loong64 sdk-linux-riscv64 sdk-linux-s390x " "$(names)"
expect_exit 2 "$GOSTRAP" build 'plan9/*' --release 1.99.0
expect_match 'no port of go1.99.0 matches plan9/\*' "$T/err"
expect_match 'gostrap release show 1.99.0' "$T/err"
ok "a pattern is all ports that match, each once; one that matches none is refused"

expect_exit 0 "$GOSTRAP" build --all --archives --release 1.99.0
expect_equal "outputs" "archives-darwin-arm64 archives-linux-386 archives-linux-amd64 archives-linux-arm archives-linux-arm64 archives-linux-loong64 archives-linux-riscv64 archives-linux-s390x archives-windows-amd64 sdk-js-wasm sdk-wasip1-wasm " "$(names)"
expect_match 'no toolchain can be hosted on js/wasm, wasip1/wasm: an SDK of each instead' "$T/err"
expect_match 'archives-linux-s390x: done in .*( of [0-9]+ done, (about .*|under a minute) left)?$' "$T/err"
expect_exit 2 "$GOSTRAP" build js/wasm --archives --release 1.99.0
expect_match 'no toolchain can be hosted on js/wasm' "$T/err"
expect_clean_store
ok "--all is every port; what cannot be hosted gets an SDK, and is refused when it is named"

# Two ports that wait for each other, and one that fails.
cat >"$T/bin/on-install" <<SH
#!/bin/sh
case \$1 in
  linux/arm64 | linux/riscv64)
    touch "$T/met-\${1#linux/}"
    for _ in \$(seq 1500); do [ -e "$T/met-arm64" ] && [ -e "$T/met-riscv64" ] && exit 0; sleep 0.02; done
    exit 1 ;;
  linux/s390x) echo "cmd/link: undefined: everything" && exit 1 ;;
esac
SH
chmod +x "$T/bin/on-install"
fake_release 1.97.0
expect_exit 2 "$GOSTRAP" build linux/{s390x,arm64,riscv64} --archives --release 1.97.0 -j 2
expect_equal "outputs" "archives-linux-arm64 archives-linux-riscv64 " "$(sed 's|1.97.0|1.99.0|' "$T/out" >"$T/o" && mv "$T/o" "$T/out" && names)"
expect_match 'toolchain-linux-s390x: failed: cannot build go1.97.0 for linux/s390x' "$T/err"
expect_match 'undefined: everything' "$T/err"
expect_match 'The whole log is .*toolchain-linux-s390x.log' "$T/err"
ok "steps run side by side; one that fails is told, and the others are made"

sed -i 's/  linux\/s390x) .*/  linux\/s390x | linux\/loong64) exit 1 ;;/' "$T/bin/on-install"
expect_exit 2 "$GOSTRAP" build linux/{s390x,loong64,386} --archives --release 1.97.0
expect_match '2 failed, and 2 that need them were left out:$' "$T/err"
expect_match '^  go1.97.0-toolchain-linux-s390x: cannot build' "$T/err"
expect_match '^  go1.97.0-toolchain-linux-loong64: cannot build' "$T/err"
expect_match 'the same command goes on from there' "$T/err"
expect_equal "outputs" "1" "$(wc -l <"$T/out")"
rm "$T/bin/on-install"
expect_exit 0 "$GOSTRAP" build linux/{s390x,loong64,386} --archives --release 1.97.0
expect_equal "outputs" "3" "$(wc -l <"$T/out")"
expect_no_match '386' "$T/err"
expect_clean_store
ok "all that failed is listed at the end, and the next run makes what is missing"

# Only the ports that do not wait for one that hangs are done when it is interrupted.
# shellcheck disable=SC2016 # the script expands it
printf '#!/bin/sh\n[ "$1" != windows/amd64 ] || { touch %q; exec sleep 1000; }\n' "$T/hangs" >"$T/bin/on-install"
chmod +x "$T/bin/on-install"
start build windows/amd64 darwin/arm64 --archives --release 1.97.0 -j 2
until_true test -e "$T/hangs"
until_true grep -q 'archives-darwin-arm64: done' "$T/err"
kill -INT "$pid"
ended 130
no_processes
expect_clean_store
rm "$T/bin/on-install"
expect_exit 0 "$GOSTRAP" build windows/amd64 darwin/arm64 --archives --release 1.97.0
expect_no_match darwin "$T/err"
ok "an interrupt keeps what is done"

expect_exit 0 "$GOSTRAP" build linux/arm --hosted --release 1.97.0 --events
json_lines() { perl -MJSON::PP -ne 'my $e = decode_json($_); print join(" ", $e->{event}, $e->{step} // ()), "\n"' "$T/err"; }
expect_equal "events" "expect
begin go1.97.0-toolchain-linux-arm
end go1.97.0-toolchain-linux-arm" "$(json_lines | grep -Ev '^(estimate|phase|note)')"
expect_equal "an estimate first" estimate "$(json_lines | sed -n 2p)"
ok "--events: JSON lines, from what is expected to the last end"
