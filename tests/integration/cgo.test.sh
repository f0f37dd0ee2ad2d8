#!/usr/bin/env bash
# SDKs that compile C, bound to a C compiler that is a script: part of keys, names, manifests and locks; asked for by words
# that every hint repeats; and never started for an SDK that a stranger brought. tests/e2e/cgo.test.sh has real compilers.
# shellcheck disable=SC2016 # what stands in single quotes is for other shells
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
# shellcheck source=tests/lib/bundles.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/bundles.sh"
requires perl zstd

# fake_cc NAME MACHINE: bin/NAME-gcc and -g++, whose programs are ELF files of that number; $T/cc.log has their words.
fake_cc() {
  perl -e 'print "\x7fELF\2\1\1", "\0" x 9, pack("S<S<L<Q<Q<Q<L<S<S<S<S<S<S<", 2, shift, 1, 0, 64, 0, 0, 64, 56, 1, 64, 0, 0),
    pack("L<L<Q<6", 1, 6, 120, 0x1000, 0x1000, 8, 8, 16), "\0" x 8' "$2" >"$T/$1.elf"
  cat >"$T/bin/$1-gcc" <<SH
#!/bin/sh
echo "\$*" >>'$T/cc.log'
made='' before='' links=yes
for word in "\$@"; do
  case \$word in
    -dumpmachine) exec echo $1 ;;
    --version) exec echo "$1-gcc (Fake) 12.2.0" ;;
    -print-prog-name=*) exec echo "\${word#*=}" ;;
    -dM) printf '#define __GLIBC__ 2\n#define __GLIBC_MINOR__ 36\n' && exit ;;
    -E | -c | -print-search-dirs) links='' ;;
  esac
  if [ "\$before" = -o ]; then made=\$word; fi
  before=\$word
done
if [ -n "\$links" ]; then cp '$T/$1.elf' "\$made"; fi
SH
  chmod +x "$T/bin/$1-gcc" && cp "$T/bin/$1-gcc" "$T/bin/$1-g++"
}
calls() { wc -l <"$T/cc.log"; }
manifest() { json "$1/share/gostrap/manifest.json" "${@:2}"; }

fake_bootstrap 1.98.0
fake_runners
fake_release 1.99.0 "echo ran >>'$T/runs'"
fake_cc riscv64-linux-gnu 243
cc=$T/bin/riscv64-linux-gnu-gcc
"$GOSTRAP" key "$T/key" >/dev/null

# ---- a name and a key of its own ------------------------------------------------------------------------------------------
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0
plain=$(cat "$T/out")
expect_exit 0 "$GOSTRAP" plan riscv64 --release 1.99.0 --cgo
expect_match 'go1.99.0-sdk-linux-riscv64-cgo-[0-9a-f]{8}( |$)' "$T/out"
expect_equal "what plan has built" "" "$(find "$store" -maxdepth 1 -name '*-cgo-*')"
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0 --cgo
sdk=$(cat "$T/out")
expect_match '^.*/[0-9a-f]{32}-go1.99.0-sdk-linux-riscv64-cgo-[0-9a-f]{8}$' "$T/out"
expect_equal "runs of make.bash" 1 "$(wc -l <"$T/runs")"
expect_equal "the layouts" "2 3" "$(manifest "$plain" layout) $(manifest "$sdk" layout)"
expect_equal "canonical" true "$(manifest "$sdk" canonical)"
expect_equal "the compiler in the manifest" "gcc riscv64-linux-gnu $cc" \
  "$(manifest "$sdk" profile c kind) $(manifest "$sdk" profile c target) $(manifest "$sdk" profile c cc)"
expect_match '"layout": 3' "$store/provenance/${sdk##*/}.json"
expect_no_match '"layout"' "$store/provenance/${plain##*/}.json"
expect_equal "what go.env says of C" "CC=go_linux_riscv64_cc CGO_ENABLED=1 CXX=go_linux_riscv64_cxx" \
  "$(grep -E '^(CC|CXX|CGO_ENABLED)=' "$sdk/share/go/go.env" | sort | xargs)"
