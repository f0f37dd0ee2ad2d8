#!/usr/bin/env bash
# Small files and servers that ask for all memory or all time: each is refused within both, with the limit's number, and
# leaves nothing. What the program may have is bounded here, too, where its sanitizers leave that possible.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
# shellcheck source=tests/lib/serve.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/serve.sh"
requires perl git zip zstd
unset http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY ALL_PROXY all_proxy SSL_CERT_FILE SSL_CERT_DIR

fake_release 1.99.0
hostile() { perl "$GOSTRAP_SOURCE_DIR/tests/lib/hostile-inputs.pl" "$@"; }

# AddressSanitizer takes terabytes of addresses for itself
memory=1000000 # kB
if grep -q __asan_init "$GOSTRAP"; then memory=unlimited; fi
bounded() { (ulimit -v "$memory" && exec timeout 120 "$GOSTRAP" "$@"); }
refused() { # REGEX WORDS…
  expect_exit 2 bounded "${@:2}"
  expect_match "$1" "$T/err"
  expect_no_match 'unforeseen|no more memory' "$T/err"
  expect_equal "what is left" "" "$(find "$T" -maxdepth 1 \( -name 'got*' -o -name '.got*' \))$(ls -A "$TMPDIR")"
}

hostile needed.elf >"$T/x"
refused 'it needs more than 1000 libraries' inspect "$T/x"
refused 'it needs more than 1000 libraries' image app "$T/x" --out "$T/got"
hostile segments.elf >"$T/x"
refused 'all together they are more than 2 times its size' inspect "$T/x"
refused 'all together they are more than 2 times its size' image app "$T/x" --out "$T/got"
hostile segments.macho >"$T/x"
refused 'a load command in it is smaller than it says' inspect "$T/x"
hostile data.pe >"$T/x"
refused 'all together they are more than 2 times its size' inspect "$T/x"
hostile data.wasm >"$T/x"
refused 'it leads outside of itself' inspect "$T/x"
hostile names.elf >"$T/x"
expect_exit 0 bounded inspect "$T/x"
[ "$(wc -c <"$T/out")" -lt 2000000 ] || fail "it prints $(wc -c <"$T/out") bytes"
hostile buildinfo.elf >"$T/x"
expect_exit 0 bounded inspect "$T/x"
expect_match 'its build information is damaged: there are more than 1000 settings in it' "$T/out"
ok "inspect: ELF, PE, Mach-O and WebAssembly"

hostile quine.gz >"$T/quine.gz"
refused 'it is damaged: the gzip around it' source 1.99.0 --from "$T/quine.gz" --out "$T/got"
cp "$T/quine.gz" "$T/other.gz" && printf x >>"$T/other.gz"
refused 'the gzip around it' verify "$T/quine.gz" --against "$T/other.gz"
{ printf '\037\213\010\010\0\0\0\0\0\0' && head -c 300000000 /dev/zero | tr '\0' n; } | zstd -q -1 -o "$T/name.tar.zst"
refused 'it is damaged|Unrecognized' source 1.99.0 --from "$T/name.tar.zst" --out "$T/got"
{ printf '\037\213\010\010\0\0\0\0\0\0' && head -c 50000000 /dev/zero | tr '\0' n; } >"$T/name.gz"
refused 'the gzip around it has no end' source 1.99.0 --from "$T/name.gz" --out "$T/got"
rm "$T/name".*
ok "archives: a gzip that holds itself, a name without end"

# a server that is asked for the pinned commit
pin_release 1.99.0 6796ebb2cb66b316a07998cdcd69b1c486b8579e "$T/nowhere"
git_server() { # FILE
  rm -f "$T/port"
  perl "$GOSTRAP_SOURCE_DIR/tests/lib/pack-server.pl" "$T/port" 6796ebb2cb66b316a07998cdcd69b1c486b8579e go1.99.0 "$1" &
  servers+=("$!")
  until [ -s "$T/port" ]; do kill -0 "$!" || fail "the server does not begin"; sleep 0.02; done
  from=http://127.0.0.1:$(cat "$T/port")/x
}
for kind in same collide; do
  hostile pack $kind >"$T/pack"
  git_server "$T/pack"
  refused "fetch go1.99.0 from $from: .*(did not send|is missing)" source 1.99.0 --from "$from" --out "$T/got" --retries 0
  expect_no_match 'timed out|said nothing' "$T/err"
