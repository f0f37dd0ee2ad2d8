# shellcheck shell=bash
# gostrap in the background, killed, and what it leaves running. Sourced by fake-go.sh.

# until_true COMMAND…: waits for it to become true, for at most 30 seconds.
until_true() {
  local deadline=$((SECONDS + 30))
  until "$@" 2>/dev/null; do
    [ "$SECONDS" -lt "$deadline" ] || fail "it did not become true: $*"
    sleep 0.02
  done
}

# processes: those of gostrap, and those that its builds started, as far as they belong to this test.
processes() {
  perl -e 'my ($t, $gostrap) = @ARGV;
    for my $process (glob "/proc/[0-9]*") {
      open my $in, "<", "$process/environ" or next;
      my $environment = do { local $/; <$in> } // "";
      my $program = readlink "$process/exe" or next;
      next unless index($environment, "GOCACHE=$t/") >= 0
        or $program eq $gostrap and index($environment, "HOME=$t/") >= 0;
      open $in, "<", "$process/cmdline" or next;
      print "$process $program ", join(" ", split /\0/, <$in> // ""), "\n";
    }' "$T" "$(readlink -f "$GOSTRAP")"
}

no_processes() { [ -z "$(processes)" ]; }

# start WORDS…: gostrap in the background, its process in $pid, its output in $T/out and $T/err. What a shell starts in
# the background ignores SIGINT, and gostrap would too.
start() {
  # shellcheck disable=SC2086
  env --default-signal=INT,TERM,HUP ${way-} "$GOSTRAP" "$@" >"$T/out" 2>"$T/err" </dev/null &
  # shellcheck disable=SC2034 # for the tests
  pid=$!
}

# ended CODE: waits for what was started, which must end with that exit status.
ended() {
  local status=0
  wait "$pid" 2>/dev/null || status=$?
  [ "$status" = "$1" ] || { cat "$T/err" && fail "exit status $status, not $1"; }
}

# kill_at [-f] SYSCALL NUMBER WORDS…: gostrap, killed when it makes that system call for that time; $status says how it
# ended, 137 if it did. strace counts for each thread by itself, and without -f sees the first only.
kill_at() {
  local follow=()
  [ "$1" != -f ] || { follow=(-f) && shift; }
  { ASAN_OPTIONS=detect_leaks=0 strace "${follow[@]}" -qq -o /dev/null -e "trace=$1" \
    -e "inject=$1:signal=KILL:when=$2" "$GOSTRAP" "${@:3}" >"$T/out" 2>"$T/err" </dev/null &&
    status=0 || status=$?; } 2>/dev/null
}
