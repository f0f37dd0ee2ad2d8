# Speaks to a program as cmd/go does to the one that GOCACHEPROG names (cmd/go/internal/cacheprog). Arguments: the program;
# standard input: a request a line. Prints what comes of each, in order.
#   get ACTION | put ACTION FILE | lie ACTION FILE (an OutputID that is another file's) | raw JSON | close | wait SECONDS
use strict;
use warnings;
use Digest::SHA qw(sha256);
use IPC::Open2;
use JSON::PP;
use MIME::Base64;

my $json = JSON::PP->new->canonical;
my $pid = open2(my $from, my $to, @ARGV);
my $said = sub {
  my $line = <$from> // return undef;
  return $json->decode($line);
};
my $can = $said->() // die "it said nothing\n";
print "can ", join(' ', @{$can->{KnownCommands}}), "\n";
my $id = 0;
$to->autoflush(1);

sub bytes_of { local (@ARGV, $/) = ($_[0]); return -s $_[0] ? scalar <> : '' }

while (my $line = <STDIN>) {
  chomp $line;
  my ($verb, @words) = split ' ', $line;
  if ($verb eq 'raw') {
    print {$to} substr($line, 4), "\n";
  } elsif ($verb eq 'wait') {
    sleep $words[0];
    next;
  } else {
    my %request = (ID => ++$id, Command => $verb eq 'lie' ? 'put' : $verb);
    $request{ActionID} = encode_base64(pack('H*', $words[0]), '') if @words;
    my $body;
    if (@words > 1) {
      $body = bytes_of($words[1]);
      $request{OutputID} = encode_base64(sha256($verb eq 'lie' ? "not $body" : $body), '');
      $request{BodySize} = length $body if length $body;
    }
    print {$to} $json->encode(\%request), "\n\n";
    print {$to} '"', encode_base64($body, ''), "\"\n" if defined $body && length $body;
  }
  my $answer = $said->() // last;
  if (defined $answer->{Err} && $answer->{Err} ne '') { print "error $answer->{Err}\n" }
  elsif ($answer->{Miss}) { print "miss\n" }
  elsif (defined $answer->{DiskPath}) {
    print "at $answer->{DiskPath}", $verb eq 'get' ? ' ' . ($answer->{Size} // 0) : '', "\n";
  } else { print "done\n" }
}
close $to;
waitpid $pid, 0;
print "exit ", $? >> 8, "\n";