done
ok "git packs: equal bases, ids that begin alike"
for word in 0001 0003; do
  git_server "-$word"
  refused 'fetch go1.99.0 from http://127.0.0.1:[0-9]+/x: ' source 1.99.0 --from "$from" --out "$T/got" --retries 0
  expect_no_match 'gitconfig' "$T/err"
done
ok "a server that says what is not git's protocol: nothing else is blamed"

git() { command git -c user.name=n -c user.email=e@x -c init.defaultBranch=main -c tag.gpgSign=false "$@"; }
git init -q "$T/big"
cd "$T/big"
blob=$(head -c 400000000 /dev/zero | git -c core.compression=1 -c core.bigFileThreshold=1g hash-object -w --stdin)
git update-index --add --cacheinfo "100644,$blob,VERSION"
git commit -qm one && git tag go1.99.0
cd "$T"
pin_release 1.99.0 "$(git -C "$T/big" rev-parse HEAD)" "$T/nowhere"
memory_before=$memory
[ "$memory" = unlimited ] || memory=400000
refused 'it has 400000000 bytes in one file \([0-9a-f]{40}\) and maybe more; 268435456 is the limit' \
  source 1.99.0 --from "$T/big" --out "$T/got"
expect_match 'raise the limit: --max-bytes NUMBER' "$T/err"
memory=$memory_before
ok "a loose object of 400 MB in a local repository"

if [ "$memory" != unlimited ]; then
  memory=400000
  head -c 500000000 /dev/zero >"$T/large"
  printf 'MZ' | dd of="$T/large" conv=notrunc status=none
  expect_exit 2 bounded inspect "$T/large"
  expect_match 'there is no more memory, of which this process may have 409600000 bytes' "$T/err"
  expect_match 'ulimit -v' "$T/err"
  rm "$T/large"
  memory=1000000
  ok "where memory ends all the same, that is what is said"
fi

module=$T/tree/example.com/good/@v
mkdir -p "$module" "$T/tree/example.com/bad/@v" "$T/zip/example.com/good@v1.0.0"
printf 'module example.com/good\n' | tee "$module/v1.0.0.mod" >"$T/zip/example.com/good@v1.0.0/go.mod"
(cd "$T/zip" && zip -qrD "$module/v1.0.0.zip" .)
cp "$module/v1.0.0.mod" "$T/tree/example.com/bad/@v/v1.0.0.mod"
cp "$T/quine.gz" "$T/tree/example.com/bad/@v/v1.0.0.zip"
serve "$T/tree"
expect_match 'bad/@v/v1.0.0.zip' "$T/serve.err"
expect_match '^# 1 modules' "$T/serve.out"
ok "serve: one bad zip is one bad zip, and is named"

# shellcheck disable=SC2016
perl -MIO::Socket::INET -e '
  my ($port) = @ARGV;
  my @open;
  for (1 .. 600) {
    my $line = IO::Socket::INET->new(PeerAddr => "127.0.0.1", PeerPort => $port, Timeout => 5) or last;
    syswrite $line, "GET /x HTTP/1.1\r\nHost: 127.0.0.1\r\nX-a: ";
    push @open, $line;
  }
  my $line = IO::Socket::INET->new(PeerAddr => "127.0.0.1", PeerPort => $port, Timeout => 20) or die "no line: $!\n";
  my $answers = 0;
  $SIG{ALRM} = sub { die "no answer within 20 s\n" };
  alarm 20;
  for (1 .. 2) {
    syswrite $line, "GET /example.com/good/\@v/v1.0.0.mod HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    my $head = "";
    while ($head !~ /\r\n\r\nmodule example.com\/good\n$/) { sysread $line, $head, 4096, length $head or die "closed\n" }
    die $head if $head !~ m{^HTTP/1.1 200} or $head =~ /^Connection: close/mi;
    $answers++;
  }
  print "$answers answers on one line, beside " . @open . " others\n";
' "$port" >"$T/flood"
expect_match '^2 answers on one line, beside 600 others$' "$T/flood"
stopped TERM
ok "serve: hundreds of connections that say nothing keep nobody out, and one line is enough for many requests"
