#!/usr/bin/env bash
# bundle install --nix asks the flake where it has what a bundle brings: by the release, in its legacyPackages.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
fake_bootstrap 1.98.0
fake_runners
fake_release 1.99.0
"$GOSTRAP" build s390x --release 1.99.0 >"$T/path" 2>/dev/null
expect_exit 0 "$GOSTRAP" bundle create "$(cat "$T/path")" --out "$T/bundle.tar.zst"

# A Nix whose flake has the release that $T/release names.
cat >"$T/bin/nix" <<'NIX'
#!/bin/sh
echo "$*" >>"$T/calls"
case " $* " in
  *" eval "*"#legacyPackages."*".$(cat "$T/release")."*) printf /nix/store/abcdefghijklmnopqrstuvwxyz012345-go-sdk ;;
  *" eval "*) echo "error: flake 'F' does not provide attribute 'x'" >&2; exit 1 ;;
esac
NIX
printf '#!/bin/sh\necho nar\n' >"$T/bin/nix-store"
chmod +x "$T/bin/nix" "$T/bin/nix-store"
export T

echo go_1_99_0 >"$T/release"
: >"$T/calls"
expect_exit 0 "$GOSTRAP" bundle install "$T/bundle.tar.zst" --nix --flake F --accept-unsigned
expect_match "^/nix/store/.*-go-sdk$" "$T/out"
expect_match "#legacyPackages\..*\.go_1_99_0\.go-sdk-linux-s390x\.outPath" "$T/calls"
ok "an SDK is put where the flake has it"

echo go_1_98_0 >"$T/release"
: >"$T/calls"
expect_exit 2 "$GOSTRAP" bundle install "$T/bundle.tar.zst" --nix --flake F --accept-unsigned
expect_match "does not provide attribute" "$T/err"
expect_no_match ' copy ' "$T/calls"
ok "where it has none, what Nix says is said, and nothing is copied"
