# shellcheck shell=bash
# Sourced after fake-go.sh: a release whose source lies in a git repository, for what happens between it and us.
# shellcheck source=tests/lib/git-server.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/git-server.sh"
requires git nginx fcgiwrap perl

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
unset http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY ALL_PROXY all_proxy SSL_CERT_FILE SSL_CERT_DIR
# nothing in the background, which would write while a test removes
git() {
  command git -c user.name=n -c user.email=e@x -c init.defaultBranch=main -c tag.gpgSign=false -c maintenance.auto=false "$@"
}

# git_release VERSION: a fake release, its repository $T/git-VERSION, and its commit in $commit. Its pin names no origin that
# is there. Half of what a server sends of it is noise, so that there is a middle to break off in.
git_release() {
  local tree repository=$T/git-$1
  tree=$(source_of "$1")
  fake_source "$1" "echo go$1 >>'$T/runs'"
  perl -e 'srand 1; print pack "C*", map { int rand 256 } 1 .. 100_000' >"$tree/misc/noise"
  cp -R "$tree" "$repository"
  git -C "$repository" init -q
  git -C "$repository" add -A
  git -C "$repository" commit -qm one
  git -C "$repository" tag -am "go$1" "go$1"
  commit=$(git -C "$repository" rev-parse "go$1^{commit}")
  pin_release "$1" "$commit" "$T/nowhere"
}

# got FROM…: gostrap source from these origins, patient for a moment only, into $T/got.
got() {
  local words=() origin
  for origin in "$@"; do words+=(--from "$origin"); done
  chmod -R u+w "$T"/got* 2>/dev/null || true
  rm -rf "$T"/got*
  "$GOSTRAP" source 1.99.0 "${words[@]}" --out "$T/got" --timeout "${timeout-5}" --retries "${retries-0}" --min-speed "${speed-1000}"
}

# refused REGEX FROM…: none of them has it; the error matches, and says what to do by hand.
refused() {
  expect_exit 2 got "${@:2}"
  expect_match "$1" "$T/err"
  expect_match 'By hand: get go1.99.0.src.tar.gz from wherever you can \(its SHA-256 is [0-9a-f]{64}\)' "$T/err"
  expect_no_match 'unforeseen' "$T/err"
  expect_equal "what is left" "" "$(find "$T" -maxdepth 1 \( -name 'got*' -o -name '.got*' \) -not -name 'got.log')"
  expect_equal "what is left in TMPDIR" "" "$(ls -A "$TMPDIR")"
}

# served FROM…: they give the source.
served() {
  expect_exit 0 got "$@"
  diff -r "$(source_of 1.99.0)" "$T/got"
}

milliseconds() { date +%s%3N; }
