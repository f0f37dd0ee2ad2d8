#!/usr/bin/env bash
# README's first command on machines that are fresh: roots of Debian and Ubuntu that have git and nothing else. As root from the
# clone to the hello, as a user where all is installed, and as a user where something is missing. SUITE… as arguments: these alone.
if [ -z "${GOSTRAP_TEST_MOUNTS-}" ]; then
  export GOSTRAP_TEST_MOUNTS=no
  way=(unshare --mount --pid --fork)
  if "${way[@]}" true 2>/dev/null; then GOSTRAP_TEST_MOUNTS=yes exec "${way[@]}" bash "$0" "$@"; fi
fi
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
# shellcheck source=tests/lib/fresh-root.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/fresh-root.sh"
requires debootstrap git
requires_mounts
suites=("$@")
[ $# -gt 0 ] || suites=(bookworm trixie sid noble resolute)

in_root() {
  chroot "$root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 "$@"
}
as_user() { in_root setpriv --reuid=1000 --regid=1000 --clear-groups env HOME=/home/user "$@"; }

# clone HOME COMMAND…: the checkout's last commit, as whoever the command makes.
clone() { "${@:2}" sh -c "cd $1 && git -c advice.detachedHead=false -c init.defaultBranch=main clone -q /gostrap.bundle gostrap"; }

# What another machine built of the same release is taken from the tests' store: make.bash takes minutes, and has tests of its own.
share_host_toolchain() { # STORE
  local entry
  mkdir -p "$1/provenance"
  for entry in "${GOSTRAP_TEST_STORE:?}"/*-go*-host-linux-"$(dpkg --print-architecture)" "$GOSTRAP_TEST_STORE"/*-go*-source; do
    [ -d "$entry" ] || continue
    cp -a "$entry" "$1"
    cp -a "$GOSTRAP_TEST_STORE/provenance/${entry##*/}.json" "$1/provenance"
  done
}

# expect_hello COMMAND…: quickstart's own words about its phases are shown, with their seconds.
expect_hello() {
  expect_exit 0 "$@"
  grep -hE '^ *[0-9]+s  ' "$T/err"
  expect_match '^hello from linux/riscv64, made with go1\.'
  expect_no_match FAILED
}

# Where a mirror lists Ubuntu's source packages and does not hand them out, quickstart says what it needs, and is given it.
source_for() { # USER'S WORDS…
  given=()
  [[ $suite =~ ^(noble|resolute)$ ]] || return 0
  if "$@" >"$T/out" 2>"$T/err"; then return; fi
  expect_match "Ubuntu's mirror hands out no source of Go"
  expect_match '\-\-release 1\.24\.4 --from go1\.24\.4\.src\.tar\.gz$'
  echo "$system: its mirror hands out no source of Go; 1.24.4's is given"
  cp "$(test_archive 1.24.4)" "$root/go1.24.4.src.tar.gz"
  given=(--release 1.24.4 --from /go1.24.4.src.tar.gz)
}

tried=0
for suite in "${suites[@]}"; do
  has_fresh_root "$suite" || continue
  fresh_root "$suite"
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"

  clone /root in_root
  share_host_toolchain "$root/root/.local/share/gostrap/store"
  source_for in_root HOME=/root /root/gostrap/quickstart
  expect_hello in_root HOME=/root /root/gostrap/quickstart "${given[@]}"
  ok "$system: root comes from a clone to a hello"

  in_root useradd --create-home --uid 1000 --shell /bin/bash user
  clone /home/user as_user
  mkdir -p "$root/home/user/.local/share" "$root/home/user/.cache"
  mv "$root/root/.local/share/gostrap" "$root/home/user/.local/share"
  mv "$root/root/.cache/gostrap" "$root/home/user/.cache"
  in_root chown -R user: /home/user
  expect_hello as_user /home/user/gostrap/quickstart "${given[@]}"
  expect_no_match 'Installing|is missing'
  ok "$system: so does a user who is not root, where all is installed"

  in_root dpkg --remove --force-depends libgit2-dev >/dev/null
  expect_exit 2 as_user /home/user/gostrap/quickstart
  expect_match 'this is missing, and there is neither root nor sudo to install it with: libgit2 \(1\.7 or newer\)$'
  expect_match 'What an administrator types:  /home/user/gostrap/quickstart --install    # installs libgit2-dev$'
  in_root HOME=/root /home/user/gostrap/quickstart --install
  as_user /home/user/gostrap/quickstart --install
  ok "$system: where something is missing, that user is told what an administrator types, and it is enough"

  awk -v t="$root/" 'index($2, t) == 1 { print $2 }' /proc/self/mounts | tac | xargs umount
  rm -rf "$root"
  tried=$((tried + 1))
done
[ $tried -gt 0 ] || fail "there is not one root"
