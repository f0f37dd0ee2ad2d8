#!/usr/bin/env perl
# untidied.pl BUILD STAMPS WORD… < FILES: of the C++ files those that clang-tidy has not yet passed as they are, some of one room
# together, which is three times as fast: "BUILD/tidy/ROOM_N.cpp KEY…", a file that includes them and has a command beside it. A key
# is of the words (what is checked), .clang-tidy, the file's command, and each file with every header that it read.
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use Cwd qw(abs_path);
use JSON::PP qw(decode_json encode_json);

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

sub key_of {
  my $path = abs_path($_[0]);
  my @read = $commands{$path} ? @{$inputs{$path} // []} : ();
  # what the build does not have is looked at each time
  return @read ? sha256_hex(join "\0", $common, $commands{$path}, map { digest($_) } @read) : 'never';
}

my %rooms;
while (my $file = <STDIN>) { chomp $file; push @{$rooms{$file =~ s{/[^/]*$}{}r =~ s{/}{_}gr}}, $file }

# The groups do not depend on what has passed: what stands together was seen to compile together.
my $together = 12;
my (@compile, @lines);
mkdir "$build/tidy";
for my $room (sort keys %rooms) {
  my @files = sort @{$rooms{$room}};
  for (my $number = 0; my @group = splice @files, 0, $together; ++$number) {
    my @left = grep { !-e "$stamps/$$_[0]" } map { [key_of($_), abs_path($_)] } @group;
    next unless @left;
    my $path = abs_path("$build/tidy") . "/${room}_$number.cpp";
    open my $all, '>', $path or die "$path: $!\n";
    print $all qq{#include "$$_[1]"\n} for @left;
    close $all or die "$path: $!\n";
    my $command = $commands{$left[0][1]} // die "$left[0][1] is not built\n";
    push @compile, {directory => $here, file => $path, command => $command =~ s/\S+\.cpp$/$path/r};
    push @lines, join(' ', $path, map { $$_[0] } @left);
  }
}
open my $database, '>', "$build/tidy/compile_commands.json" or die "$build/tidy: $!\n";
print $database encode_json(\@compile);
close $database or die "$build/tidy: $!\n";
print "$_\n" for @lines;
