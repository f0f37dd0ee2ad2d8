#!/usr/bin/perl
# lying-http.pl STATE FILE: a web server on loopback that has one FILE, and lies about it in a way that the first part of a
# path names (/short/go.tar.gz). Writes its port to the file STATE, and a line for each call to STATE.calls: the path, and
# the range that was asked for.
use strict;
use warnings;
use IO::Socket::INET;

my ($state, $file) = @ARGV;
$SIG{PIPE} = 'IGNORE';
$SIG{CHLD} = 'IGNORE';

sub record {
  my ($name, $text) = @_;
  open my $out, '>>', $name or die "$name: $!";
  print $out "$text\n";
  close $out;
}

my $content = do { local (@ARGV, $/) = ($file); <> };
my $size = length $content;
my $half = int $size / 2;
my $page = "<!DOCTYPE html>\n<p>Please sign in.</p>\n";

my $listener = IO::Socket::INET->new(Listen => 20, LocalAddr => '127.0.0.1') or die "listen: $!";
my $port = $listener->sockport;
record("$state.new", $port);
rename "$state.new", $state or die "$state: $!";

my ($caller, $call, $from, $name);    # who asks, how often it was asked for this path, the first byte wanted, the file's name

sub head {
  my ($status, @lines) = @_;
  print $caller join("\r\n", "HTTP/1.1 $status", 'Connection: close', @lines, '', '');
}
sub whole {
  my ($body, @lines) = @_;
  head('200 OK', 'Content-Length: ' . length $body, @lines);
  print $caller $body;
}
# The head of the whole, and its first half.
sub half {
  head('200 OK', "Content-Length: $size", @_);
  print $caller substr $content, 0, $half;
}
sub rest {
  my ($first, @lines) = @_;
  head('206 Partial Content', 'Content-Length: ' . ($size - $from), "Content-Range: bytes $first-" . ($size - 1) . "/$size", @lines);
  print $caller substr $content, $from;
}
sub elsewhere { head('302 Found', "Location: $_[0]", 'Content-Length: 0') }

my %lie = (
  right => sub { whole($content) },
  wrong => sub { whole("\0" x $size) },
  short => sub { half() },
  cut => sub { $from ? rest($from, 'ETag: "1"') : half('ETag: "1"') },    # goes on where it is asked to
  changed => sub { $call == 1 ? half('ETag: "1"') : whole($content, 'ETag: "2"') },
  rangeless => sub { $call == 1 ? half('ETag: "1"') : whole($content, 'ETag: "1"') },
  misplaced => sub { $call == 1 ? half('ETag: "1"') : $from ? rest($from - 1, 'ETag: "1"') : whole($content) },
  endless => sub { head('200 OK'); 1 while print $caller 'x' x 65536 },
  away => sub { elsewhere("http://localhost:$port/right/$name?key=secret") },
  loop => sub { elsewhere("/loop/$name") },
  outside => sub { elsewhere("file://$file") },
  lost => sub { head('404 Not Found', 'Content-Length: ' . length $page); print $caller $page },
  page => sub { whole($page, 'Content-Type: text/html') },
  busy => sub { $call <= 2 ? head('503 Service Unavailable', 'Content-Length: 0') : whole($content) },
  trickle => sub {
    head('200 OK', "Content-Length: $size");
    for my $byte (split //, $content) { select undef, undef, undef, 0.02; print $caller $byte or exit }
  },
  silent => sub { sleep 1000 },
);

while ($caller = $listener->accept) {
  if (fork) { close $caller; next }
  close $listener;
  $caller->autoflush;
  my $asked = '';
  while ($asked !~ /\r\n\r\n$/) { sysread $caller, $asked, 1, length $asked or exit }
  my ($path) = $asked =~ /^GET (\S+)/;
  $path =~ s{^http://[^/]*}{};    # as a proxy is asked
  ($from) = $asked =~ /^Range: bytes=(\d+)-/mi;
  record("$state.calls", $path . ' ' . ($from // 'all'));
  open my $calls, '<', "$state.calls" or die "$state.calls: $!";
  $call = grep { index($_, "$path ") == 0 } <$calls>;
  my ($way, $rest) = $path =~ m{^/(\w+)/(\S+)};
  $name = $rest;
  $lie{$way}->();
  exit;
}
