#!/usr/bin/env bash
# What quickstart asks of each package manager on a machine that has nothing yet, and what it says where it may not ask.
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"

# A machine with the ordinary commands, and neither a compiler nor a package manager.
bare=$T/bare
mkdir "$bare" "$T/checkout"
for each in awk bash basename cat dirname grep id mkdir readlink realpath sed sort tail tr; do
  ln -s "$(command -v "$each")" "$bare/$each"
done
cp -R "$GOSTRAP_SOURCE_DIR/quickstart" "$T/checkout"
mkdir "$T/checkout/tests" && cp -R "$GOSTRAP_SOURCE_DIR/tests/lib" "$T/checkout/tests"

# machine NAME: one that has the package manager NAME, which notes what it is asked for and installs nothing.
machine() {
  rm -rf "$T/machine"
  cp -R -P "$bare" "$T/machine"
  # shellcheck disable=SC2016 # the script's own
  printf '#!%s\necho "$0 $*" >>%q\n' "$(command -v bash)" "$T/asked" >"$T/machine/$1"
  chmod +x "$T/machine/$1"
  : >"$T/asked"
}
install_with_it() { env -i "PATH=$T/machine" "HOME=$HOME" "$(command -v bash)" "$T/checkout/quickstart" --install; }
# as root, or through a sudo that is none
with_root() {
  printf '#!%s\nshift; exec "$@"\n' "$(command -v bash)" >"$T/machine/sudo" && chmod +x "$T/machine/sudo"
  install_with_it
}
without_root() {
  printf '#!%s\necho 1000\n' "$(command -v bash)" >"$T/machine/id.other"
  rm -f "$T/machine/id" "$T/machine/sudo"
  mv "$T/machine/id.other" "$T/machine/id" && chmod +x "$T/machine/id"
  install_with_it
}

while read -r manager verb some; do
  machine "$manager"
  # nothing was installed, so it stops before anything is compiled, and says what is not there
  expect_exit 2 with_root
  expect_match 'Nobody has tried these names'
  expect_match 'do not have it, or not new enough: .*cmake \(3\.25 or newer\), .*libgit2 \(1\.7 or newer\), .*zlib'
  expect_match "/$manager $verb" "$T/asked"
  for package in $some; do grep -Fwq -- "$package" "$T/asked" || fail "$manager is not asked for $package: $(cat "$T/asked")"; done
  machine "$manager"
  expect_exit 2 without_root
  expect_match "What an administrator types:  $manager $verb"
  expect_equal "what $manager was asked for by a user" '' "$(cat "$T/asked")"
  ok "$manager: $verb $some"
done <<'TEXT'
dnf install gcc-c++ ninja-build pkgconfig(libgit2) pkgconfig(cxxopts) qemu-user
zypper --non-interactive gcc-c++ pkgconfig(libutf8proc) qemu-linux-user
apk add pc:libarchive pc:libelf pkgconf
pacman -S libutf8proc nlohmann-json cxxopts qemu-user
TEXT

machine nix
expect_exit 2 with_root
expect_match 'nix develop .* --command .*/quickstart'
ok "where only nix is, the flake's shell is named"

machine nothing
expect_exit 2 with_root
expect_match 'There is no package manager here that quickstart knows'
ok "without any, what is missing is named"
