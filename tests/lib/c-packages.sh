# shellcheck shell=bash
# Sourced after real-go.sh by tests of Debian's Go packages that have C: the C libraries that they link are compiled from Debian's
# source by an SDK's own C compiler, and lie in a sysroot that the test makes.

# upstream NAME: prints the directory with the source of Debian's source package NAME, which tests/run put beside Go's archives.
upstream() {
  local archive=${GOSTRAP_TEST_ARCHIVES:?the directory of source archives, see tests/run}/$1.orig.tar.xz
  [ -f "$archive" ] || fail "there is no $archive: tests/lib/debian-source.sh $1 ${archive%/*} gets it"
  if [ ! -d "$T/upstream/$1" ]; then
    mkdir -p "$T/upstream/$1"
    tar -xJf "$archive" --strip-components=1 -C "$T/upstream/$1"
  fi
  printf '%s\n' "$T/upstream/$1"
}

# tool_of SDK NAME: bin/go_GOOS_GOARCH_NAME
tool_of() { echo "$1"/bin/go_*_"$2"; }

# into_sysroot SDK ROOT TRIPLET NAME OBJECT…: libNAME as Debian lays it out, of these objects: to be linked statically, and to be
# loaded where the SDK links so.
into_sysroot() {
  local sdk=$1 root=$2 triplet=$3 name=$4 libraries=$2/usr/lib/$3
  shift 4
  mkdir -p "$libraries/pkgconfig" "$root/usr/include"
  "$(tool_of "$sdk" ar)" rcs "$libraries/lib$name.a" "$@"
  # shellcheck disable=SC2016 # pkg-config's own variable
  printf 'prefix=/usr\nName: %s\nVersion: 1\nDescription: %s\nCflags: -I${prefix}/include\nLibs: -L${prefix}/lib/%s -l%s\n' \
    "$name" "$name" "$triplet" "$name" >"$libraries/pkgconfig/lib$name.pc"
  [ "${static-}" != yes ] || return 0
  "$(tool_of "$sdk" cc)" -shared -Wl,-soname,"lib$name.so.0" -o "$libraries/lib$name.so.0" "$@" -lm -lpthread
  ln -s "lib$name.so.0" "$libraries/lib$name.so"
}

# sqlite_into SDK ROOT TRIPLET: with what Debian switches on, of what Go's packages ask for.
sqlite_into() {
  local sdk=$1 root=$2 triplet=$3 source
  source=$(upstream sqlite3)
  mkdir -p "$T/sqlite" "$root/usr/include"
  if [ ! -f "$T/sqlite/sqlite3.c" ]; then
    (cd "$T/sqlite" && make -s -f "$source/main.mk" TOP="$source" BCC=gcc NAWK=awk TCL_FLAGS= TCLSH_CMD=tclsh OPTS= sqlite3.c) \
      >"$T/log" 2>&1 || { cat "$T/log" && fail "sqlite3.c was not made"; }
  fi
  "$(tool_of "$sdk" cc)" -O1 -fPIC -c "$T/sqlite/sqlite3.c" -o "$T/sqlite/$triplet.o" -DSQLITE_THREADSAFE=1 \
    -DSQLITE_ENABLE_FTS3 -DSQLITE_ENABLE_FTS3_PARENTHESIS -DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_RTREE \
    -DSQLITE_ENABLE_COLUMN_METADATA -DSQLITE_ENABLE_MATH_FUNCTIONS -DSQLITE_ENABLE_UNLOCK_NOTIFY -DSQLITE_ENABLE_PREUPDATE_HOOK
  cp "$T/sqlite/sqlite3.h" "$source/src/sqlite3ext.h" "$root/usr/include"
  into_sysroot "$sdk" "$root" "$triplet" sqlite3 "$T/sqlite/$triplet.o"
}

# passes_tests_of_sqlite SDK [TAG…]: of go-sqlite3; QEMU breaks none of them. A static sqlite needs -lm, which comes with
# sqlite_math_functions.
passes_tests_of_sqlite() {
  local sdk=$1
  shift
  expect_exit 0 "$sdk/bin/go" test -count=1 -tags "libsqlite3 sqlite_math_functions $*" -v github.com/mattn/go-sqlite3
  expect_match '^ok '
  # skipped, or not built, would be "ok" too
  [ "$(grep -c '^--- PASS' "$T/out")" -ge 50 ] || { cat "$T/out" && fail "these are not the tests of go-sqlite3"; }
}

# passes_tests_of_lmdb SDK [TAG…]: of lmdb-go, with mutexes that are not robust, for QEMU has no set_robust_list: glibc for riscv64
# then makes none, and others leave the lists to themselves, so that tests crash. QEMU alone breaks TestResize (of lmdbsync): it
# starts a program of its port itself, where only go test and go run do so through QEMU. The tests of lmdbscan have wrong
# words in their messages, of which go vet would complain.
passes_tests_of_lmdb() {
  local sdk=$1
  shift
  CGO_CFLAGS='-O2 -g -DMDB_USE_ROBUST=0' expect_exit 0 "$sdk/bin/go" test -count=1 -vet=off -skip '^TestResize$' -tags "$*" -v \
    github.com/bmatsuo/lmdb-go/...
  expect_match '^ok .*lmdb-go/lmdb'
  [ "$(grep -c '^--- PASS' "$T/out")" -ge 60 ] || { cat "$T/out" && fail "these are not the tests of lmdb-go"; }
}

# zstd_into SDK ROOT TRIPLET
zstd_into() {
  local sdk=$1 root=$2 triplet=$3 source objects=$T/zstd/$3
  source=$(upstream libzstd)/lib
  mkdir -p "$objects" "$root/usr/include"
  # its assembly is amd64's alone, and C does the same
  (cd "$objects" && "$(tool_of "$sdk" cc)" -O1 -fPIC -DXXH_NAMESPACE=ZSTD_ -DZSTD_DISABLE_ASM -c \
    "$source"/common/*.c "$source"/compress/*.c "$source"/decompress/*.c "$source"/dictBuilder/*.c)
  cp "$source/zstd.h" "$source/zdict.h" "$source/zstd_errors.h" "$root/usr/include"
  into_sysroot "$sdk" "$root" "$triplet" zstd "$objects"/*.o
}
