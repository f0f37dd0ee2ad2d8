#!/usr/bin/env bash
# Many machines: two builders behind ssh, each with a store of its own, share the ports out; a dead one costs only time.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"
requires ssh ssh-keygen dropbear dropbearkey
give_archive 1.24.4

# An ssh server on our own lo, for a root whose home is here.
mkdir -m 700 "$T/root" "$T/root/.ssh"
sed "s|^root:.*|root:x:0:0:root:$T/root:/bin/bash|" /etc/passwd >"$T/passwd"
mount --bind "$T/passwd" /etc/passwd
ssh-keygen -q -t ed25519 -N '' -f "$T/key"
cp "$T/key.pub" "$T/root/.ssh/authorized_keys"
dropbearkey -t ed25519 -f "$T/host.key" >/dev/null 2>&1
dropbear -r "$T/host.key" -p 127.0.0.1:22 -P "$T/dropbear.pid" -s -E 2>"$T/dropbear.log"
made=()
stop_servers() { # as clean_up does; and the shared store keeps nothing that only this run can use
  kill "$(cat "$T/dropbear.pid")" || true
  [ ${#made[@]} = 0 ] || nix-store --delete "${made[@]}" >/dev/null 2>&1 || true
  umount /etc/passwd
}
export NIX_SSHOPTS="-o StrictHostKeyChecking=accept-new -o UserKnownHostsFile=$T/known_hosts"

# builder NAME: a machine, as far as Nix can tell: a store, and a program that serves it.
builder() {
  printf '%s\n' '#!/bin/sh' "export NIX_CONF_DIR=$NIX_CONF_DIR NIX_USER_CONF_FILES=/dev/null HOME=$T/root NIX_REMOTE=" \
    "exec $(command -v nix-daemon) --store 'local?root=$T/$1' \"\$@\"" >"$T/$1.program"
  chmod +x "$T/$1.program"
  echo "ssh-ng://root@127.0.0.1?remote-program=$T/$1.program x86_64-linux $T/key 1 1 big-parallel - -" >>"$T/machines"
}
builder one
builder two

# share_out PORT…: SDKs of these ports, which no earlier run has left in the store.
share_out() {
  local ports
  ports=$(printf '"%s" ' "$@")
  expect_exit 0 nix build --impure --no-link --json --print-build-logs --max-jobs 0 --builders "@$T/machines" --expr "
    let made = import $T/flake/nix { pkgs = import $T/nixpkgs { }; };
    in map (port: (made.goSdk { inherit port; release = \"1.24.4\"; }).overrideAttrs (_: { run = \"$T\"; })) [ $ports ]"
  mapfile -t sdks < <(grep -oE '"out": *"[^"]+"' "$T/out" | cut -d'"' -f4)
  made+=("${sdks[@]}")
  expect_equal "number of SDKs" $# ${#sdks[@]}
}
# how_many BUILDER: the SDKs that its store has.
how_many() { find "$T/$1/nix/store" -maxdepth 1 -name '*-go-sdk-*-1.24.4' | wc -l; }

share_out arm64 s390x
first=$(how_many one) second=$(how_many two)
expect_equal "SDKs on both builders" 2 $((first + second))
[ $((first * second)) -gt 0 ] || fail "the builders made $first and $second"
ok "two builders share the ports out: $first and $second"

printf '#!/bin/sh\nexit 1\n' >"$T/two.program"
share_out mips64le riscv64
expect_match 'cannot (build|connect)|failed to start SSH|unexpected end-of-file|lost|cannot open connection' "$T/err"
expect_equal "SDKs on the builder that lives" $((first + 2)) "$(how_many one)"
ok "when one is dead the other makes them all"

# What came back is what this machine would have made. Nix lists outputs in an order of its own.
back=$(printf '%s\n' "${sdks[@]}" | grep -e -linux-riscv64-)
expect_equal "NAR hash of a builder's SDK" "$(nix hash path "$(nix_build legacyPackages.x86_64-linux.go_1_24_4.go-sdk-riscv64)")" \
  "$(nix hash path "$back")"
ok "and their SDK is the one made here, bit for bit"

