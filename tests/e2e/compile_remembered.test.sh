#!/usr/bin/env bash
# What compile remembers of a listing, or of a file's hash, is given up when anything changes that go build would look at: each
# program here was made before, and is compared with go build's after the change.
# shellcheck source=tests/lib/mounts.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/mounts.sh"
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
# shellcheck source=tests/lib/compile.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/compile.sh"
requires qemu-aarch64 mke2fs strings
requires_mounts
build 1.24.4 linux/arm64 >/dev/null
export GOFLAGS=''

# again WORD…: both make one program, or both refuse; what was written a moment ago is never remembered, so time passes first.
settle() { find . -exec touch -h -d '2 minutes ago' {} +; }
again() {
  local words=("$@") ours=0 theirs=0
  [ $# -gt 0 ] || words=(.)
  "$GOSTRAP" compile --sdk linux/arm64 --release 1.24.4 -o "$T/ours" "${words[@]}" >"$T/out" 2>"$T/err" || ours=$?
  go_of linux/arm64 build -trimpath -buildvcs=false -ldflags='-buildid= -X=cmd/internal/objabi.buildID=' -o "$T/theirs" "${words[@]}" >"$T/go.out" 2>&1 || theirs=$?
  if [ $theirs != 0 ]; then
    [ $ours != 0 ] || fail "go build refuses, and compile does not: $(cat "$T/go.out")"
  elif [ $ours != 0 ]; then
    cat "$T/err" && fail "compile refuses what go build takes"
  else
    cmp "$T/ours" "$T/theirs" || fail "another program than go build's"
  fi
}
module() { # DIRECTORY PATH LINE…
  mkdir -p "$1"
  printf 'module %s\n\ngo 1.24\n' "$2" >"$1/go.mod"
  [ $# -lt 3 ] || printf '%s\n' "${@:3}" >>"$1/go.mod"
}

# A workspace: a module that gives no package has the replacement.
mkdir "$T/w" && cd "$T/w"
printf 'go 1.24\n\nuse (\n\t./a\n\t./b\n)\n' >go.work
module a example.com/a 'require example.com/d v1.0.0'
module b example.com/b 'require example.com/d v1.0.0' 'replace example.com/d => ../d1'
echo 'package b' >b/b.go
for i in 1 2; do module d$i example.com/d && printf 'package d\n\nconst X = "d%s"\n' $i >d$i/d.go; done
printf 'package main\n\nimport "example.com/d"\n\nfunc main() { println(d.X) }\n' >a/main.go
settle
cd a
again && again
sed -i s/d1/d2/ ../b/go.mod
again
expect_equal "what it prints" d2 "$(qemu-aarch64 "$T/ours" 2>&1)"
echo 'GOWORK=off' >"$T/goenv"
GOENV=$T/goenv again
printf 'module example.com/b\n\ngo 1.99\n' >../b/go.mod
again
ok "go.mod of every module of a workspace, and go env -w GOWORK=off"

# A directory that comes to be: an ambiguous import, vendor, another main.
mkdir "$T/m" && cd "$T/m"
module . example.com/m 'require example.com/m/sub v0.0.0' 'replace example.com/m/sub => ../sub0'
module ../sub0 example.com/m/sub
echo 'package sub' >../sub0/s.go
printf 'package main\n\nimport _ "example.com/m/sub"\n\nfunc main() {}\n' >main.go
settle
again && again
mkdir sub && echo 'package sub' >sub/s.go
again
rm -r sub
again
mkdir vendor
again
rmdir vendor
again ./...
mkdir two && printf 'package main\n\nfunc main() {}\n' >two/main.go
again ./...
ok "directories that were not there: ambiguous imports, vendor, patterns"

# Embedded files that become something else, and a program among them.
mkdir "$T/e" && cd "$T/e"
module . example.com/e
mkdir data && echo 1 >data/a && echo 2 >data/b && echo secret >"$T/secret"
printf 'package main\n\nimport "embed"\n\n//go:embed data\nvar f embed.FS\n\nfunc main() {\n\tb, err := f.ReadFile("data/b")\n\tprintln(string(b), err != nil)\n}\n' >main.go
settle
again && again
rm data/b && ln -s "$T/secret" data/b
again
expect_no_match secret <(strings "$T/ours")
rm data/b && mkdir data/b
again
rmdir data/b
for _ in 1 2; do expect_exit 0 compile linux/arm64 . -o data/x && rm data/x; done
again
ok "an embedded file that became a link or a directory, and a program among them"

# A clock of whole seconds: ext2 with inodes of 128 bytes.
truncate -s 4M "$T/image" && mke2fs -q -t ext2 -I 128 "$T/image" 2>/dev/null
mkdir "$T/s"
if mount -o loop "$T/image" "$T/s" 2>/dev/null; then
  cd "$T/s"
  module . example.com/s
  for edit in A B C D; do
    printf 'package main\n\nfunc main() { println("edit%s") }\n' $edit >main.go
    again
    expect_equal "what it prints" edit$edit "$(qemu-aarch64 "$T/ours" 2>&1)"
  done
  cd / && umount "$T/s"
  ok "a file whose size and times are as before"
else
  echo "left out: a clock of whole seconds, for a file system in a file cannot be mounted here"
fi

# The working directory behind a link is where the link lies, as it is for the go command.
mkdir -p "$T/l/m" "$T/l/real" && cd "$T/l"
module . example.com/outer
module m example.com/m
printf 'package main\n\nfunc main() {}\n' >real/main.go
ln -s ../real m/cmd
cd m/cmd
again
expect_match 'path	example.com/m/cmd$' <(go_of linux/arm64 version -m "$T/ours")
ok "a working directory that is a link"

# go:debug lines as go build has them.
mkdir "$T/g" && cd "$T/g"
module . example.com/g
while IFS= read -r text; do
  printf %b "$text" >main.go
  again
done <<'TEXT'
  //go:debug nosuch=1\npackage main\nfunc main(){}\n
\xef\xbb\xbf//go:debug nosuch=1\npackage main\nfunc main(){}\n
//go:debug default=go1.99\npackage main\nfunc main(){}\n
//go:debug default=go1.x\npackage main\nfunc main(){}\n
//go:debug default=go1.21\npackage main\nfunc main(){}\n
/* x */ package main\n//go:debug nosuch=1\nfunc main(){}\n
/* x */ //go:debug nosuch=1\npackage main\nfunc main(){}\n
/* x\n*/ package main\n//go:debug nosuch=1\nfunc main(){}\n
TEXT
printf 'package main\n\nfunc main() {}\n' >main.go
ok "go:debug lines"

expect_exit 2 compile linux/arm64 . -o "$T/p" --ssa main.main --ssa-out main.go
expect_match 'the program is made of it'
expect_exit 2 compile linux/arm64 . -o "$T/p" --ssa main.main --ssa-out "$T/p"
expect_match 'name the same file'
ok "none of the outputs is an input, or another output"
