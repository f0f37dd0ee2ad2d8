#!/usr/bin/env perl
# peak-memory.pl COMMAND…: runs it, and says on file descriptor 3 what it and all that it started used: "WALL CPU PEAK", in
# seconds and MB. The peak is that of resident memory of all processes together, looked at twice a second; what they share
# counts for each.
use strict;
use warnings;
use Time::HiRes qw(sleep time);
use POSIX ':sys_wait_h';

my $page = POSIX::sysconf(POSIX::_SC_PAGESIZE());

sub resident {
  my ($root) = @_;
  my (%children, %pages);
  for my $file (glob '/proc/[0-9]*/stat') {
    open my $in, '<', $file or next;
    my ($pid, $rest) = (<$in> // '') =~ /^(\d+) \(.*\) (.*)/s or next;
    my @fields = split / /, $rest;
    push @{$children{$fields[1]}}, $pid;
    $pages{$pid} = $fields[21];
  }
  my ($sum, @todo) = (0, $root);
  while (defined(my $pid = shift @todo)) {
    $sum += $pages{$pid} // 0;
    push @todo, @{$children{$pid} // []};
  }
  return $sum * $page;
}

my $start = time;
my $child = fork // die "fork: $!\n";
if (!$child) { exec @ARGV or die "$ARGV[0]: $!\n" }
my $peak = 0;
while (waitpid($child, WNOHANG) == 0) {
  my $now = resident($child);
  $peak = $now if $now > $peak;
  sleep 0.5;
}
my $status = $?;
my $wall = time - $start;
my (undef, undef, $user, $system) = times;
open my $report, '>&=', 3 or die "there is no file descriptor 3\n";
printf $report "%.1f %.1f %.0f\n", $wall, $user + $system, $peak / 1e6;
exit($status >> 8 || ($status & 127 ? 1 : 0));
