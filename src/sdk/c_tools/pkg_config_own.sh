#!/bin/sh
# pkg-config of an SDK for this machine's own port.
gostrap_port=${GOOS:-@goos@}/${GOARCH:-@goarch@}
if [ "$gostrap_port" != "@goos@/@goarch@" ]; then
  printf '%s\n' "${0##*/}: this SDK has libraries for @port@, not for $gostrap_port: CGO_ENABLED=0 builds that without C" >&2
  exit 2
fi
if command -v pkg-config >/dev/null; then exec pkg-config @static@ "$@"; fi
if command -v pkgconf >/dev/null; then exec pkgconf @static@ "$@"; fi
printf '%s\n' "${0##*/}: neither pkg-config nor pkgconf is on PATH (Debian: apt-get install pkg-config)" >&2
exit 2
