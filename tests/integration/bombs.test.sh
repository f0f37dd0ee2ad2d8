#!/usr/bin/env bash
# Archives that are small and become very large: 10 GB of zeros, a million entries, a thousand directories deep. They are
# refused soon, with the number and the option that raises the limit, and leave nothing.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires zstd perl

fake_release 1.99.0

# tar ENTRIES…: perl code that calls entry(name, size) in any way, as a tar in zstd
tar_of() {
  perl -e '
    sub entry {
      my ($name, $size) = @_;
      # sizes beyond eight octal gigabytes are in binary
      my $length = $size < 8 ** 11 ? sprintf("%011o\0", $size) : pack("C x3 Q>", 0x80, $size);
      my $head = pack "a100 a8 a8 a8 a12 a12 A8 a1 a100 a8", $name, "0000644\0", "0000000\0", "0000000\0", $length,
        "00000000000\0", "", $name =~ m{/$} ? 5 : 0, "", "ustar\00000";
      $head .= "\0" x (512 - length $head);
      substr $head, 148, 8, sprintf "%06o\0 ", unpack "%32C*", $head;
      print $head;
    }
    entry("go/VERSION", 0); entry("go/src/make.bash", 0);
    '"$1"'
    print "\0" x 1024;' | zstd -q -1 -o "$T/$2.tar.zst"
  [ "$(stat -c %s "$T/$2.tar.zst")" -lt 30000000 ] || fail "$2.tar.zst is not small"
}
refused() { # REGEX OPTION…
  expect_exit 2 "$GOSTRAP" source 1.99.0 --out "$T/got" "${@:2}"
  expect_match "$1" "$T/err"
  expect_equal "what is left" "" "$(find "$T" -maxdepth 1 \( -name 'got*' -o -name '.got*' \))$(ls -A "$TMPDIR")"
}

# shellcheck disable=SC2016
tar_of 'entry("go/zeros", 10_000_000_000); my $zeros = "\0" x 1_000_000; print $zeros for 1 .. 10_000; print "\0" x 512;' zeros
before=$SECONDS
refused 'it has [0-9]+ bytes and maybe more, which is over 100 times the size of the archive' --from "$T/zeros.tar.zst"
expect_match 'raise the limit: --max-ratio NUMBER' "$T/err"
refused 'it has [0-9]+ bytes and maybe more; 50000000 is the limit' --from "$T/zeros.tar.zst" --max-ratio 1000000 --max-bytes 50000000
expect_match 'raise the limit: --max-bytes NUMBER' "$T/err"
[ $((SECONDS - before)) -lt 60 ] || fail "it took $((SECONDS - before)) seconds to refuse it"
ok "10 GB of zeros ($(stat -c %s "$T/zeros.tar.zst") bytes packed)"

# shellcheck disable=SC2016
tar_of 'entry("go/" . $_, 0) for 1 .. 1_000_000;' entries
refused 'it has 20001 entries and maybe more; 20000 is the limit' --from "$T/entries.tar.zst" --max-entries 20000 --max-ratio 10000
expect_match 'raise the limit: --max-entries NUMBER' "$T/err"
ok "a million entries ($(stat -c %s "$T/entries.tar.zst") bytes packed)"

# shellcheck disable=SC2016
tar_of 'entry("go/" . "d/" x 45 . "x", 0); entry("go/" . "e/" x $_, 0) for 1 .. 47;' nested
refused 'it has [0-9]+ directories, one in the other, in one path and maybe more; 30 is the limit' --from "$T/nested.tar.zst" \
  --max-depth 30
expect_match 'raise the limit: --max-depth NUMBER' "$T/err"
ok "deep nesting"
