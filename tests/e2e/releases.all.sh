#!/usr/bin/env bash
# Releases of every line since 1.21, from source: the archives for linux/amd64 are the published ones, and of the last of
# each line those for linux/riscv64 too. Sources are a clone of Go's history, GOSTRAP_TEST_GO_GIT, or what Debian has.
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
: "${GOSTRAP_TEST_RELEASES:=1.21.0 1.21.13 1.22.0 1.22.12 1.23.4 1.23.12 1.24.0 1.24.13 1.25.3 1.25.5 1.26.0}"
both=' 1.21.13 1.22.12 1.23.12 1.24.13 1.25.5 1.26.0 '

# What a release is built with: Debian's Go, but from 1.26 on a later 1.24 (go.dev/doc/go1.26), which stands here by then.
bootstrap=/usr/lib/go-1.23 later=''
bootstrap_of() {
  case $1 in
    1.2[1-5].*) printf '%s\n' "$bootstrap" ;;
    *) printf '%s\n' "${later:?a Go that builds $1: name 1.24.13 or 1.25.x before it}" ;;
  esac
}

shown=0 unreached=()
for version in $GOSTRAP_TEST_RELEASES; do
  from=$(source_of "$version")
  [ -n "$from" ] || { unreached+=("$version") && continue; }
  ports=(linux/amd64)
  [[ $both != *" $version "* ]] || ports+=(linux/riscv64)
  store=$T/store-$version
  expect_exit 0 "$GOSTRAP" build "${ports[@]}" --archives --release "$version" --from "$from" --store "$store" \
    --bootstrap "$(bootstrap_of "$version")"
  mapfile -t outputs <"$T/out"
  for i in "${!ports[@]}"; do
    expect_published "$version" "${outputs[i]}" "go$version.${ports[i]/\//-}.tar.gz"
  done
  shown=$((shown + 1))
  case $version in
    1.24.13 | 1.25.*)
      mv "$(echo "$store"/*-go"$version"-host-linux-amd64)" "$T/host-$version"
      later=$T/host-$version/share/go
      ;;
  esac
  chmod -R u+w "$store" && rm -rf "$store"
done
[ ${#unreached[@]} = 0 ] || printf 'no source within reach (GOSTRAP_TEST_GO_GIT names a clone): %s\n' "${unreached[*]}"
[ "$shown" -gt 0 ] || fail "no release's source is within reach"
ok "$shown releases are what upstream published"
