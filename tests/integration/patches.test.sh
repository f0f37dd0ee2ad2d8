#!/usr/bin/env bash
# Patches on the canonical source: a step of their own, all or nothing, and known in everything that is made with them.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires git

fake_bootstrap 1.98.0
fake_runners
fake_release 1.99.0 "echo ran >>'$T/runs'"
build() { expect_exit 0 "$GOSTRAP" build "$@" --release 1.99.0; }
runs() { wc -l <"$T/runs"; }
manifest() { json "$1/share/gostrap/manifest.json" "${@:2}"; }
# make_patch FILE COMMAND…: what git makes of the source after the command ran in it
make_patch() {
  local out=$1
  shift
  rm -rf "$T/edit" && cp -r "$(source_of 1.99.0)" "$T/edit"
  (
    cd "$T/edit" && git init -q && git add -A && git -c user.name=n -c user.email=e -c maintenance.auto=false commit -q -m x
    "$@"
    git add -A && git diff --cached --no-renames
  ) >"$out"
}
make_patch "$T/a.patch" sh -c 'echo changed >src/fmt/print.go; echo new >src/fmt/new.go; git rm -q src/go/build/build.go'
make_patch "$T/b.patch" sh -c 'echo "// more" >>src/runtime/proc.go'

build riscv64 --patch "$T/a.patch" --patch "$T/b.patch"
sdk=$(cat "$T/out")
expect_match 'go1.99.0-sdk-linux-riscv64-patched-[0-9a-f]{8}$' "$T/out"
suffix=${sdk##*-riscv64}
source=$(entry "go1.99.0-source$suffix")
expect_equal "changed" changed "$(cat "$sdk/share/go/src/fmt/print.go")"
expect_equal "new" new "$(cat "$source/src/fmt/new.go")"
[ ! -e "$sdk/share/go/src/go/build/build.go" ] || fail "a removed file is there"
expect_equal "canonical" false "$(manifest "$sdk" canonical)"
expect_equal "the first patch" "$(sha256sum "$T/a.patch" | cut -d' ' -f1)" "$(manifest "$sdk" profile patches 0)"
expect_match '^go1.99.0-patched\.' "$sdk/share/go/VERSION"
expect_match 'go version go1.99.0-patched\.' <("$sdk/bin/go" version)
expect_equal "the source in the manifest" "$(manifest "$sdk" source)" "$(json "$releases_file" releases 1.99.0 source)"
expect_equal "a name in the provenance" b.patch "$(json "$(provenance "go1.99.0-source$suffix")" making patches 1 name)"
diff -r "$(source_of 1.99.0)" "$(entry go1.99.0-source)"
ok "a patched source is a step of its own, and what is made from it is labelled"

before=$(find "$store" -printf '%p %T@ %i\n' | sort)
build riscv64 --patch "$T/a.patch" --patch "$T/b.patch"
expect_equal "runs of make.bash" 1 "$(runs)"
expect_equal "the store" "$before" "$(find "$store" -printf '%p %T@ %i\n' | sort)"
build riscv64 --patch "$T/b.patch" --patch "$T/a.patch"
expect_equal "runs of make.bash" 2 "$(runs)"
build riscv64
expect_equal "runs of make.bash" 3 "$(runs)"
ok "other patches, or another order, are another toolchain; the same ones are there already"

expect_exit 0 "$GOSTRAP" verify "$sdk" "$source" "$(entry "go1.99.0-host-$own_dashed$suffix")"
expect_match 'ok +profile: 2 patches; without them the source is as pinned' "$T/out"
expect_match 'ok +source: the pinned source of go1.99.0 with 2 patches' "$T/out"
expect_exit 1 "$GOSTRAP" verify --official "$sdk"
expect_match 'not canonical: it was made with 2 patches' "$T/out"
expect_exit 0 "$GOSTRAP" verify --rebuild "$sdk" --offline
expect_match 'rebuild: the same, byte for byte' "$T/out"
cp -r "$sdk" "$T/tampered" && chmod -R u+w "$T/tampered"
echo "// and more" >>"$T/tampered/share/go/src/runtime/mgcpacer.go"
sum=$(sha256sum "$T/tampered/share/go/src/runtime/mgcpacer.go" | cut -d' ' -f1)
nar=$("$GOSTRAP" verify "$T/tampered" 2>/dev/null | sed -n 's/.*NAR hash of share.go is \(sha256-[^,]*\),.*/\1/p') || true
sed -i "s|\(\"share/go/src/runtime/mgcpacer.go\": \"\)[0-9a-f]*|\1$sum|" "$T/tampered/share/gostrap/manifest.json"
nar=$("$GOSTRAP" verify "$T/tampered" 2>/dev/null | sed -n 's/.*NAR hash of share.go is \(sha256-[^,]*\),.*/\1/p') || true
sed -i "s|\"nar\": \"[^\"]*\"|\"nar\": \"$nar\"|" "$T/tampered/share/gostrap/manifest.json"
expect_exit 1 "$GOSTRAP" verify "$T/tampered"
expect_match 'FAILED profile' "$T/out"
expect_match 'pinned to' "$T/out"
ok "verify takes the patches off, and finds what else was changed even where the manifest agrees"

chmod -R u+w "$source" && echo x >>"$source/README.md"
expect_exit 1 "$GOSTRAP" verify "$source"
expect_exit 0 "$GOSTRAP" verify --repair "$source"
expect_no_match '^x$' "$source/README.md"
chmod -R u+w "$sdk" && echo x >>"$sdk/share/go/VERSION"
expect_exit 0 "$GOSTRAP" verify --repair "$sdk"
expect_match 'made again' "$T/out"
ok "--repair makes a patched source and an SDK of it again"

# Patches that cannot be.
before=$(find "$store" -maxdepth 1) made=$(runs)
refused() {
  expect_exit 2 "$GOSTRAP" build riscv64 --release 1.99.0 --patch "$2"
  expect_match "$1" "$T/err"
}
sed 's/^-src.fmt.print.go of go1.99.0/-other/' "$T/a.patch" >"$T/c.patch"
refused 'src/fmt/print.go, hunk @@ .* does not apply' "$T/c.patch"
for path in ../out /out .git/config src/.git/config bin/go VERSION; do
  printf 'diff --git a/%s b/%s\nnew file mode 100644\nindex 0000000..1111111\n--- /dev/null\n+++ b/%s\n@@ -0,0 +1 @@\n+x\n' \
    "$path" "$path" "$path" >"$T/bad.patch"
  refused 'cannot (apply|read) the patch bad.patch' "$T/bad.patch"
done
sed 's/new file mode 100644/new file mode 120000/' "$T/a.patch" >"$T/link.patch"
refused 'symbolic link' "$T/link.patch"
: >"$T/empty.patch"
refused 'cannot read the patch empty.patch' "$T/empty.patch"
refused 'none.patch' "$T/none.patch"
expect_equal "the store's entries" "$before" "$(find "$store" -maxdepth 1)"
expect_equal "runs of make.bash" "$made" "$(runs)"
ok "a patch that does not apply, or is hostile, changes nothing"

expect_exit 0 "$GOSTRAP" host --source "$(entry go1.99.0-source)" --bootstrap "$HOME/sdk/go1.98.0" --out "$T/host" \
  --patch "$T/a.patch" --patch "$T/b.patch"
diff -r "$T/host" "$(entry "go1.99.0-host-$own_dashed$suffix")"
expect_exit 0 "$GOSTRAP" sdk riscv64 --host "$T/host" --out "$T/sdk"
diff -r "$T/sdk" "$sdk"
ok "single steps make the same"

mkdir -p "$(source_of 1.99.0)/src/internal/goarch"
printf 'package goarch\n\nconst (\n\t_PCQuantum = 1\n)\n' >"$(source_of 1.99.0)/src/internal/goarch/goarch_amd64.go"
pin_release 1.99.0 "$(printf 'go1.99.0' | sha1sum | cut -d' ' -f1)" "$(source_of 1.99.0)"
cat >"$T/moved.patch" <<'PATCH'
diff --git a/src/runtime/internal/sys/arch_amd64.go b/src/runtime/internal/sys/arch_amd64.go
--- a/src/runtime/internal/sys/arch_amd64.go
+++ b/src/runtime/internal/sys/arch_amd64.go
@@ -4,3 +4,3 @@
 const (
-	PCQuantum = 1
+	PCQuantum = 2
 )
PATCH
expect_exit 2 "$GOSTRAP" build riscv64 --patch "$T/moved.patch" --release 1.99.0 --store "$T/new"
expect_match 'there is no .src/runtime/internal/sys/arch_amd64.go. in the source' "$T/err"
expect_match 'What it changes is now in src/internal/goarch/goarch_amd64.go\.' "$T/err"
expect_exit 2 "$GOSTRAP" plan riscv64 --patch "$T/moved.patch" --release 1.99.0 --store "$T/new"
expect_match 'What it changes is now in src/internal/goarch/goarch_amd64.go\.' "$T/err"
ok "a patch on a file that has moved: where it is now, in plan too once the source is there"

# A file in a directory that the source has not: without the patch it is not there either.
printf 'diff --git a/src/new/dir/x.go b/src/new/dir/x.go\nnew file mode 100644\nindex 0000000..1111111\n--- /dev/null\n+++ b/src/new/dir/x.go\n@@ -0,0 +1 @@\n+package x\n' \
  >"$T/directory.patch"
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0 --patch "$T/directory.patch"
expect_exit 0 "$GOSTRAP" verify "$(cat "$T/out")"
expect_match 'without it the source is as pinned' "$T/out"
ok "a patch that makes a directory"
