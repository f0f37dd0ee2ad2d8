#!/usr/bin/env bash
# The same inputs give the same bundle: on another day, in another directory, by another user, on another number of cores.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
# shellcheck source=tests/lib/bundles.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/bundles.sh"
small_store
create "$T/first.tar.zst" riscv64 --host --source --modules "$T/tree" --sign "$T/key"
sum=$(sha256sum <"$T/first.tar.zst")

create "$T/order.tar.zst" --modules "$T/tree" --source --host riscv64 --sign "$T/key"
expect_equal "in another order" "$sum" "$(sha256sum <"$T/order.tar.zst")"

# other words for the same: umask, locale, time zone, one core, no cache of equal inodes
mkdir -p "$T/far/away"
cp -r "$store" "$T/far/away/store"
cp -r "$T/tree" "$T/far/tree"
find "$T/far" -exec touch -h -d '2001-09-09 01:46:40' {} +
(
  umask 077
  export LC_ALL=C TZ=Pacific/Kiritimati
  cd "$T/far"
  taskset -c 0 "$GOSTRAP" bundle create riscv64 --release 1.99.0 --host --source --modules ./tree --sign "$T/key" \
    --store "$T/far/away/store" --out "$T/far/second.tar.zst" >/dev/null 2>&1
)
expect_equal "elsewhere, long ago" "$sum" "$(sha256sum <"$T/far/second.tar.zst")"
ok "copied elsewhere, with other times, umask, locale and number of cores: the same file"

if [ "$(id -u)" = 0 ]; then
  chmod 755 "$T" "$T/far"
  cp -r "$HOME/.config" "$T/far/config"
  cp "$GOSTRAP" "$T/far/gostrap"
  cp "$T/key" "$T/far/key"
  chown -R nobody "$T/far"
  setpriv --reuid nobody --clear-groups env HOME="$T/far" XDG_CONFIG_HOME="$T/far/config" TMPDIR="$T/far" "$T/far/gostrap" bundle create \
    riscv64 --release 1.99.0 --host --source --modules "$T/far/tree" --sign "$T/far/key" --store "$T/far/away/store" \
    --out "$T/far/third.tar.zst" >/dev/null 2>"$T/err" || { cat "$T/err" && fail "as nobody"; }
  expect_equal "by another user" "$sum" "$(sha256sum <"$T/far/third.tar.zst")"
  ok "made by another user: the same file"
fi

# Built again, on another day, by another store: where the outputs are the same, so is the bundle.
faketime=$T/later
mv "$store" "$faketime"
"$GOSTRAP" build riscv64 --release 1.99.0 >/dev/null 2>&1
create "$T/again.tar.zst" riscv64 --host --source --modules "$T/tree" --sign "$T/key"
expect_equal "built again" "$sum" "$(sha256sum <"$T/again.tar.zst")"
create "$T/full.tar.zst" riscv64 --full-provenance
expect_exit 0 "$GOSTRAP" bundle inspect "$T/full.tar.zst" --check
[ "$(stat -c %s "$T/full.tar.zst")" -gt 0 ]
ok "built again by another store: the same file, unless all records are asked for"

# An installed store gives it again.
expect_exit 0 elsewhere "$GOSTRAP" bundle install "$T/first.tar.zst" --key "$T/key.pub"
elsewhere "$GOSTRAP" bundle create riscv64 --release 1.99.0 --host --source --modules "$T/tree" --sign "$T/key" --out "$T/passed-on.tar.zst" >/dev/null 2>&1
expect_equal "passed on" "$sum" "$(sha256sum <"$T/passed-on.tar.zst")"
ok "made out of the store that it was installed into: the same file"
