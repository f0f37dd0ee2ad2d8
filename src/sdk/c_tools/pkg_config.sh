#!/bin/sh
# pkg-config of an SDK for @port@: it sees the libraries of the C compiler and of its sysroot, and none of this
# machine's own. GOSTRAP_PKG_CONFIG_PATH adds directories; GOSTRAP_PKG_CONFIG is a pkg-config that has the port's libraries
# itself, as Nix has one for each port (nix/hook.nix).
gostrap_port=${GOOS:-@goos@}/${GOARCH:-@goarch@}
if [ "$gostrap_port" != "@goos@/@goarch@" ]; then
  printf '%s\n' "${0##*/}: this SDK has libraries for @port@, not for $gostrap_port: CGO_ENABLED=0 builds that without C" >&2
  exit 2
fi
if [ -n "${GOSTRAP_PKG_CONFIG-}" ]; then exec "$GOSTRAP_PKG_CONFIG" "$@"; fi
gostrap_program=$(command -v pkg-config || command -v pkgconf)
if [ -z "$gostrap_program" ]; then
  printf '%s\n' "${0##*/}: neither pkg-config nor pkgconf is on PATH (Debian: apt-get install pkg-config)" >&2
  exit 2
fi
unset PKG_CONFIG_ALLOW_SYSTEM_CFLAGS PKG_CONFIG_ALLOW_SYSTEM_LIBS PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR
export PKG_CONFIG_LIBDIR PKG_CONFIG_SYSROOT_DIR
# The sysroot stands before the places that its own packages name, and before no others.
gostrap_ask() {
  gostrap_roots=@roots@
  for gostrap_root in ${GOSTRAP_PKG_CONFIG_PATH:+more} $gostrap_roots; do
    case $gostrap_root in
      more) PKG_CONFIG_LIBDIR=$GOSTRAP_PKG_CONFIG_PATH:@directories@ PKG_CONFIG_SYSROOT_DIR='' ;;
      sysroot) PKG_CONFIG_LIBDIR=@sysroot_directories@ PKG_CONFIG_SYSROOT_DIR=@sysroot@ ;;
      *) PKG_CONFIG_LIBDIR=@directories@ PKG_CONFIG_SYSROOT_DIR='' ;;
    esac
    if gostrap_said=$("$gostrap_program" @static@ "$@" 2>/dev/null); then return 0; fi
  done
  return 1
}
if gostrap_ask "$@"; then
  printf '%s\n' "$gostrap_said"
  exit 0
fi
# As the go command asks, of several packages each may be in another place.
gostrap_all='' gostrap_option=''
case ${1-}/${2-} in --cflags/-- | --libs/--) gostrap_option=$1 ;; esac
if [ -n "$gostrap_option" ] && [ $# -gt 3 ]; then
  for gostrap_word in "$@"; do
    case $gostrap_word in --*) continue ;; esac
    if ! gostrap_ask "$gostrap_option" -- "$gostrap_word"; then
      set -- "$gostrap_option" -- "$gostrap_word"
      gostrap_all=''
      break
    fi
    gostrap_all="$gostrap_all $gostrap_said"
  done
fi
if [ -n "$gostrap_all" ]; then
  printf '%s\n' "$gostrap_all"
  exit 0
fi
# Its own advice names PKG_CONFIG_PATH, which is this machine's.
"$gostrap_program" "$@" 2>&1 >/dev/null | while IFS= read -r gostrap_line; do
  case $gostrap_line in
    'Perhaps you should add'* | *PKG_CONFIG_PATH*) ;;
    *) printf '%s\n' "$gostrap_line" >&2 ;;
  esac
done
printf '%s\n' "${0##*/}: for @port@ packages are looked for in "@looked_in@"; GOSTRAP_PKG_CONFIG_PATH adds directories, and what this machine has for itself is none of theirs" >&2
exit 1
