#!/usr/bin/perl
# pack-server.pl STATE COMMIT TAG FILE: a git server over http on loopback that says that TAG is COMMIT, and sends the FILE
# for a pack. Writes its port to the file STATE. Where FILE is "-WORD", the WORD is all that it says of its branches.
use strict;
use warnings;
use IO::Socket::INET;

my ($state, $commit, $tag, $file) = @ARGV;
$SIG{PIPE} = 'IGNORE';
$SIG{CHLD} = 'IGNORE';
my $word = $file =~ /^-(.*)/ ? $1 : undef;
my $pack = '';
if (!defined $word) {
  open my $in, '<:raw', $file or die "$file: $!";
  local $/;
  $pack = <$in>;
}

my $listener = IO::Socket::INET->new(Listen => 20, LocalAddr => '127.0.0.1') or die "listen: $!";
open my $out, '>', "$state.new" or die "$state: $!";
print $out $listener->sockport, "\n";
close $out;
rename "$state.new", $state or die "$state: $!";

sub line { sprintf('%04x', 4 + length $_[0]) . $_[0] }
sub answer {
  my ($caller, $kind, $body) = @_;
  print $caller "HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-$kind\r\nContent-Length: ",
    length $body, "\r\n\r\n", $body;
  $caller->flush;
}
sub body_of {
  my ($caller, $head) = @_;
  my $body = '';
  if ($head =~ /^Content-Length: (\d+)/mi) {
    read $caller, $body, $1;
    return $body;
  }
  while (defined(my $size = <$caller>)) {
    $size = hex $size or last;
    read $caller, my $piece, $size + 2;
    $body .= substr $piece, 0, $size;
  }
  scalar <$caller>;
  return $body;
}

while (my $caller = $listener->accept) {
  next if fork;
  binmode $caller;
  while (1) {
    my $head = '';
    while ($head !~ /\r\n\r\n$/) { my $read = <$caller>; exit if !defined $read; $head .= $read }
    if ($head =~ /^GET/) {
      my $can = 'multi_ack side-band side-band-64k ofs-delta shallow no-progress include-tag allow-tip-sha1-in-want';
      my $refs = line("$commit refs/tags/$tag\0$can\n") . '0000';
      answer($caller, 'advertisement', defined $word ? $word : line("# service=git-upload-pack\n") . '0000' . $refs);
      next;
    }
    my $asked = body_of($caller, $head);
    my $said = $asked =~ /deepen/ ? line("shallow $commit") . '0000' : '';
    if ($asked =~ /done/) {
      $said .= line("NAK\n");
      for (my $at = 0; $at < length $pack; $at += 65_000) { $said .= line("\1" . substr $pack, $at, 65_000) }
      $said .= '0000';
    }
    answer($caller, 'result', $said);
  }
}
