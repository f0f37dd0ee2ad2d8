#!/usr/bin/perl
# hostile-inputs.pl KIND: a small file on standard output that asks for much time or memory of whoever reads it.
#   needed.elf       32768 libraries with one name of 400 kB
#   names.elf        9000 sections with one name of 400 kB
#   segments.elf     10000 segments, each the whole file
#   segments.macho   10000 segments that overlap, with 10000 sections each
#   data.pe          65535 sections, each the whole file
#   data.wasm        9000 sections of data, each with a segment as large as all that follows
#   buildinfo.elf    a million settings in Go's build information
#   quine.gz         a gzip that holds itself (libarchive's test_read_filter_gzip_recursive.gz)
#   collide N        names that libstdc++'s std::hash takes for one
#   pack same|collide  a pack of git
use strict;
use warnings;
no warnings 'portable'; # 64 bits

binmode STDOUT;
my ($kind, $argument) = @ARGV;

sub elf_head { # program headers, section headers at, sections
  my ($segments, $at, $sections) = @_;
  return pack('a4 C3 x9 S S L Q Q Q L S6', "\x7fELF", 2, 1, 1, 2, 62, 1, 0, $segments ? 64 : 0, $at, 0, 64, 56, $segments,
    64, $sections, $sections ? $sections - 1 : 0);
}
sub section { # name type offset size link entsize
  return pack('L L Q Q Q Q L L Q Q', $_[0], $_[1], 0, 0, $_[2], $_[3], $_[4] // 0, 0, 1, $_[5] // 0);
}

sub needed {
  my ($libraries, $sections) = @_;
  my $names = "\0" . 'A' x 400_000 . "\0";
  my $table = pack('q Q', 1, 1) x $libraries;
  my $body = $names . $table;
  my $all = section(0, 0, 0, 0) . section(0, 3, 64, length $names) .
    section(0, 6, 64 + length $names, length $table, 1, 16) . section(1, 1, 0, 0) x $sections .
    section(0, 3, 64, length $names);
  print elf_head(0, 64 + length $body, 4 + $sections), $body, $all;
}

sub segments_elf {
  my $size = 4_000_000;
  my $bytes = elf_head(10_000, 0, 0) . pack('L L Q6', 1, 6, 0, 0x400000, 0, $size, $size, 1) x 10_000;
  print $bytes, "\0" x ($size - length $bytes);
}

sub segments_macho {
  my ($count, $stride) = (10_000, 80);
  my $bytes = "\0" x (32 + $stride * 2 * $count + 200);
  substr $bytes, 0, 32, pack 'L8', 0xfeedfacf, 0x01000007, 3, 2, $count, 0, 0, 0;
  for my $each (0 .. 2 * $count - 1) {
    my $at = 32 + $stride * $each;
    substr $bytes, $at, 8, pack 'L L', 0x19, $stride;
    substr $bytes, $at + 64, 4, pack 'L', $count;
  }
  print $bytes;
}

sub data_pe {
  my ($count, $size) = (65_535, 8_000_000);
  my $bytes = 'MZ' . "\0" x ($size - 2);
  substr $bytes, 0x3c, 4, pack 'L', 0x80;
  substr $bytes, 0x80, 24, pack 'a4 S S L L L S S', "PE\0\0", 0x8664, $count, 0, 0, 0, 240, 0x22;
  substr $bytes, 0x98, 2, pack 'S', 0x20b;
  substr $bytes, 0x98 + 240, 40 * $count, pack('a8 L L L L x16', '.data', $size, 0x1000, $size, 0) x $count;
  print $bytes;
}

sub leb { # padded to five bytes, so that sizes are known beforehand
  my ($value) = @_;
  return pack 'C5', (map { ($value >> 7 * $_ & 0x7f) | 0x80 } 0 .. 3), $value >> 28 & 0x7f;
}
sub data_wasm {
  my ($count, $each) = (9000, 200);
  print "\0asm\1\0\0\0";
  for my $left (reverse 1 .. $count) {
    my $inside = "\xff\xff\xff\x07" . ("\0\x41\0\x0b" . leb(0)) x 21;
    $inside .= "\0" x ($each - 6 - length $inside);
    print "\x0b", leb(length $inside), $inside;
  }
}

sub build_info {
  my $info = "path\tx\n" . join '', map { "build\tk$_=v\n" } 1 .. 1_000_000;
  my $marked = "\x30\x77\xaf\x0c\x92\x74\x08\x02\x41\xe1\xc1\x07\xe6\xd6\x18\xe6" . $info .
    "\xf9\x32\x43\x31\x86\x18\x20\x72\x00\x82\x42\x10\x41\x16\xd8\xf2";
  my $data = "\xff Go buildinf:\x08\x02" . "\0" x 16 . "\x08go1.24.4" . leb(length $marked) . $marked;
  my $start = 64 + 56 + 8;
  print elf_head(1, 0, 0), pack('L L Q6', 1, 6, $start, 0x1000, 0x1000, length $data, length $data, 16), "\0" x 8, $data;
}

sub quine {
  require MIME::Base64;
  print MIME::Base64::decode_base64(
    'H4sIAVAt7/c8AHD/AAD/H4sICQBkQAnr/3MJGwBw/wAA/x+LCAgIAFEACQkcAHD/AAD/H4sIEf8H/+/3PABw/wAA/x+LCAkAZEAJ6/9z7hsA' .
    'cP8AAP8fiwgICABRAAkJHABw/wAA/x+LCBH/B///6wEJdxH/B///cwkbAHD/AAD/H4sICAgAUQAJCRwAcP8AAP8fiwgR/wf/7/c8AHD/AAD/' .
    'H4sICQBkQAnr/zwAcP8AAP8fiwgJAGRACev/c+5jaGEBCXcR/wf//3MJGwBw/wAA/x+LCAgIAFEACQkcAHD/AAD/H4sIEf8H/+/3PABw/wAA' .
    '/x+LCAkAZEAJ6/88gcPCw8PDw8PDw8PBw8PDw8PDw8PDw8Plw8PDiAEAw0OfCAtdw8M=');
}

# The inverse of MurmurHash64A as libstdc++ has it: of any eight letters, the eight behind them that lead to one hash.
sub collide {
  use integer;
  my ($count) = @_;
  my $mul = 0xc6a4a7935bd1e995;
  my $sm = sub { no integer; my $v = $_[0] + 0; use integer; $v ^ ($v >> 47 & 0x1ffff) };
  my $m = sub { $sm->($_[0] * $mul) * $mul };
  my $inv = $mul;
  $inv *= 2 - $mul * $inv for 1 .. 6;
  my $back = sub { $sm->($_[0] * $inv) * $inv };
  my ($seed, $goal, @letters) = (88172645463325252, 0x123456789abcdef, 'a' .. 'z', 0 .. 9);
  while ($count) {
    $seed ^= $seed << 13;
    $seed ^= $seed >> 7 & 0x1ffffffffffffff;
    $seed ^= $seed << 17;
    my ($rest, $name) = ($seed & 0x7fffffffffffffff, '');
    for (1 .. 8) { $name .= $letters[$rest % 36]; $rest /= 36 }
    my $hash = ((0xc70f6907 ^ 16 * $mul) ^ $m->(unpack 'q', $name)) * $mul;
    my $second = pack 'q', $back->($hash ^ $goal);
    next if $second =~ m{[^!-~]|[A-Z/\\".]};
    print "$name$second\n";
    $count--;
  }
}

sub object { # type, size
  my ($type, $size) = @_;
  my $byte = $type << 4 | $size & 15;
  return pack 'C', $byte if $size < 16;
  return pack 'C C', $byte | 0x80, $size >> 4;
}
sub git_pack {
  require Compress::Zlib;
  require Digest::SHA;
  my ($what) = @_;
  my $delta = Compress::Zlib::compress("\1\1\1y", 1);
  my ($count, $body);
  if ($what eq 'same') {
    my $base = Digest::SHA::sha1("blob 1\0x");
    $count = 2 * 190_000;
    $body = (object(3, 1) . Compress::Zlib::compress('x')) x 190_000 . (object(7, 4) . $base . $delta) x 190_000;
  } else {
    $count = 390_000;
    $body = join '', map { object(7, 4) . "\0" x 8 . pack('Q>', $_) . "\0" x 4 . $delta } 1 .. $count;
  }
  my $pack = pack('a4 N N', 'PACK', 2, $count) . $body;
  print $pack, Digest::SHA::sha1($pack);
}

my %kinds = (
  'needed.elf' => sub { needed(32_768, 0) },
  'names.elf' => sub { needed(0, 9000) },
  'segments.elf' => \&segments_elf,
  'segments.macho' => \&segments_macho,
  'data.pe' => \&data_pe,
  'data.wasm' => \&data_wasm,
  'buildinfo.elf' => \&build_info,
  'quine.gz' => \&quine,
  'collide' => sub { collide($argument) },
  'pack' => sub { git_pack($argument) },
);
($kinds{$kind // ''} or die "hostile-inputs.pl: there is no kind " . ($kind // '') . "\n")->();
