#!/usr/bin/env bash
# What a terminal sees: no rewritten lines where TERM says that it cannot, and nobody's words behind a progress line.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires script

fake_bootstrap 1.98.0
fake_release 1.99.0

on_terminal() { # TERM WORDS…: with all three streams on one
  printf -v words '%q ' "$GOSTRAP" "${@:2}"
  TERM=$1 script -qec "$words" "$T/typescript" >"$T/seen" </dev/null || fail "exit status $? of ${*:2}: $(cat "$T/seen")"
}

for term in dumb ''; do
  on_terminal "$term" build riscv64 --release 1.99.0 --store "$T/store-$term"
  if grep -q $'\e' "$T/seen"; then fail "TERM=\"$term\" gets an escape: $(cat -v "$T/seen")"; fi
  expect_match 'go1.99.0-host-.*: step 2 of 3' "$T/seen"
done
ok "with TERM=dumb, or none, progress is plain lines"

on_terminal xterm build riscv64 --release 1.99.0
grep -q $'\e\\[J' "$T/seen" || fail "nothing was rewritten: $(cat -v "$T/seen")"
# what stays on the screen: a line without what was taken back
perl -0777 -ne 's/\r\n/\n/g; 1 while s/[^\n]*\n?[^\n]*\e\[1A\r\e\[J//; s/[^\n]*\r\e\[J//g; print' "$T/seen" >"$T/screen"
expect_match "^$(entry go1.99.0-sdk-linux-riscv64)$" "$T/screen"
perl -pe 's/\r$//' "$T/seen" >"$T/lines"
expect_no_match '^ *: ' "$T/lines"
ok "a path that is printed stands alone on its line"

# a window of 40 columns, a path of characters that take two: each drawn line fits
wide=$T/漢字漢字漢字漢字漢字漢字漢字漢字
TERM=xterm script -qec "stty cols 40 rows 10; $(printf '%q ' "$GOSTRAP" build riscv64 --release 1.99.0 --store "$wide" --from "$(source_of 1.99.0)")" \
  "$T/typescript" >"$T/seen" </dev/null || fail "exit status $?: $(cat "$T/seen")"
perl -CSD -0777 -ne '
  s/\r\n/\n/g;
  for (split /\e\[\d*[AJ]|\r/) {
    for my $line (split /\n/) {
      next if $line !~ /^go1|steps? done/ || $line =~ /  done in/;   # what stays may be longer
      my $columns = 0;
      $columns += /\p{East_Asian_Width=Wide}/ ? 2 : 1 for split //, $line;
      print "$columns: $line\n" if $columns > 39;
    }
  }' "$T/seen" >"$T/long"
expect_equal "drawn lines that are wider than the window" "" "$(cat "$T/long")"
ok "a drawn line has no more columns than the window"

rm -rf "$store"
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0 --quiet
expect_equal "what --quiet says" "" "$(cat "$T/err")"
rm -rf "$store"
fake_release 1.99.0 'exit 3'
expect_exit 2 "$GOSTRAP" build riscv64 --release 1.99.0 -q
expect_match '^gostrap: cannot ' "$T/err"
fake_release 1.99.0
ok "--quiet leaves out progress, and no error"

for ci in GITHUB_ACTIONS GITLAB_CI; do
  rm -rf "$store"
  expect_exit 0 env "$ci=true" "$GOSTRAP" build riscv64 --release 1.99.0
  case $ci in
    GITHUB_ACTIONS) expect_equal "groups" "::group::gostrap: what it makes, step by step ::endgroup::" "$(grep '^::' "$T/err" | xargs)" ;;
    GITLAB_CI)
      expect_match $'^\e\\[0Ksection_start:[0-9]+:gostrap\\[collapsed=true\\]\r\e\\[0Kgostrap: what' "$T/err"
      expect_match $'^\e\\[0Ksection_end:[0-9]+:gostrap\r\e\\[0K$' "$T/err"
      ;;
  esac
  expect_exit 0 env "$ci=true" "$GOSTRAP" list
  expect_no_match '::group|section_start' "$T/err"
done
ok "the logs of GitHub and GitLab have a plan in a group"

for word in $'linux/x\n::add-mask::a' $'linux/x\n \t::error::a' 'linux/x##[error]a'; do
  expect_exit 2 env GITHUB_ACTIONS=true "$GOSTRAP" build "$word"
  expect_match 'u003aadd-mask|u003aerror|u005berror'
  expect_no_match '^[[:blank:]]*::|##\['
done
expect_exit 2 "$GOSTRAP" build 'linux/x##[error]a'
expect_match 'linux/x##\[error\]a'
ok "nobody's words are commands to GitHub's runner"

# stopped and continued: what the shell wrote in between stays
rm -rf "$store"
mkfifo "$T/begun" "$T/go-on"
fake_release 1.99.0 "echo begun >'$T/begun'; read -r _ <'$T/go-on'"
cat >"$T/stopping.pl" <<'PERL'
# Starts the program, stops it when it has just drawn, writes a line as a shell would, and lets it go on.
use strict;
my ($begun, $go_on, $typescript, @command) = @ARGV;
sub drawn { open my $seen, '<', $typescript or return 0; local $/; my $text = <$seen> // ''; return () = $text =~ /\e\[J/g }
my $pid = fork // die;
if (!$pid) { exec @command or die }
open my $b, '<', $begun or die;
<$b>;
for (1 .. 2) {  # what is being drawn, and then one by the clock: the next is half a second away
  my $before = drawn();
  select undef, undef, undef, 0.005 until drawn() > $before;
}
kill STOP => $pid;
waitpid $pid, 2;    # WUNTRACED
syswrite STDOUT, "\nSTOPPED BY THE SHELL\n";
kill CONT => $pid;
open my $g, '>', $go_on or die;
print $g "on\n";
close $g;
waitpid $pid, 0;
exit $? >> 8;
PERL
TERM=xterm script -qefc "$(printf '%q ' perl "$T/stopping.pl" "$T/begun" "$T/go-on" "$T/typescript" "$GOSTRAP" build riscv64 --release 1.99.0)" \
  "$T/typescript" >"$T/seen" </dev/null || fail "exit status $?: $(cat "$T/seen")"
# its own first line it may take back again
perl -0777 -ne 's/\r\n/\n/g; s/.*STOPPED BY THE SHELL\n//s; /\A(\e\[\d*A|\r\e\[J)/ and print $1' "$T/seen" >"$T/taken-back"
expect_equal "what is taken back first after it goes on" "" "$(cat -v "$T/taken-back")"
ok "stopped by Ctrl-Z and told to go on, it takes back nothing of what others have written since"
