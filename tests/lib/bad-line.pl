#!/usr/bin/perl
# bad-line.pl STATE UPSTREAM ACTION [ARGUMENT]: a line to 127.0.0.1:UPSTREAM on which something is wrong. Writes its port
# to the file STATE, and a line for each call to STATE.calls. The ACTION is one of
#   pass         nothing is wrong; the bytes of each answer are counted in STATE.bytes
#   cut N        hangs up after N bytes of the answer
#   stall N      says nothing more after N bytes, and does not hang up
#   trickle N    one byte every 5 ms after N bytes
#   busy N       hangs up at once on the first N calls, and passes the others
#   say FILE     sends the file, whatever is asked, and hangs up
#   flip N       changes the byte after the first N of the answer
#   connect      an http proxy: CONNECT leads to UPSTREAM, whatever is named; who was named goes to STATE.calls
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;

my ($state, $upstream, $action, $argument) = @ARGV;
$argument //= 0;
$SIG{CHLD} = 'IGNORE';
$SIG{PIPE} = 'IGNORE';

sub record {
  my ($file, $text) = @_;
  open my $out, '>>', $file or die "$file: $!";
  print $out "$text\n";
  close $out;
}

my $listener = IO::Socket::INET->new(Listen => 20, LocalAddr => '127.0.0.1') or die "listen: $!";
record("$state.new", $listener->sockport);
rename "$state.new", $state or die "$state: $!";

sub slowly {
  my ($caller, $bytes) = @_;
  for my $byte (split //, $bytes) {
    select undef, undef, undef, 0.005;
    defined syswrite $caller, $byte or exit;
  }
}

# What comes from the server, in the way that the action says; $sent counts what went to the caller.
my $sent = 0;
sub answer {
  my ($caller, $bytes) = @_;
  my $good = $action =~ /^(cut|stall|trickle|flip)$/ ? $argument - $sent : length $bytes;
  $good = 0 if $good < 0;
  $good = length $bytes if $good > length $bytes;
  my $rest = substr $bytes, $good;
  $sent += length $bytes;
  print $caller substr $bytes, 0, $good;
  $caller->flush;
  return if $rest eq '';
  exit if $action eq 'cut';
  sleep 1000 if $action eq 'stall';
  slowly($caller, $rest) if $action eq 'trickle';
  if ($action eq 'flip') {
    substr($rest, 0, 1) ^= "\x01" if $sent - length $rest == $argument;
    print $caller $rest;
    $caller->flush;
  }
}

sub relay {
  my ($caller) = @_;
  if ($action eq 'connect') {
    my $head = '';
    while ($head !~ /\r\n\r\n/) { sysread $caller, $head, 1, length $head or exit }
    record("$state.calls", $head =~ /^(\S+ \S+)/);
    syswrite $caller, "HTTP/1.1 200 OK\r\n\r\n";
  }
  my $server = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $upstream) or exit;
  my $both = IO::Select->new($caller, $server);
  while (my @ready = $both->can_read) {
    for my $from (@ready) {
      my $count = sysread $from, my $bytes, 65536;
      exit if !$count and $from == $server;
      $both->remove($from), shutdown($server, 1), next if !$count;
      if ($from == $caller) { syswrite $server, $bytes } else { answer($caller, $bytes) }
      record("$state.bytes", $sent) if $action eq 'pass' and $from == $server;
    }
  }
}

for (my $calls = 1; my $caller = $listener->accept; $calls++) {
  record("$state.calls", 'called') if $action ne 'connect';
  next if $action eq 'busy' and $calls <= $argument;
  next if fork;
  close $listener;
  if ($action eq 'say') {
    sysread $caller, my $asked, 65536;
    open my $in, '<', $argument or die "$argument: $!";
    local $/;
    print $caller scalar <$in>;
    exit;
  }
  relay($caller);
  exit;
}
