# shellcheck shell=bash
# Sourced before the preamble by a test that mounts file systems: starts it again in a mount namespace, once;
# GOSTRAP_TEST_MOUNTS says whether there is one (requires_mounts asks).
if [ -z "${GOSTRAP_TEST_MOUNTS-}" ]; then
  export GOSTRAP_TEST_MOUNTS=yes
  for way in "unshare --mount" "unshare --user --map-root-user --mount"; do
    # shellcheck disable=SC2086
    if $way true 2>/dev/null; then exec $way bash "$0"; fi
  done
  GOSTRAP_TEST_MOUNTS=no
fi
