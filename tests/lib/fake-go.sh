# shellcheck shell=bash
# Sourced first by tests that build: the preamble, and Go releases in miniature, which gostrap takes for real ones. Their make.bash takes a few
# milliseconds and is a shell script, and so are the programs that it makes; what it does beside that is up to a test.
#
#   fake_bootstrap 1.98.0                 a Go to start from, where gostrap looks for one: ~/sdk/go1.98.0
#   fake_release 1.99.0 ['bash code']     a release, pinned in the user's releases.json; the code runs in its make.bash
#   "$GOSTRAP" build riscv64 --release 1.99.0
#
# A program $T/bin/on-install, where a test puts one, is run with the port before its commands are installed.
# A release's origin is its directory, so nothing here needs a network. FLOOR is the oldest Go that the release takes
# (default: the minor version before its own).

# shellcheck source=tests/lib/preamble.sh
declare -F expect_exit >/dev/null || . "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
# shellcheck source=tests/lib/fake-go/store.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/fake-go/store.sh"
# shellcheck source=tests/lib/fake-go/run.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/fake-go/run.sh"

own_arch=${GOSTRAP_TEST_MACHINE:-$(uname -m)} # another one's, where the program runs in an emulator
case $own_arch in x86_64) own_arch=amd64 ;; aarch64) own_arch=arm64 ;; loongarch64) own_arch=loong64 ;; esac
readonly own_port=linux/$own_arch
# shellcheck disable=SC2034 # for the tests
readonly own_dashed=linux-$own_arch
readonly store=$HOME/.local/share/gostrap/store
readonly releases_file=$HOME/.config/gostrap/releases.json

# Programs that a test puts here come first.
mkdir "$T/bin"
PATH=$T/bin:$PATH

# A go command that is no more than a bootstrap: fake_bootstrap VERSION [DIRECTORY]
fake_bootstrap() {
  local goroot=${2:-$HOME/sdk/go$1}
  mkdir -p "$goroot/bin"
  cat >"$goroot/bin/go" <<SH
#!/bin/sh
case \$1 in
  version) echo "go version go$1 $own_port" ;;
  env) echo '$goroot' ;;
  *) exit 3 ;;
esac
SH
  chmod +x "$goroot/bin/go"
}

# fake_qemu ARCH: an emulator for the scripts that a fake go builds; it says that it was asked.
# shellcheck disable=SC2016
fake_qemu() {
  printf '#!/bin/sh\necho "$0 $*" >>%q\nexec "$@"\n' "$T/qemu.log" >"$T/bin/qemu-$1"
  chmod +x "$T/bin/qemu-$1"
}

# fake_runners: the same for every port that the tests use.
fake_runners() {
  local arch
  for arch in aarch64 arm loongarch64 riscv64 s390x; do fake_qemu $arch; done
  # shellcheck disable=SC2016
  printf '%s\n' '#!/bin/sh' 'until [ "${1%[_nm]*.js}" != "$1" ] || [ "${1%.mjs}" != "$1" ]; do shift; done' 'shift && exec "$@"' >"$T/bin/node"
  chmod +x "$T/bin/node"
}

# ways_to_run: sets the array `ways` to words before a command: none, and where it can be had, those of a world without
# namespaces, as in many containers; $way stands before what `start` starts.
ways_to_run() {
  # shellcheck disable=SC2016
  printf '%s\n' '#!/bin/sh' 'for kind in net pid user; do echo 0 >/proc/sys/user/max_${kind}_namespaces; done' 'exec "$@"' \
    >"$T/bin/without-namespaces"
  chmod +x "$T/bin/without-namespaces"
  ways=("" "unshare --user --map-root-user without-namespaces")
  ${ways[1]} true 2>/dev/null || unset 'ways[1]'
}

# source_of VERSION: where its source tree is.
source_of() { printf '%s\n' "$T/source/go$1"; }

# fake_release VERSION [BASH_CODE]
fake_release() {
  local tree
  tree=$(source_of "$1")
  fake_source "$@"
  pin_release "$1" "$(printf '%s' "go$1" | sha1sum | cut -d' ' -f1)" "$tree"
}

# pin_release VERSION COMMIT ORIGIN [ARCHIVE_NAME SHA256]…: what `release add` makes of it, with that origin.
pin_release() {
  local version=$1 commit=$2 origin=$3 files
  shift 3
  files="{\"filename\": \"go$version.src.tar.gz\", \"kind\": \"source\", \"sha256\": \"$(source_digest "$version")\"}"
  while [ $# -gt 1 ]; do
    files+=", {\"filename\": \"$1\", \"kind\": \"archive\", \"sha256\": \"$2\"}"
    shift 2
  done
  printf '[{"version": "go%s", "files": [%s]}]\n' "$version" "$files" >"$T/index.json"
  "$GOSTRAP" release add "$version" --index "$T/index.json" --from "$(source_of "$version")" --commit "$commit" \
    >/dev/null 2>"$T/add.log" || { cat "$T/add.log" && fail "release add $version"; }
  # the origins that `release add` writes are Go's own
  perl -0pi -e 'BEGIN { ($v, $o) = splice @ARGV, 0, 2 }
    s/("\Q$v\E": \{.*?"origins": \[).*?\]/$1"$o"]/s' "$version" "$origin" "$releases_file"
}

# The SHA-256 of the source archive that the fake distpack packs.
source_digest() {
  (cd "$(source_of "$1")" && GOROOT=$PWD GOOS=linux GOARCH=$own_arch sh src/cmd/distpack/distpack.sh source | sha256sum) |
    cut -d' ' -f1
}

# fake_source VERSION [BASH_CODE]: the tree of tests/lib/fake-go/tree, as that release; the code runs in its make.bash.
fake_source() {
  local version=$1 code=${2-:} tree minor file
  tree=$(source_of "$version")
  minor=${version#*.} && minor=${minor%%.*}
  rm -rf "$tree"
  mkdir -p "$(dirname "$tree")"
  cp -R "$GOSTRAP_SOURCE_DIR/tests/lib/fake-go/tree" "$tree"
  chmod -R u+w "$tree"
  mkdir -p "$tree"/{api,doc,misc,test} "$tree"/src/{cmd/{cgo,dist,go/internal/cfg,internal/objabi},internal/{buildcfg,runtime/sys},go/build,time/tzdata,fmt}
  (
    cd "$tree" || exit
    printf 'go%s\ntime 2026-01-01T00:00:00Z\n' "$version" >VERSION
    for file in LICENSE README.md api/go1.txt doc/go_spec.html misc/readme test/hello.go src/fmt/print.go \
      src/{cmd/cgo/main,cmd/dist/build,cmd/go/internal/cfg/cfg,cmd/internal/objabi/head,internal/buildcfg/cfg}.go \
      src/{internal/runtime/sys/sys,go/build/build,runtime/proc,time/tzdata/tzdata}.go \
      lib/wasm/{wasm_exec.js,wasm_exec_node.js}; do
      printf '%s of go%s\n' "$file" "$version" >"$file"
    done
    sed -i "s|@FLOOR@|${FLOOR:-1.$((minor - 1))}|; s|@OWN@|$own_port|" src/make.bash src/cmd/go/go.sh
    printf '%s\n' "$code" >src/behaviour.bash
    chmod 755 src/*.bash
  )
}

