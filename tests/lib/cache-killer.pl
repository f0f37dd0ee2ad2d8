# Stands between a go command and its cache program (GOCACHEPROG), passes on what the go command says, and kills the program and
# itself at a moment that can be named. Arguments: MOMENT COUNT PROGRAM…
#   start 1    before it has said anything
#   get N      when the Nth question was passed on
#   half N     when half of the Nth body was
#   put N      when all of the Nth body was
#   close 1    when the end was
# It says so on standard error when it has come to that.
use strict;
use warnings;

my ($moment, $count, @program) = @ARGV;
my $pid = open(my $to, '|-', @program) // die "cannot start $program[0]: $!\n";
$to->autoflush(1);
my $seen = 0;

sub come { # MOMENT
  return if $_[0] ne $moment || ++$seen != $count;
  kill KILL => $pid;
  waitpid $pid, 0;
  print STDERR "killed at $moment $count\n";
  kill KILL => $$;
}

come('start');
while (my $line = <STDIN>) {
  if ($line =~ /^"/) {
    my $half = int(length($line) / 2);
    print {$to} substr($line, 0, $half);
    come('half');
    print {$to} substr($line, $half);
    come('put');
  } else {
    print {$to} $line;
    come($1) if $line =~ /"Command":"(get|close)"/;
  }
}
close $to;
exit $? >> 8;