expect_no_match '^(CC|CGO_ENABLED)=' "$plain/share/go/go.env"
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0 --cc gcc
expect_equal "the same by its kind" "$sdk" "$(cat "$T/out")"
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0 --cc riscv64-linux-gnu-gcc
expect_equal "the same by its name" "$sdk" "$(cat "$T/out")"
before=$(calls)
expect_exit 0 "$GOSTRAP" exec riscv64 --release 1.99.0 --cgo -- true
expect_equal "calls of a compiler that an SDK which is used knows" "$before" "$(calls)"
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0 --static
static=$(cat "$T/out")
expect_match 'linux-riscv64-cgo-static-[0-9a-f]{8}$' "$T/out"
expect_match 'gostrap: static programs with glibc ask NSS' "$T/err"
expect_exit 0 "$GOSTRAP" list
expect_match "sdk go1.99.0 linux/riscv64 C by $cc 12.2.0, glibc 2.36 .*$sdk\$" "$T/out"
expect_exit 0 "$GOSTRAP" verify "$sdk" "$static" "$plain"
expect_match "ok +C compiler: $cc 12.2.0, glibc 2.36$" "$T/out"
expect_exit 0 "$GOSTRAP" verify --rebuild "$sdk" --offline
expect_match 'rebuild: the same, byte for byte' "$T/out"
expect_exit 0 "$GOSTRAP" sdk riscv64 --host "$(entry "go1.99.0-host-$own_dashed")" --out "$T/sdk" --cgo
diff -r "$T/sdk" "$sdk"
ok "an SDK with C is another one, by its compiler; the plain one stays what it was, and both are made the same again"

# ---- it is used -----------------------------------------------------------------------------------------------------------
expect_exit 0 "$GOSTRAP" exec riscv64 --release 1.99.0 -- sh -c 'command -v go'
expect_equal "without words" "$plain/bin/go" "$(cat "$T/out")"
expect_exit 0 "$GOSTRAP" exec riscv64 --release 1.99.0 --cgo -- sh -c 'command -v go && go env CC && go_linux_riscv64_cc -c "a b.c"'
expect_equal "with --cgo" "$sdk/bin/go go_linux_riscv64_cc" "$(xargs <"$T/out")"
expect_equal "what the compiler got" "-gno-record-gcc-switches -c a b.c" "$(tail -n 1 "$T/cc.log")"
expect_exit 0 "$GOSTRAP" env riscv64 --release 1.99.0 --static
(eval "$(cat "$T/out")" && expect_equal "go of env" "$static/bin/go" "$(command -v go)")
CC=clang CGO_ENABLED=0 expect_exit 0 "$GOSTRAP" exec riscv64 --release 1.99.0 --cgo -- true
expect_match 'CC=clang in the environment: not used, this SDK is bound to riscv64-linux-gnu-gcc \(Fake\) 12.2.0' "$T/err"
expect_match 'CGO_ENABLED=0 in the environment: packages are compiled without what is C in them' "$T/err"
ok "exec and env choose it by the same words, and say what of the user's does not count"

# ---- hints ----------------------------------------------------------------------------------------------------------------
mkdir -p "$T/my root/usr/include"
expect_exit 2 "$GOSTRAP" exec riscv64 --release 1.99.0 --static --sysroot "$T/my root" -- true
expect_match "Build it: gostrap build linux/riscv64 --release 1.99.0 --cgo --cc $cc --sysroot '$T/my root' --static" "$T/err"
expect_match "it has such with --cgo --cc $cc" "$T/err"
cp "$cc" "$T/before"
printf '# another one\n' >>"$cc"
expect_exit 2 "$GOSTRAP" exec riscv64 --release 1.99.0 --cgo -- true
expect_match 'it has one bound to riscv64-linux-gnu-gcc \(Fake\) 12.2.0, of which cc is another one now' "$T/err"
expect_match "Build it: gostrap build linux/riscv64 --release 1.99.0 --cgo --cc $cc" "$T/err"
expect_exit 1 "$GOSTRAP" verify "$sdk"
expect_match 'FAILED +C compiler: it is not what this SDK is bound to' "$T/out"
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0 --cgo
[ "$(cat "$T/out")" != "$sdk" ] || fail "another compiler has the same SDK"
cp "$T/before" "$cc"
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0 --cgo
expect_equal "with the compiler of before" "$sdk" "$(cat "$T/out")"
ok "a compiler that has changed makes another SDK, is told by name, and hints have every word"

