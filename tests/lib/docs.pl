# What the pages tell to type: the shell blocks of a page, as a script.
#
#   docs.pl tags PAGE           a line "LINE TAG" for each fenced block; the tag of ```sh fake is "sh fake"
#   docs.pl script PAGE TAG…    the blocks with these tags, in their order; $PAGE:LINE of each is in $at
#
# A block ```sh server URL is left running until something answers at URL, and is then ended, with all that it started.
use strict;
use warnings;

my ($what, $page, @tags) = @ARGV;
open my $in, '<', $page or die "$page: $!\n";
my ($tag, $first, @lines);
while (my $line = <$in>) {
  if (defined $tag) {
    if ($line =~ /^\s*```\s*$/) {
      show();
      undef $tag;
    } else {
      push @lines, $line;
    }
  } elsif ($line =~ /^\s*```(.*?)\s*$/) {
    ($tag, $first, @lines) = ($1, $.);
  }
}
die "$page: the block of line $first has no end\n" if defined $tag;

sub show {
  if ($what eq 'tags') {
    print "$first $tag\n";
    return;
  }
  my ($url) = $tag =~ /^sh server (\S+)$/;
  my $name = $url ? 'sh server' : $tag;
  return unless grep { $_ eq $name } @tags;
  print "at=$page:$first\n";
  print $url ? ("set -m\n{\n", @lines, "} &\nset +m\nanswers '$url'\nkill -- -\$!\nwait \$! || true\n") : @lines;
}
