# shellcheck shell=bash
# Sourced first by every shell test: a private directory $T that is gone at the end, an environment in which nothing of
# the user's counts, and a few words to state expectations in. GOSTRAP is the program, GOSTRAP_SOURCE_DIR the checkout.
set -euo pipefail
shopt -s inherit_errexit

: "${GOSTRAP:?the program under test}" "${GOSTRAP_SOURCE_DIR:?the checkout}"

T=$(mktemp -d "${TMPDIR:-/tmp}/gostrap-test-XXXXXX")
export TMPDIR=$T/tmp HOME=$T/home
mkdir "$TMPDIR" "$HOME"

# What a test leaves behind may be sealed: read-only directories keep their entries from everyone but root.
clean_up() {
  local status=$?
  cd /
  if declare -F stop_git_servers >/dev/null; then stop_git_servers; fi
  if declare -F stop_servers >/dev/null; then stop_servers; fi
  if [ "${GOSTRAP_TEST_MOUNTS-}" = yes ]; then  # they are in a namespace of their own, but hold directories here
    awk -v t="$T/" 'index($2, t) == 1 { print $2 }' /proc/self/mounts | tac | xargs -r umount
  fi
  chmod -R u+rwX "$T" 2>/dev/null || true
  rm -rf "$T"
  exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP
trap 'printf "FAIL: exit status %s: %s (%s:%s)\n" "$?" "$BASH_COMMAND" "$0" "$LINENO" >&2' ERR

forget_settings() {
  local name
  for name in "${!GO@}" "${!XDG_@}"; do
    case $name in GOSTRAP | GOSTRAP_SOURCE_DIR | GOSTRAP_TEST_* | GOSTRAP_ALLOW_SKIP) ;; *) unset "$name" ;; esac
  done
}
forget_settings

# Says what has just been shown.
ok() { printf 'ok: %s\n' "$*"; }

fail() {
  printf 'FAIL: %s (%s:%s)\n' "$*" "${BASH_SOURCE[-1]}" "${BASH_LINENO[-2]}" >&2
  exit 1
}

# expect_exit CODE COMMAND…: its output is kept in $T/out and $T/err, and shown when the code is another one.
expect_exit() {
  local expected=$1 status=0
  shift
  "$@" >"$T/out" 2>"$T/err" </dev/null || status=$?
  [ "$status" = "$expected" ] && return
  printf '%s\n' "--- standard output" && cat "$T/out"
  printf '%s\n' "--- standard error" && cat "$T/err"
  fail "exit status $status, not $expected: $*"
}

# expect_match REGEX [FILE…]: some line matches (grep -E); without FILE in what the last expect_exit's command printed.
expect_match() {
  local regex=$1 files=("${@:2}")
  [ ${#files[@]} -gt 0 ] || files=("$T/out" "$T/err")
  grep -Eq -- "$regex" "${files[@]}" && return
  printf '%s\n' "--- ${files[*]}" && cat "${files[@]}"
  fail "nothing matches $regex"
}

expect_no_match() {
  local regex=$1 files=("${@:2}")
  [ ${#files[@]} -gt 0 ] || files=("$T/out" "$T/err")
  if grep -En -- "$regex" "${files[@]}"; then fail "this should not match $regex"; fi
}

# expect_equal WHAT EXPECTED ACTUAL
expect_equal() { [ "$2" = "$3" ] || fail "$1: expected $2, got $3"; }

# requires PROGRAM…: a test that cannot run fails, so that it is never taken for one that passed; where
# GOSTRAP_ALLOW_SKIP is set it says that it was skipped (77 is ctest's "skipped").
requires() {
  local program
  for program in "$@"; do
    command -v "$program" >/dev/null && continue
    [ -n "${GOSTRAP_ALLOW_SKIP:-}" ] || fail "this test needs $program (GOSTRAP_ALLOW_SKIP=1 skips it)"
    printf 'SKIP: there is no %s\n' "$program"
    exit 77
  done
}

# requires_mounts: the same for a test that mounts file systems; its first lines try to get a mount namespace, and say in
# GOSTRAP_TEST_MOUNTS how that went.
requires_mounts() {
  [ "$GOSTRAP_TEST_MOUNTS" != yes ] || return 0
  [ -n "${GOSTRAP_ALLOW_SKIP:-}" ] || fail "this test needs a mount namespace (GOSTRAP_ALLOW_SKIP=1 skips it)"
  printf 'SKIP: the kernel gives no mount namespace\n'
  exit 77
}

# system_go: a go command of the system's own, of whichever release.
system_go() {
  local go
  for go in /usr/lib/go-1.2[3-9]/bin/go; do
    [ ! -x "$go" ] || { printf '%s\n' "$go" && return; }
  done
  fail "this test needs a Go of the system's: ./quickstart --install"
}

# requires_older_go: sets older_go to one before 1.24, which Debian 12 has. Where the system's own is newer, the test is skipped.
requires_older_go() {
  older_go=/usr/lib/go-1.23/bin/go
  [ ! -x "$older_go" ] || return 0
  ! grep -qx 'VERSION_CODENAME=bookworm' /etc/os-release || fail "there is no $older_go: ./quickstart --install"
  printf 'SKIP: this system has no Go before 1.24\n'
  exit 77
}

# test_archive VERSION: the path of the release's pristine source archive, which tests/run put there.
test_archive() {
  local file=${GOSTRAP_TEST_ARCHIVES:?the directory of source archives, see tests/run}/go$1.src.tar.gz
  [ -f "$file" ] || fail "there is no $file: ./quickstart --source $1 gets it"
  printf '%s\n' "$file"
}
