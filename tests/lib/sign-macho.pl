#!/usr/bin/env perl
# sign-macho.pl FILE…: signs Mach-O programs as a signer on a Mac does, with a key that nobody knows: a SuperBlob with a
# CodeDirectory of every page's SHA-256 and something in place of the CMS signature, LC_CODE_SIGNATURE, a longer
# __LINKEDIT. A signature that is there (Go's linker makes one for arm64) is replaced.
use strict;
use warnings;
use Digest::SHA 'sha256';

sub sign {
  my ($program) = @_;
  my ($magic, $commands, $commands_size) = unpack 'V x12 V V', $program;
  die "no 64-bit Mach-O\n" unless $magic == 0xfeedfacf;
  my ($linkedit, $old);
  my $at = 32;
  for (1 .. $commands) {
    my ($kind, $size) = unpack 'V V', substr $program, $at, 8;
    $linkedit = $at if $kind == 0x19 and unpack('Z16', substr $program, $at + 8, 16) eq '__LINKEDIT';
    $old = $at if $kind == 0x1d;
    $at += $size;
  }
  die "no __LINKEDIT\n" unless $linkedit;
  if ($old) {
    $program = substr $program, 0, unpack 'V', substr $program, $old + 8, 4;
  } else {
    die "no room for a load command\n" if substr($program, $at, 16) ne "\0" x 16;
    $old = $at;
    substr $program, 16, 8, pack 'V V', $commands + 1, $commands_size + 16;
  }
  die "it does not end at a multiple of 16\n" if length($program) % 16;

  my $limit = length $program;
  my $pages = int(($limit + 4095) / 4096);
  my $identifier = "org.golang.test\0";
  my $directory_size = 88 + length($identifier) + 32 * $pages;
  my $cms = pack('N N', 0xfade0b01, 9000) . join '', map { chr int rand 256 } 1 .. 8992;
  my $size = 28 + $directory_size + length $cms;
  my $place = ($size + 20000) & ~15;  # signers reserve more than they need

  my ($offset) = unpack 'Q<', substr $program, $linkedit + 40, 8;
  my $length = $limit + $place - $offset;
  substr $program, $linkedit + 32, 8, pack 'Q<', ($length + 0x3fff) & ~0x3fff;
  substr $program, $linkedit + 48, 8, pack 'Q<', $length;
  substr $program, $old, 16, pack 'V4', 0x1d, 16, $limit, $place;

  my $directory = pack('N9 C4 N4 Q>4', 0xfade0c02, $directory_size, 0x20400, 0x10000, 88 + length $identifier, 88, 0,
    $pages, $limit, 32, 2, 0, 12, (0) x 4, (0) x 4) . $identifier;
  $directory .= sha256(substr $program, 4096 * $_, 4096) for 0 .. $pages - 1;
  my $blob = pack('N7', 0xfade0cc0, $size, 2, 0, 28, 0x10000, 28 + length $directory) . $directory . $cms;
  return $program . $blob . "\0" x ($place - length $blob);
}

for my $file (@ARGV) {
  open my $in, '<:raw', $file or die "$file: $!\n";
  my $program = do { local $/; <$in> };
  close $in;
  my $signed = sign($program);
  open my $out, '>:raw', $file or die "$file: $!\n";
  print $out $signed;
  close $out or die "$file: $!\n";
}
