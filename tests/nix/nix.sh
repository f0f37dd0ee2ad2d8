# shellcheck shell=bash
# Sourced first by every test of the flake: real Nix in its real sandbox, without a network, and with a stand-in for
# nixpkgs (README.md here says what it is). /nix is a store that the tests share, in a mount namespace of their own:
# what one of them built, the others find.

if [ -z "${GOSTRAP_TEST_NAMESPACE-}" ]; then
  export GOSTRAP_TEST_NAMESPACE=yes
  if unshare --mount --net true 2>/dev/null; then exec unshare --mount --net bash "$0" "$@"; fi
  GOSTRAP_TEST_NAMESPACE=no
fi
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"

if [ "$GOSTRAP_TEST_NAMESPACE" != yes ] || ! getent group nixbld >/dev/null; then
  [ -n "${GOSTRAP_ALLOW_SKIP:-}" ] || fail "this test needs root and Nix's build users (GOSTRAP_ALLOW_SKIP=1 skips it)"
  printf 'SKIP: no root, or no group nixbld\n'
  exit 77
fi
# nixpkgs asks for a newer Nix than Debian 12's: GOSTRAP_TEST_NIX_BIN has another one, and older.test.sh says what then is.
is_new_enough() {
  local minimum
  minimum=${GOSTRAP_TEST_NIX_MINIMUM:-$(sed -n 's/^"\(.*\)"$/\1/p' "$GOSTRAP_SOURCE_DIR/tests/nix/nixpkgs/minver.nix")}
  [ "$(printf '%s\n' "$minimum" "$(nix --version | awk '{ print $NF }')" | sort -V | sed -n 1p)" = "$minimum" ]
}
if [ -n "${GOSTRAP_TEST_NIX_BIN-}" ]; then
  PATH=$GOSTRAP_TEST_NIX_BIN:$PATH
elif ! is_new_enough; then
  newer=${GOSTRAP_TEST_NEWER_NIX:-${GOSTRAP_TEST_NIX_STORE:?see tests/run}/../newer-nix}/bin
  [ -x "$newer/nix" ] || fail "there is no $newer/nix: tests/lib/newer-nix.sh gets it"
  PATH=$newer:$PATH
fi
requires nix nix-store perl

: "${GOSTRAP_TEST_NIX_STORE:?where the tests keep their Nix store, see tests/run}"
mkdir -p "$GOSTRAP_TEST_NIX_STORE" /nix
mount --bind "$GOSTRAP_TEST_NIX_STORE" /nix
# a network namespace begins with lo down: SIOCSIFFLAGS IFF_UP
perl -e 'socket(my $s, 2, 2, 0) or die; my $up = pack("a16 s x22", "lo", 1); ioctl($s, 0x8914, $up) or die "lo: $!\n"'

# What C++ a build compiled before it takes from ccache, as NixOS' programs.ccache has it; the stand-in's stdenv looks for it.
sandbox_paths=
if command -v ccache >/dev/null; then
  install -d -m 2770 -o root -g nixbld /nix/ccache
  printf 'max_size = 1G\numask = 007\n' >/nix/ccache/ccache.conf
  sandbox_paths=/ccache=/nix/ccache
fi

# Nothing of the machine's or the user's own settings.
mkdir "$T/nix-conf"
export NIX_CONF_DIR=$T/nix-conf NIX_USER_CONF_FILES=/dev/null NIX_REMOTE=local
unset NIX_PATH NIX_CONFIG NIX_SSL_CERT_FILE
cat >"$NIX_CONF_DIR/nix.conf" <<CONF
experimental-features = nix-command flakes
build-users-group = nixbld
sandbox = true
sandbox-fallback = false
sandbox-paths = $sandbox_paths
allowed-impure-host-deps = /usr /bin /lib /lib64 /etc/alternatives
substitute = true
substituters =
flake-registry =
max-jobs = 1
warn-dirty = false
CONF

# The flake: what is in the checkout now, committed or not.
mkdir "$T/flake"
(cd "$GOSTRAP_SOURCE_DIR" && cp -r flake.nix flake.lock nix overlays src tests CMakeLists.txt LICENSE README.md "$T/flake/")
cp -r "$GOSTRAP_SOURCE_DIR/tests/nix/nixpkgs" "$T/nixpkgs"
"$T/nixpkgs/host.sh" >"$T/nixpkgs/host.json"
cp /etc/ssl/certs/ca-certificates.crt "$T/nixpkgs/ca-bundle.crt"
if [ -n "${GOSTRAP_TEST_NIX_MINIMUM-}" ]; then printf '"%s"\n' "$GOSTRAP_TEST_NIX_MINIMUM" >"$T/nixpkgs/minver.nix"; fi

readonly flake=path:$T/flake
# How every command that evaluates the flake ends: flake.lock stays as it is, its nixpkgs is replaced.
# shellcheck disable=SC2034 # for the tests
readonly stand_in=(--override-input nixpkgs "path:$T/nixpkgs" --no-write-lock-file)

# nix_eval ATTRIBUTE OPTION…: the value of an attribute of the flake.
nix_eval() { nix eval "$flake#$1" "${stand_in[@]}" "${@:2}" 2>"$T/eval.err" || { cat "$T/eval.err" >&2 && return 1; }; }

# nix_build ATTRIBUTE…: builds attributes of the flake, and prints their paths in that order. What was said is in
# $T/build.log.
nix_build() {
  local attribute
  nix build --no-link --print-build-logs "${@/#/$flake#}" "${stand_in[@]}" 2>"$T/build.log" ||
    { cat "$T/build.log" >&2 && return 1; }
  for attribute in "$@"; do nix_eval "$attribute.outPath" --raw && echo; done
}

# give_source VERSION: puts the release's source into the store, as a user behind an air gap does.
give_source() {
  local path
  path=$(nix_eval "legacyPackages.x86_64-linux.go_${1//./_}.go-source.outPath" --raw)
  nix-store --check-validity "$path" 2>/dev/null && return
  "$GOSTRAP" source "$1" --from "$(test_archive "$1")" --out "$T/go-$1-source" >/dev/null 2>&1
  expect_equal "the path of the source" "$path" "$(nix-store --add-fixed --recursive sha256 "$T/go-$1-source")"
}

# give_archive VERSION: puts upstream's archive of the toolchain that runs here into the store, as who downloads it does; out of
# the store that the e2e tests keep, where make.bash ran once for all. from_source.test.sh builds it in the sandbox.
give_archive() {
  local path archives
  path=$(nix_eval "legacyPackages.x86_64-linux.go_${1//./_}.go-archive-linux-amd64.outPath" --raw)
  nix-store --check-validity "$path" 2>/dev/null && return
  archives=$(GOSTRAP_STORE=${GOSTRAP_TEST_STORE:?the store that tests share, see tests/run} \
    "$GOSTRAP" build linux/amd64 --archives --release "$1" --from "$(test_archive "$1")" 2>"$T/err") ||
    { cat "$T/err" && fail "no archive to give"; }
  expect_equal "the path of the archive" "$path" "$(nix-store --add-fixed sha256 "$archives/go$1.linux-amd64.tar.gz")"
}
