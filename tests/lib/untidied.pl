#!/usr/bin/env perl
# untidied.pl BUILD STAMPS WORD… < FILES: of the C++ files those that clang-tidy has not yet passed as they are: "KEY FILE". The key is
# of the words (what is checked), .clang-tidy, its command, and each file with every header that it read.
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use Cwd qw(abs_path);
use JSON::PP qw(decode_json);

my ($build, $stamps, @words) = @ARGV;
sub contents { open my $file, '<:raw', $_[0] or die "$_[0]: $!\n"; local $/; return scalar <$file> }
my $here = abs_path('.');
my $common = sha256_hex(join "\0", @words, contents('.clang-tidy'));
# a checkout may lie anywhere
my %commands = map { abs_path($_->{file}) => $_->{command} =~ s/\Q$here\E/./gr } @{decode_json(contents("$build/compile_commands.json"))};

# OBJECT: #deps N, …, then a line of each file that it was made from, its source among them
my (%inputs, @paths);
open my $deps, '-|', 'ninja', '-C', $build, '-t', 'deps' or die "ninja: $!\n";
while (my $line = <$deps>) {
  if ($line =~ /^    (.+)/) { push @paths, $1 }
  elsif ($line =~ /^\s*$/ and @paths) { $inputs{abs_path("$build/$paths[0]") // ''} = [@paths]; @paths = () }
}
my %digests;
sub digest { my $path = $_[0] =~ m{^/} ? $_[0] : "$build/$_[0]"; return $digests{$path} //= -f $path ? sha256_hex(contents($path)) : '' }

while (my $file = <STDIN>) {
  chomp $file;
  my ($path, @read) = abs_path($file);
  @read = @{$inputs{$path} // []} if $commands{$path};
  # what the build does not have is looked at each time
  my $key = @read ? sha256_hex(join "\0", $common, $commands{$path}, map { digest($_) } @read) : 'never';
  print "$key $file\n" unless -e "$stamps/$key";
}