# ---- what cannot be -------------------------------------------------------------------------------------------------------
mkdir "$T/few"
ln -s "$cc" "$T/few/riscv64-linux-gnu-gcc"
PATH=$T/few expect_exit 2 "$GOSTRAP" plan riscv64 386 s390x --release 1.99.0 --cgo
expect_match 'compile C for linux/386: there is no i686-linux-gnu-gcc on PATH; compile C for linux/s390x: there is no' "$T/err"
expect_match 'apt-get install gcc-i686-linux-gnu g\+\+-i686-linux-gnu gcc-s390x-linux-gnu g\+\+-s390x-linux-gnu, or' "$T/err"
refused() {
  local regex=$1
  shift
  expect_exit 2 "$GOSTRAP" "$@"
  expect_match "$regex" "$T/err"
}
before=$(ls "$store")
refused 'js/wasm' build wasm --release 1.99.0 --cgo
refused 'it makes programs for riscv64-linux-gnu' build s390x --release 1.99.0 --cc "$cc"
refused '^gostrap: .*--cc mussl: there is no such program on PATH' build riscv64 --release 1.99.0 --cc mussl
expect_match 'Did you mean musl\?' "$T/err"
refused '--cc names no compiler' build riscv64 --release 1.99.0 --cc=
refused '--sysroot / is this machine itself' build riscv64 --release 1.99.0 --sysroot /
refused 'cgo' host --cgo --source "$(entry go1.99.0-source)" --bootstrap "$HOME/sdk/go1.98.0" --out "$T/no"
refused 'gostrap compile runs none' compile . --sdk riscv64 --cgo
expect_equal "the store" "$before" "$(ls "$store")"
ok "missing compilers are named together; what cannot be is refused before anything is made"

# ---- a lock ---------------------------------------------------------------------------------------------------------------
mkdir "$T/m" && cd "$T/m"
printf 'module m\n\ngo 1.98\n' >go.mod
expect_exit 0 "$GOSTRAP" use riscv64 --release 1.99.0 --cgo
expect_match '"cc": "'"$cc"'"' gostrap.lock
before=$(calls)
expect_exit 0 "$GOSTRAP" exec riscv64 -- sh -c 'command -v go'
expect_equal "without words" "$sdk/bin/go" "$(cat "$T/out")"
expect_exit 0 "$GOSTRAP" env riscv64 --json
expect_equal "the SDK of env" "$sdk" "$(json "$T/out" sdk)"
expect_equal "calls of the lock's compiler" "$before" "$(calls)"
expect_exit 2 "$GOSTRAP" exec riscv64 --static -- true
expect_match 'gostrap.lock says C by .*, glibc 2.36' "$T/err"
sed -i 's|"cc": "[^"]*"|"cc": "/proc/self/exe"|' gostrap.lock
expect_exit 2 "$GOSTRAP" exec riscv64 -- true
expect_match 'gostrap.lock:[0-9]+, .*cc: a compiler has nothing below /proc/' "$T/err"
cd "$T"
ok "a lock has the compiler, needs no words from then on, and is read strictly"

