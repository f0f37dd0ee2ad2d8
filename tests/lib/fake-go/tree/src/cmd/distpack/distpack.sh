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
pack_source >"pkg/distpack/$version.src.tar.gz"
pack --exclude=./pkg/distpack >"pkg/distpack/$version.$GOOS-$GOARCH.$ending"
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
