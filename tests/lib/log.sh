# shellcheck shell=bash
# Sourced after preamble.sh by tests of public logs: builds write-log, which makes logs by Go's own golang.org/x/mod/sumdb.

# build_write_log GO: as $T/write-log, with what that Go vendors for its go command
build_write_log() {
  local go=$1 vendored
  vendored=$("$go" env GOROOT)/src/cmd/vendor/golang.org/x/mod
  mkdir -p "$T/writer"
  cp -rL "$vendored/sumdb" "$vendored/module" "$vendored/semver" "$vendored/internal" "$T/writer"
  cp -r "$GOSTRAP_SOURCE_DIR/tests/lib/write-log" "$T/writer/write-log"
  printf 'module golang.org/x/mod\n\ngo 1.22\n' >"$T/writer/go.mod"
  (cd "$T/writer" && env GOFLAGS=-mod=mod GOPROXY=off GOTOOLCHAIN=local GOENV=off GOCACHE="$T/writer-cache" GOPATH="$T/writer-path" \
    CGO_ENABLED=0 "$go" build -o "$T/write-log" ./write-log)
}
write_log() { "$T/write-log" "$@"; }