# ---- a stranger's ---------------------------------------------------------------------------------------------------------
create "$T/theirs.tar.zst" riscv64 --release 1.99.0 --cgo
expect_exit 0 "$GOSTRAP" bundle inspect "$T/theirs.tar.zst"
expect_match "${sdk##*-cgo-}" "$T/out"
expect_exit 2 "$GOSTRAP" bundle create 'linux/*' --cgo --out "$T/none.tar.zst"
expect_match 'each port has a C compiler of its own, and "linux/\*" names many' "$T/err"
expect_exit 2 "$GOSTRAP" bundle create riscv64 --cgo --static --std --release 1.99.0 --out "$T/none.tar.zst"
expect_match 'has none$' "$T/err"
expect_match '^ *Build it: gostrap build linux/riscv64 --std --cgo --cc .*/riscv64-linux-gnu-gcc --static --release 1.99.0$' "$T/err"
before=$(calls)
mkdir -p "$T/elsewhere/.config/gostrap"
cp "$releases_file" "$T/elsewhere/.config/gostrap/"
expect_exit 0 elsewhere "$GOSTRAP" bundle install "$T/theirs.tar.zst"
expect_no_match 'which is not here as it was there' "$T/err"
theirs=$(echo "$other_store"/*-sdk-linux-riscv64-cgo-*)
expect_exit 0 elsewhere "$GOSTRAP" verify "$theirs"
expect_match 'ok +C compiler: ' "$T/out"
expect_match '^  - +hello: not run: unsigned, from the bundle sha256:.*\(--run builds and runs one all the same\)' "$T/out"
expect_match 'not shown to be what upstream published' "$T/out"
# Nor is it where all else is known to be upstream's.
expect_exit 0 "$GOSTRAP" build "$own_port" --archives --release 1.99.0
archive=go1.99.0.$own_dashed.tar.gz
pin_release 1.99.0 "$(json "$releases_file" releases 1.99.0 commit)" "$(source_of 1.99.0)" "$archive" \
  "$(sha256sum "$(entry "go1.99.0-archives-$own_dashed")/$archive" | cut -d' ' -f1)"
cp "$releases_file" "$T/elsewhere/.config/gostrap/"
fake_bootstrap 1.98.0 "$T/elsewhere/sdk/go1.98.0"
expect_exit 0 elsewhere "$GOSTRAP" build "$own_port" --release 1.99.0
expect_exit 0 elsewhere "$GOSTRAP" verify "$theirs"
expect_match 'ok +official .*: canonical' "$T/out"
expect_match 'hello: not run: .*, and it would start the C compiler that it names' "$T/out"
expect_exit 0 elsewhere "$GOSTRAP" list
expect_exit 0 elsewhere "$GOSTRAP" verify --run "$theirs"
expect_match 'ok +hello runs' "$T/out"
expect_equal "calls of the stranger's compiler" "$before" "$(calls)"
expect_exit 0 elsewhere "$GOSTRAP" plan riscv64 --release 1.99.0 --cgo
[ "$(calls)" -gt "$before" ] || fail "what a stranger says of the compiler was believed"
mv "$cc" "$T/gone"
rm -rf "$T/elsewhere/.local"
expect_exit 0 elsewhere "$GOSTRAP" bundle install "$T/theirs.tar.zst"
expect_match "compiles C by $cc 12.2.0, glibc 2.36 at $cc.*, which is not here as it was there: cc" "$T/err"
expect_exit 1 elsewhere "$GOSTRAP" verify "$other_store"/*-sdk-linux-riscv64-cgo-*
expect_match 'FAILED +C compiler' "$T/out"
mv "$T/gone" "$cc"
ok "the compiler that a stranger's SDK names is looked at and not started, and not believed"

# ---- a newer gostrap's ----------------------------------------------------------------------------------------------------
sed -i 's/"layout": 3/"layout": 4/' "$store/provenance/${sdk##*/}.json"
expect_exit 0 "$GOSTRAP" list
expect_no_match "$sdk" "$T/out"
expect_match "$static" "$T/out"
expect_exit 2 "$GOSTRAP" exec riscv64 --release 1.99.0 --cgo -- true
ok "an SDK of a layout that is not known is left out"
