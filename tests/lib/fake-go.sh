# shellcheck shell=bash
# Sourced after the preamble: Go releases in miniature, which gostrap takes for real ones. Their make.bash takes a few
# milliseconds and is a shell script, and so are the programs that it makes; what it does beside that is up to a test.
#
#   fake_bootstrap 1.98.0                 a Go to start from, where gostrap looks for one: ~/sdk/go1.98.0
#   fake_release 1.99.0 ['bash code']     a release, pinned in the user's releases.json; the code runs in its make.bash
#   "$GOSTRAP" build riscv64 --release 1.99.0
#
# A program $T/bin/on-install, where a test puts one, is run with the port before its commands are installed.
# A release's origin is its directory, so nothing here needs a network. FLOOR is the oldest Go that the release takes
# (default: the minor version before its own).

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

# ---- the source ----------------------------------------------------------------------------------------------------

# fake_source VERSION [BASH_CODE]
fake_source() {
  local version=$1 code=${2:-:} tree minor
  tree=$(source_of "$version")
  minor=${version#*.} && minor=${minor%%.*}
  rm -rf "$tree"
  mkdir -p "$tree"/{api,doc,lib/wasm,misc,test} \
    "$tree"/src/{cmd/{cgo,dist,distpack,go/internal/cfg,internal/objabi},internal/{buildcfg,goexperiment,platform,runtime/sys},go/build,runtime,time/tzdata,fmt}
  (
    cd "$tree" || exit
    printf 'go%s\ntime 2026-01-01T00:00:00Z\n' "$version" >VERSION
    # shellcheck disable=SC2016
    printf '# This file is the go command'\''s default environment.\nGOPROXY=off\nGOSUMDB=off\nGOTOOLCHAIN=auto\n' >go.env
    for file in LICENSE README.md api/go1.txt doc/go_spec.html misc/readme test/hello.go src/fmt/print.go \
      src/{cmd/cgo/main,cmd/dist/build,cmd/go/internal/cfg/cfg,cmd/internal/objabi/head,internal/buildcfg/cfg}.go \
      src/{internal/runtime/sys/sys,go/build/build,runtime/proc,time/tzdata/tzdata}.go \
      lib/wasm/{wasm_exec.js,wasm_exec_node.js}; do
      printf '%s of go%s\n' "$file" "$version" >"$file"
    done
    printf '#!/bin/sh\nexec node "$@"\n' >lib/wasm/go_js_wasm_exec
    printf '// textflag\n' >src/runtime/textflag.h
    fake_runtime
    zosarch >src/internal/platform/zosarch.go
    fake_make_bash | sed "s|@FLOOR@|${FLOOR:-1.$((minor - 1))}|; s|@OWN@|$own_port|" >src/make.bash
    printf '%s\n' "$code" >src/behaviour.bash
    fake_go | sed "s|@OWN@|$own_port|" >src/cmd/go/go.sh
    fake_distpack >src/cmd/distpack/distpack.sh
    chmod +x src/*.bash src/cmd/*/*.sh lib/wasm/go_js_wasm_exec
  )
}

zosarch() {
  local port
  printf 'package platform\n\nvar distInfo = map[OSArch]osArchInfo{\n'
  for port in linux/{386,amd64,arm,arm64,loong64,riscv64,s390x} darwin/arm64 js/wasm wasip1/wasm windows/amd64; do
    printf '\t{"%s", "%s"}: {CgoSupported: true, FirstClass: true},\n' "${port%/*}" "${port#*/}"
  done
  printf '\t{"windows", "arm"}: {Broken: true},\n}\n'
}

# What gostrap reads and edits of the runtime, as Go has it.
fake_runtime() {
  printf 'package goexperiment\n\ntype Flags struct {\n\tArenas bool\n\n\tSwissMap bool\n}\n' \
    >src/internal/goexperiment/flags.go
  cat >src/runtime/mgcpacer.go <<'GO'
package runtime

func readGOGC() int32 {
	p := gogetenv("GOGC")
	if p == "off" {
		return -1
	}
	if n, ok := atoi32(p); ok {
		return n
	}
	return 100
}

func readGOMEMLIMIT() int64 {
	p := gogetenv("GOMEMLIMIT")
	if p == "" || p == "off" {
		return maxInt64
	}
	return atoi64(p)
}
GO
  printf 'package runtime\n\nvar dbgvars = []*dbgVar{\n\t{name: "gctrace", value: &debug.gctrace},\n}\n' >src/runtime/runtime1.go
  printf '\nfunc parsedebugvars() {\n\tparsegodebug(godebugDefault, nil)\n\tparsegodebug(godebugDefault, seen)\n}\n' \
    >>src/runtime/runtime1.go
  printf 'package runtime\n\nfunc godebugNotify() {\n\t\t(*update)(godebugDefault, env)\n}\n' >src/runtime/runtime.go
}

fake_make_bash() {
  cat <<'SH'
#!/usr/bin/env bash
# What gostrap sees of Go's own make.bash.

bootgo=@FLOOR@

set -e
own=@OWN@
target=${GOOS:-${own%/*}}/${GOARCH:-${own#*/}}
root=$(cd .. && pwd)
version=$(head -n 1 ../VERSION)
"$GOROOT_BOOTSTRAP/bin/go" version >/dev/null
echo "Building Go cmd/dist using $GOROOT_BOOTSTRAP. ($("$GOROOT_BOOTSTRAP/bin/go" version))"
env | sort | sed 's/^/has /'
echo "Building Go toolchain1 using $GOROOT_BOOTSTRAP."
. ./behaviour.bash

echo "Building Go toolchain2 using go_bootstrap and Go toolchain1."
printf 'package buildcfg\n\nconst DefaultGO386 = `sse2`\nconst DefaultGOARM = `%s`\nconst DefaultGOAMD64 = `%s`\nconst version = `%s`\n' \
  "${GOARM:-7}" "${GOAMD64:-v1}" "$version" >internal/buildcfg/zbootstrap.go
for file in cmd/cgo/zdefaultcc.go cmd/go/internal/cfg/zdefaultcc.go go/build/zcgo.go internal/runtime/sys/zversion.go \
  time/tzdata/zzipdata.go; do
  printf '// Code generated for %s.\n' "$version" >"$file"
done
mkdir -p ../bin ../pkg/include "../pkg/tool/${own/\//_}" ../pkg/obj
cp runtime/textflag.h ../pkg/include/
echo "$RANDOM" >../pkg/obj/cache
echo dist >cmd/dist/dist
unset GOROOT
cp cmd/go/go.sh ../bin/go
(unset GOOS GOARCH GOARM && ../bin/go install cmd)

echo "Building packages and commands for $target."
[ "$target" = "$own" ] || ../bin/go install cmd
echo "Installed Go for $target in $root"
SH
}

fake_go() {
  cat <<'SH'
#!/bin/sh
# A go command, as far as gostrap needs one.
set -eu
root=$(dirname "$(dirname "$(readlink -f "$0")")")
version=$(head -n 1 "$root/VERSION")
own=@OWN@

# setting NAME: from the environment, else from go.env
setting() {
  eval "value=\${$1-}"
  [ -n "$value" ] || value=$(sed -n "s/^$1=//p" "$root/go.env" | tail -n 1)
  printf '%s\n' "$value"
}
os=$(setting GOOS) arch=$(setting GOARCH)
port=${os:-${own%/*}}/${arch:-${own#*/}}
dashed=${port%/*}_${port#*/}

# program NAME FILE
program() {
  rm -f "$2"
  {
    printf '#!/bin/sh\n# %s of %s, runs on %s\n' "$1" "$version" "$port"
    sed -n 's/^const DefaultGOARM/# &/p' "$root/src/internal/buildcfg/zbootstrap.go"
  } >"$2"
  chmod 755 "$2"
}

install_commands() {
  bin=$root/bin exe=
  case $port in windows/*) exe=.exe ;; esac
  if [ "$port" != "$own" ]; then
    bin=$root/bin/$dashed
    mkdir -p "$bin"
    program go "$bin/go$exe"
  fi
  program gofmt "$bin/gofmt$exe"
  mkdir -p "$root/pkg/tool/$dashed"
  for tool in addr2line api asm cgo compile cover dist distpack fix link preprofile vet; do
    program "$tool" "$root/pkg/tool/$dashed/$tool$exe"
  done
}

build() {
  out='' what=.
  while [ $# -gt 0 ]; do
    case $1 in
      -o) out=$2 && shift ;;
      -*) ;;
      *) what=$1 ;;
    esac
    shift
  done
  if [ "$what" = cmd/distpack ]; then
    cp "$root/src/cmd/distpack/distpack.sh" "$out"
  else
    grep -q 'func main' ./*.go
    printf '#!/bin/sh\necho "hello from %s, %s"\n' "$port" "$version" >"$out"
    if grep -q SetGCPercent ./*.go; then
      gogc=$(sed -n '/^func readGOGC/,/^}/s/^	return //p' "$root/src/runtime/mgcpacer.go")
      limit=$(sed -n 's/^		return \([0-9]*\)$/\1/p' "$root/src/runtime/mgcpacer.go")
      echo "echo 'GOGC $gogc, GOMEMLIMIT ${limit:-9223372036854775807}'" >>"$out"
    fi
  fi
  chmod 755 "$out"
}

case ${1-} in
  version) echo "go version $version $own" ;;
  env) case $2 in GOROOT) echo "$root" ;; *) setting "$2" ;; esac ;;
  install) if command -v on-install >/dev/null; then on-install "$port"; fi; install_commands ;;
  build) shift && build "$@" ;;
  *) echo "go: this one cannot $*" >&2 && exit 2 ;;
esac
SH
}

fake_distpack() {
  cat <<'SH'
#!/bin/sh
# Packs $GOROOT for $GOOS/$GOARCH as cmd/distpack does; with the word source only the source, to standard output.
set -eu
cd "$GOROOT"
version=$(head -n 1 VERSION)

# Programs for another port are in bin/GOOS_GOARCH of a GOROOT, and in bin of an archive.
pack() {
  tar --sort=name --transform="s,^\\./bin/${GOOS}_$GOARCH/,./bin/," --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=u+rw,go+r,go-w,a+X "$@" -cf - . | gzip -n
}
pack_source() {
  pack --exclude=./bin --exclude=./pkg --exclude=zbootstrap.go --exclude=zdefaultcc.go --exclude=zcgo.go \
    --exclude=zversion.go --exclude=zzipdata.go --exclude=./src/cmd/dist/dist
}
if [ "${1-}" = source ]; then pack_source && exit; fi

ending=tar.gz
[ "$GOOS" != windows ] || ending=zip
mkdir -p pkg/distpack
pack_source >pkg/distpack/$version.src.tar.gz
pack --exclude=./pkg/distpack >pkg/distpack/$version.$GOOS-$GOARCH.$ending
module=v0.0.1-$version.$GOOS-$GOARCH
printf '{"Version":"%s"}\n' "$module" >"pkg/distpack/$module.info"
printf 'module golang.org/toolchain\n' >"pkg/distpack/$module.mod"
place=$TMPDIR/golang.org/toolchain@$module
mkdir -p "$place/bin"
cp "pkg/distpack/$module.mod" "$place/go.mod"
cp VERSION "$place/bin/go"
chmod 644 "$place/go.mod" "$place/bin/go"
touch -d 2020-01-01T00:00:00Z "$place/go.mod" "$place/bin/go"
(cd "$TMPDIR" && TZ=UTC zip -qX -D - "golang.org/toolchain@$module/go.mod" "golang.org/toolchain@$module/bin/go") \
  >"pkg/distpack/$module.zip"
rm -r "$TMPDIR/golang.org"
SH
}

# ---- what tests ask ------------------------------------------------------------------------------------------------

# json FILE PATH…: the value at that path (keys, and numbers for arrays); an array or object as its number of members.
json() {
  perl -MJSON::PP -0777 -e '
    my ($file, @path) = @ARGV;
    open my $in, "<", $file or die "$file: $!\n";
    my $value = decode_json(<$in>);
    for my $key (@path) {
      $value = ref $value eq "ARRAY" ? $value->[$key] : $value->{$key};
      die "$file: nothing at @path\n" unless defined $value;
    }
    if (ref $value eq "ARRAY") { print scalar @$value }
    elsif (ref $value eq "HASH") { print scalar keys %$value }
    elsif (JSON::PP::is_bool($value)) { print $value ? "true" : "false" }
    else { print $value }
    print "\n";' "$@"
}

# entry NAME: the path of the store's entry of that name ("go1.99.0-sdk-linux-riscv64"), which must be there once.
entry() {
  local found=()
  mapfile -t found < <(find "$store" -maxdepth 1 -type d -name "*-$1" -not -name '.*')
  [ ${#found[@]} = 1 ] || fail "${#found[@]} entries $1 in the store"
  printf '%s\n' "${found[0]}"
}

# provenance NAME: the file that says how the entry of that name came to be.
provenance() {
  local path
  path=$(entry "$1")
  printf '%s\n' "$store/provenance/${path##*/}.json"
}

# log_of NAME: the log of the entry of that name, whether it is there or not.
log_of() {
  local found=("$store"/logs/*-"$1".log)
  printf '%s\n' "${found[0]}"
}

# until_true COMMAND…: waits for it to become true, for at most 30 seconds.
until_true() {
  local deadline=$((SECONDS + 30))
  until "$@" 2>/dev/null; do
    [ "$SECONDS" -lt "$deadline" ] || fail "it did not become true: $*"
    sleep 0.02
  done
}

# processes: those of gostrap, and those that its builds started, as far as they belong to this test.
processes() {
  perl -e 'my ($t, $gostrap) = @ARGV;
    for my $process (glob "/proc/[0-9]*") {
      open my $in, "<", "$process/environ" or next;
      my $environment = do { local $/; <$in> } // "";
      my $program = readlink "$process/exe" or next;
      next unless index($environment, "GOCACHE=$t/") >= 0
        or $program eq $gostrap and index($environment, "HOME=$t/") >= 0;
      open $in, "<", "$process/cmdline" or next;
      print "$process $program ", join(" ", split /\0/, <$in> // ""), "\n";
    }' "$T" "$(readlink -f "$GOSTRAP")"
}
no_processes() { [ -z "$(processes)" ]; }

# start WORDS…: gostrap in the background, its process in $pid, its output in $T/out and $T/err. What a shell starts in
# the background ignores SIGINT, and gostrap would too.
start() {
  # shellcheck disable=SC2086
  env --default-signal=INT,TERM,HUP ${way-} "$GOSTRAP" "$@" >"$T/out" 2>"$T/err" </dev/null &
  # shellcheck disable=SC2034 # for the tests
  pid=$!
}

# ended CODE: waits for what was started, which must end with that exit status.
ended() {
  local status=0
  wait "$pid" 2>/dev/null || status=$?
  [ "$status" = "$1" ] || { cat "$T/err" && fail "exit status $status, not $1"; }
}

# kill_at [-f] SYSCALL NUMBER WORDS…: gostrap, killed when it makes that system call for that time; $status says how it
# ended, 137 if it did. strace counts for each thread by itself, and without -f sees the first only.
kill_at() {
  local follow=()
  [ "$1" != -f ] || { follow=(-f) && shift; }
  { ASAN_OPTIONS=detect_leaks=0 strace "${follow[@]}" -qq -o /dev/null -e "trace=$1" \
    -e "inject=$1:signal=KILL:when=$2" "$GOSTRAP" "${@:3}" >"$T/out" 2>"$T/err" </dev/null &&
    status=0 || status=$?; } 2>/dev/null
}

# expect_clean_store: every entry holds, and nothing is left of what was not finished.
expect_clean_store() {
  local path paths=()
  expect_equal "left-overs in the store" "" \
    "$(find "$store" -maxdepth 2 \( -name '.*' -o -name '*.tmp' -o -path "$store/work/*" \) -not -path "$store")"
  expect_sound_store
}

# expect_sound_store: every entry that is listed holds; sources are what their release's tree is.
expect_sound_store() {
  local path version paths=()
  [ -d "$store" ] || return 0
  while read -r path; do
    case $path in
      *-source) version=${path##*-go} && diff -r "$(source_of "${version%-source}")" "$path" ;;
      *) paths+=("$path") ;;
    esac
  done < <("$GOSTRAP" list 2>"$T/list.err" | sed 's/.*  //')
  [ ${#paths[@]} = 0 ] || "$GOSTRAP" verify "${paths[@]}" >"$T/verified" 2>&1 || { cat "$T/verified" && fail "the store"; }
}
