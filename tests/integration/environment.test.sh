#!/usr/bin/env bash
# make.bash runs in an environment that is an allow-list, and without network.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

# Somebody who would take a call, should the build try.
perl -MIO::Socket::INET -e '
  my $listener = IO::Socket::INET->new(Listen => 5, LocalAddr => "127.0.0.1") or die;
  open my $out, ">", "$ARGV[0].new" or die; print $out $listener->sockport; close $out;
  rename "$ARGV[0].new", $ARGV[0];
  while (my $caller = $listener->accept) { open $out, ">>", "$ARGV[0].calls"; print $out "called\n"; close $out }
' "$T/port" &
listener=$!
until_true test -s "$T/port"

fake_bootstrap 1.98.0
fake_release 1.99.0 "
if (exec 3<>/dev/tcp/127.0.0.1/$(cat "$T/port")); then echo 'network: there'; else echo 'network: none'; fi
[ -t 0 ] || [ -z \"\$(cat)\" ] && echo 'input: empty'
"
mkdir "$T/relative" && cd "$T"
PATH=relative:$PATH::$T/not-there:. \
  GOAMD64=v3 GOARM64=v9.0 GO386=softfloat GOEXPERIMENT=x GOFLAGS=-x GOROOT=/x GOTOOLDIR=/x GO_LDSO=/x GO_EXTLINK_ENABLED=1 \
  CC=evil CXX=evil CC_FOR_TARGET=evil PKG_CONFIG=evil CGO_ENABLED=1 CGO_CFLAGS=-evil BASH_ENV=/x LD_PRELOAD='' \
  GOPROXY=https://evil.invalid USER=somebody LANG=de_DE.UTF-8 SOMETHING=else \
  expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0 --jobs 3
kill "$listener"

log=$(log_of "go1.99.0-host-$own_dashed")
grep '^has ' "$log" | sed 's/^has //; s/=.*//' | sort >"$T/names"
# PWD, SHLVL and _ are bash's own
printf '%s\n' PATH HOME TMPDIR GOCACHE GOPATH GOENV GOPROXY GOSUMDB GOTELEMETRY GOTOOLCHAIN GOWORK GOGC GOMEMLIMIT LC_ALL TZ GOMAXPROCS \
  GOROOT_BOOTSTRAP PWD SHLVL _ | sort >"$T/allowed"
diff "$T/allowed" "$T/names" || fail "these variables are not the allow-list"
expect_match '^has GOPROXY=off$' "$log"
expect_match '^has GOTOOLCHAIN=local$' "$log"
expect_match '^has GOMAXPROCS=3$' "$log"
ok "none of the caller's variables arrives in make.bash"

path=$(sed -n 's/^has PATH=//p' "$log")
for directory in "relative" "." "" "$T/not-there"; do
  case :$path: in *":$directory:"*) fail "PATH has \"$directory\": $path" ;; esac
done
case :$path: in *":$T/bin:"*) ;; *) fail "PATH lost $T/bin: $path" ;; esac
ok "PATH keeps absolute directories that are there, and nothing else"

for name in HOME TMPDIR GOCACHE GOPATH; do
  expect_match "^has $name=$store/work/" "$log"
done
ok "HOME, TMPDIR, GOCACHE and GOPATH are private"

record=$(provenance "go1.99.0-host-$own_dashed")
expect_equal "the variables in the provenance" 17 "$(json "$record" making run environment)"
expect_equal "GOENV in the provenance" off "$(json "$record" making run environment GOENV)"
expect_equal "variables in the log's head" 17 "$(sed '/^Building Go cmd\/dist/q' "$log" | grep -Ec '^#   [A-Z_]+=')"
ok "the list stands in the log and in the provenance"

expect_match '^input: empty$' "$log"
ok "its standard input is empty"

# Where the kernel gives no network namespace, the build says so.
cut=$(json "$record" making run withoutNetwork)
if unshare --net true 2>/dev/null || unshare --user --net true 2>/dev/null; then
  expect_equal "withoutNetwork in the provenance" true "$cut"
fi
if [ "$cut" = true ]; then
  expect_match '^network: none$' "$log"
  [ ! -e "$T/port.calls" ] || fail "the build reached the network"
else
  expect_match '^network: there$' "$log"
  expect_match 'could have reached the network' "$T/err"
fi
ok "the build has no network, or says that it has (withoutNetwork: $cut)"
