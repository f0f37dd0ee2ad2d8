#!/usr/bin/perl
# hostile-bundles.pl GOOD.tar DIR: out of the plain tar of a good bundle, DIR/NAME.tar.zst for each way in which somebody
# may mean us harm; the name is the reason for which it has to be refused. What surrounds a lie is made to fit it, so that
# nothing but the lie is wrong. GOOD holds the entry "tree" (modules: a, dir, dir/b, dir/link -> ../a, dir/same as a, run)
# and one SDK after go1.99.0's host.
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use JSON::PP;

my ($good, $dir) = @ARGV;
my $json = JSON::PP->new->canonical->pretty;
my $own = 'gostrap-bundle';

# ---- tar --------------------------------------------------------------------------------------------------------

sub slurp { local $/; open my $in, '<:raw', $_[0] or die "$_[0]: $!\n"; return scalar <$in> }

sub members_of {
  my ($tar, $at, @members) = (shift, 0);
  while ($at + 512 <= length $tar) {
    my $head = substr $tar, $at, 512;
    last if $head !~ /[^\0]/;
    my ($name, $mode, $size, $type, $link, $prefix) = unpack 'Z100 Z8 x16 Z12 x20 a1 Z100 x88 Z155', $head;
    my $bytes = oct $size;
    push @members, {name => length $prefix ? "$prefix/$name" : $name, mode => oct $mode, type => $type, link => $link,
      data => substr $tar, $at + 512, $bytes};
    $at += 512 + 512 * int(($bytes + 511) / 512);
  }
  return @members;
}

sub tar_member {
  my ($m) = @_;
  my ($name, $prefix) = ($m->{name}, '');
  if (length $name > 100) { $name =~ s|^(.{1,155})/(.{1,100})$|$2|s and $prefix = $1 }
  my $size = $m->{size} // length $m->{data};
  my $head = pack 'a100 a8 a8 a8 a12 a12 A8 a1 a100 a8 a32 a32 a8 a8 a155 x12', $name, sprintf('%07o', $m->{mode}),
    '0000000', '0000000', $m->{raw_size} // sprintf('%011o', $size), '00000000000', '', $m->{type}, $m->{link} // '',
    "ustar\00000", '', '', $m->{device} // '', $m->{device} // '', $prefix;
  substr $head, 148, 8, sprintf "%06o\0 ", unpack '%32C*', $head;
  return $head . $m->{data} . "\0" x (-length($m->{data}) % 512);
}
my $end = "\0" x 1024;
sub tar_of { return join '', map { tar_member($_) } @_ }

sub zstd {
  my ($bytes, @options) = @_;
  open my $out, '>:raw', "$dir/.in" or die $!;
  print $out $bytes;
  close $out;
  my $result = `zstd -q -1 -c @options '$dir/.in'`;
  unlink "$dir/.in";
  return $result;
}

my $count = 0;
sub write_case {
  my ($name, $bytes) = @_;
  die "two cases $name\n" if -e "$dir/$name.tar.zst";
  open my $out, '>:raw', "$dir/$name.tar.zst" or die $!;
  print $out $bytes;
  close $out or die $!;
  $count++;
}

# ---- a bundle as a list of members --------------------------------------------------------------------------------

my $tar = slurp($good);
my @good = members_of($tar);
sub copy { return map { {%$_} } @good }
sub member { my ($name, @m) = @_; my ($found) = grep { $_->{name} eq $name } @m; return $found // die "no $name\n" }
sub place { my ($name, @m) = @_; for (0 .. $#m) { return $_ if $m[$_]{name} eq $name } die "no $name\n" }
sub file { return {name => $_[0], mode => 0644, type => '0', data => $_[1] // ''} }
sub index_of { return decode_json(member("$own/index.json", @_)->{data}) }
sub put_index { my $index = shift; member("$own/index.json", @_)->{data} = $json->encode($index) }
sub part { my $data = shift; return {size => length $data, sha256 => sha256_hex($data)} }

# All hashes and sums of the index as the members are; the key of "tree" too.
sub fit {
  my @m = @_;
  my $index = index_of(@m);
  my %seen;
  for my $name (qw(sbom.cdx.json releases.json)) { $index->{$name =~ s/\..*//r} = part(member("$own/$name", @m)->{data}) }
  for my $entry (@{$index->{entries}}) {
    my ($contents, $provenance) = map { member("$own/$entry->{name}/$_", @m) } qw(contents provenance.json);
    $entry->{contents} = part($contents->{data});
    if ($entry->{kind} eq 'modules') {
      $entry->{key} = substr sha256_hex("modules\n$entry->{contents}{sha256}"), 0, 32;
    }
    $entry->{provenance} = part($provenance->{data});
    @$entry{qw(files bytes newBytes)} = (0, 0, 0);
    for (split /\n/, $contents->{data}) {
      my ($type, $sum, $size) = split /\t/;
      next unless $type eq 'f' or $type eq 'x';
      $entry->{files}++;
      $entry->{bytes} += $size;
      $entry->{newBytes} += $size unless $seen{"$type$sum$size"}++;
    }
  }
  put_index($index, @m);
  return @m;
}

# The index changed by a function of it; nothing else.
sub index_case {
  my ($name, $change) = @_;
  my @m = copy();
  my $index = index_of(@m);
  $change->($index, map { $_->{kind} eq 'modules' ? $_ : () } @{$index->{entries}});
  put_index($index, @m);
  write_case($name, zstd(tar_of(@m) . $end));
}
# The text of the index.
sub text_case {
  my ($name, $change) = @_;
  my @m = copy();
  $_ = member("$own/index.json", @m)->{data};
  $change->();
  member("$own/index.json", @m)->{data} = $_;
  write_case($name, zstd(tar_of(@m) . $end));
}
# The members changed by a function that returns them; the index fits.
sub case {
  my ($name, $change) = @_;
  write_case($name, zstd(tar_of(fit($change->(copy()))) . $end));
}
# The members changed; the index does not fit.
sub misfit {
  my ($name, $change) = @_;
  write_case($name, zstd(tar_of($change->(copy())) . $end));
}
# The listing of "tree" changed by a function that works on $_; the index fits. With members, these stand for its tree.
sub listing {
  my ($name, $change, @tree) = @_;
  case($name, sub {
    my @m = @_;
    my $contents = member("$own/tree/contents", @m);
    $_ = $contents->{data};
    $change->();
    $contents->{data} = $_;
    if (@tree) {
      @m = grep { $_->{name} !~ m|^tree/.| } @m;
      splice @m, place('tree/', @m) + 1, 0, @tree;
    }
    return @m;
  });
}
# The member of "tree" that is a file called a, changed.
sub member_case {
  my ($name, $change, $which) = @_;
  misfit($name, sub { my @m = @_; $change->(member($which // 'tree/a', @m)); return @m });
}

my $line_of_b = sub { return "f\t" . sha256_hex($_[1] // '') . "\t" . length($_[1] // '') . "\t$_[0]\n" };

# ---- the stream ---------------------------------------------------------------------------------------------------

my $packed = zstd($tar);
write_case('stream-is-empty', '');
write_case('stream-is-text', "hello, world\n" x 100);
write_case('stream-is-a-plain-tar', $tar);
write_case('stream-is-zstd-of-nothing', zstd(''));
write_case('stream-is-zstd-of-text', zstd("hello, world\n" x 1000));
write_case('stream-is-cut-in-the-middle', substr $packed, 0, length($packed) / 2);
write_case('stream-lacks-its-last-byte', substr $packed, 0, -1);
write_case('stream-has-garbage-behind-it', "${packed}garbage");
write_case('stream-has-a-second-frame', $packed . $packed);
write_case('stream-has-a-skippable-frame-first', pack('V V a8', 0x184d2a50, 8, 'whatever') . $packed);
write_case('stream-has-a-flipped-bit', do { my $p = $packed; substr($p, length($p) / 3, 1) ^= "\x10"; $p });
write_case('stream-wants-a-window-of-2-GB', "\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00");
write_case('tar-has-data-behind-its-end', zstd(tar_of(@good) . $end . 'x' x 512));
write_case('tar-has-a-second-tar-behind-its-end', zstd(tar_of(@good) . $end . tar_of(file('more', 'x')) . $end));
write_case('tar-has-no-end', zstd(tar_of(@good)));
write_case('tar-has-half-an-end', zstd(tar_of(@good) . "\0" x 512));
write_case('tar-has-megabytes-of-padding', zstd(tar_of(@good) . "\0" x (80 << 20)));
write_case('tar-has-a-broken-checksum', do { my $t = $tar; substr($t, 100, 1) ^= "\x01"; zstd($t) });

# ---- the index ----------------------------------------------------------------------------------------------------

misfit('index-comes-second', sub { my @m = @_; return ($m[1], $m[0], @m[2 .. $#m]) });
misfit('index-is-missing', sub { return @_[1 .. $#_] });
misfit('index-comes-twice', sub { return ($_[0], {%{$_[0]}}, @_[1 .. $#_]) });
misfit('index-is-all-there-is', sub { return $_[0] });
member_case('index-is-a-symlink', sub { @{$_[0]}{qw(type link data)} = ('2', '/etc/passwd', '') }, "$own/index.json");
member_case('index-is-a-directory', sub { @{$_[0]}{qw(type data)} = ('5', '') }, "$own/index.json");
text_case('index-is-not-json', sub { s/\}/]/ });
text_case('index-has-a-key-twice', sub { s/"schema"/"format": "gostrap-bundle", "schema"/ });
text_case('index-is-nested-deeply', sub { $_ = '{"format": ' . '[' x 100_000 });
text_case('index-is-17-MB', sub { $_ .= ' ' x (17 << 20) });
index_case('index-is-of-another-format', sub { $_[0]{format} = 'tar' });
index_case('index-is-of-another-schema', sub { $_[0]{schema} = 2 });
index_case('index-has-no-entries', sub { $_[0]{entries} = [] });
index_case('index-has-an-entry-twice', sub { push @{$_[0]{entries}}, $_[0]{entries}[0] });
index_case('index-has-names-that-differ-in-case', sub { push @{$_[0]{entries}}, {%{$_[1]}, name => 'TREE', key => 'a' x 32} });
index_case('index-has-a-key-for-two', sub { push @{$_[0]{entries}}, {%{$_[1]}, name => 'other'} });
index_case('index-has-an-entry-that-does-not-come', sub { push @{$_[0]{entries}}, {%{$_[1]}, name => 'zoo', key => 'a' x 32} });
for (['dotdot', '..'], ['leads-out', '../tree'], ['absolute', '/tmp/tree'], ['has-a-slash', 'tree/dir'], ['hidden', '.tree'],
  ['like-an-option', '-rf'], ['of-the-bundle-itself', $own], ['empty', ''], ['long', 'x' x 300], ['with-an-escape', "a\e[2J"]) {
  my ($why, $name) = @$_;
  index_case("entry-name-$why", sub { $_[1]{name} = $name });
}
index_case('entry-kind-is-unknown', sub { $_[1]{kind} = 'program' });
index_case('entry-kind-is-another', sub { $_[0]{entries}[0]{kind} = 'toolchain' });
index_case('entry-key-leads-out', sub { $_[1]{key} = '../../../../../../../tmp/evil/1234' });
index_case('entry-key-is-made-up', sub { $_[1]{key} = 'a' x 32 });
index_case('entry-key-of-an-sdk-is-made-up', sub { $_[0]{entries}[1]{key} = 'a' x 32 });
index_case('entry-release-is-no-version', sub { $_[0]{entries}[0]{release} = '../1.99.0' });
index_case('entry-release-is-unknown', sub { $_[0]{entries}[0]{release} = '1.50.1' });
index_case('entry-source-is-another', sub { $_[0]{entries}[0]{source} = 'sha256-' . 'A' x 43 . '=' });
index_case('entry-port-is-nonsense', sub { $_[0]{entries}[1]{port} = "linux/\e]0;x\a" });
index_case('entry-port-is-another', sub { $_[0]{entries}[1]{port} = 'linux/s390x' });
index_case('entry-has-more-files-than-it-says', sub { $_[1]{files}-- });
index_case('entry-has-more-bytes-than-it-says', sub { $_[1]{bytes}++ });
index_case('entry-adds-less-than-it-says', sub { $_[1]{newBytes}-- });
index_case('entry-adds-more-than-it-has', sub { $_[1]{newBytes} = $_[1]{bytes} + 1 });
text_case('entry-has-a-negative-size', sub { s/"bytes": \d+/"bytes": -1/ });
text_case('entry-has-half-a-byte', sub { s/"bytes": \d+/"bytes": 1.5/ });
text_case('entry-has-bytes-beyond-64-bits', sub { s/"bytes": \d+/"bytes": 99999999999999999999/ });

# ---- the bundle's own files ----------------------------------------------------------------------------------------

for my $name (qw(sbom.cdx.json releases.json tree/contents tree/provenance.json)) {
  my $plain = $name =~ s|[/.]|-|gr;
  member_case("own-$plain-is-not-as-indexed", sub { $_[0]{data} .= ' ' }, "$own/$name");
  misfit("own-$plain-is-missing", sub { grep { $_->{name} ne "$own/$name" } @_ });
}
case('releases-are-not-json', sub { my @m = @_; member("$own/releases.json", @m)->{data} = '{'; return @m });
# 8 MB that would be 200 once read
case('releases-have-millions-of-values', sub {
  my @m = @_;
  my $releases = member("$own/releases.json", @m);
  $releases->{data} =~ s/\{/'{"more": [' . join(',', ('[]') x 2_500_000) . '],'/e;
  return @m;
});
case('releases-move-a-pin', sub {
  my @m = @_;
  member("$own/releases.json", @m)->{data} =~ s/"commit": "./"commit": "f/;
  member("$own/releases.json", @m)->{data} =~ s/("commit": "f)([0-9a-f])/$1 . ($2 eq '0' ? '1' : '0')/e;
  return @m;
});
case('provenance-is-not-json', sub { my @m = @_; member("$own/tree/provenance.json", @m)->{data} = 'x'; return @m });
# What has not the shape that gostrap writes, or could not be read again one level deeper.
my %shapes = (
  'tells-no-hour' => '"made": 5', 'has-an-escape-for-an-hour' => '"made": "\\u001b]0;x\\u0007"', 'comes-from-an-object' => '"from": {}',
  'comes-from-a-number' => '"from": [7]', 'has-a-list-for-a-reason' => '"why": ["x"]', 'is-too-deep' => '"deep": ' . '[' x 31 . '1' . ']' x 31,
);
for my $shape (sort keys %shapes) {
  case("provenance-$shape", sub {
    my @m = @_;
    member("$own/tree/provenance.json", @m)->{data} =~ s/^\{/{$shapes{$shape},/ or die;
    return @m;
  });
}
case('provenance-is-of-another-kind', sub {
  my @m = @_;
  member("$own/tree/provenance.json", @m)->{data} =~ s/"step": "modules"/"step": "sdk"/;
  return @m;
});

# ---- the contents --------------------------------------------------------------------------------------------------

# a path in place of "run", which is the last one, and its member
sub path_case {
  my ($name, $path) = @_;
  listing($name, sub { s/\n[^\n]*\trun\n/"\n" . $line_of_b->($path, 'evil')/e });
}
path_case('path-leads-out', '../evil');
path_case('path-leads-out-below', 'z/../../evil');
path_case('path-is-absolute', '/tmp/evil');
path_case('path-has-a-dot', './zz');
path_case('path-has-an-empty-part', 'dir//zz');
path_case('path-is-empty', '');
path_case('path-ends-with-a-slash', 'zz/');
path_case('path-has-a-nul', "zz\0zz");
path_case('path-has-a-tab', "zz\tzz");
path_case('path-has-an-escape', "zz\e[2J");
path_case('path-is-not-utf8', "zz\xff\xfe");
path_case('path-has-a-part-of-256-bytes', 'z' x 256);
path_case('path-is-too-long', join '/', ('z' x 200) x 30);
path_case('path-comes-twice', 'dir/b');
path_case('path-is-out-of-order', 'A');
path_case('path-is-below-a-file', 'noise/evil');
listing('path-is-below-a-link', sub { s/(\tdir\/link\n)/$1 . $line_of_b->('dir\/link\/evil', 'evil')/e });
path_case('path-is-in-no-directory', 'zz/evil');
listing('path-differs-in-case-only', sub { s/^/$line_of_b->('A', 'evil')/e });
listing('path-is-too-deep', sub { $_ .= join '', map { "d\t" . join('/', ('z') x $_) . "\n" } 1 .. 100 });
for (['absolute', '/etc/passwd'], ['out', '../../evil'], ['out-behind-a-name', 'x/../../../evil'], ['nowhere', ''],
  ['with-an-escape', "\e[2J"], ['not-utf8', "\xff"]) {
  my ($why, $target) = @$_;
  listing("link-leads-$why", sub { s/^l\t[^\t]*/l\t$target/m });
}
listing('line-of-no-known-type', sub { s/^d/b/m });
listing('line-without-an-end', sub { chomp });
listing('line-without-fields', sub { s/^d\t/d/m });
listing('line-that-is-empty', sub { $_ .= "\n" });
listing('line-with-a-carriage-return', sub { s/run\n/run\r\n/ });
listing('hash-in-capitals', sub { s/^(f\t)([0-9a-f]+)/$1\U$2/m });
listing('hash-too-short', sub { s/^(f\t)../$1/m });
listing('size-with-a-zero-before', sub { s/^(f\t[0-9a-f]+\t)/${1}0/m });
case_size('size-beyond-64-bits', '99999999999999999999');
case_size('size-of-an-exabyte', '1152921504606846976');
sub case_size {
  my ($name, $size) = @_;
  misfit($name, sub {
    my @m = fit(@_);
    my $contents = member("$own/tree/contents", @m);
    $contents->{data} =~ s/^(f\t[0-9a-f]+\t)\d+/$1$size/m;
    my $index = index_of(@m);
    my ($entry) = grep { $_->{name} eq 'tree' } @{$index->{entries}};
    $entry->{contents} = part($contents->{data});
    put_index($index, @m);
    return @m;
  });
}
case('bomb-in-the-contents', sub {
  my @m = @_;
  my $zeros = "\0" x (300 << 20);
  my $at = place('tree/a', @m);
  my $old = sha256_hex($m[$at]{data});
  $m[$at]{data} = $zeros;
  my $new = sha256_hex($zeros);
  my $size = length $zeros;
  member("$own/tree/contents", @m)->{data} =~ s/$old\t\d+/$new\t$size/g;
  return @m;
});

# ---- the members ---------------------------------------------------------------------------------------------------

member_case('file-has-another-content', sub { $_[0]{data} = reverse $_[0]{data} });
member_case('file-is-shorter', sub { chop $_[0]{data} });
member_case('file-is-longer', sub { $_[0]{data} .= 'x' });
member_case('file-claims-gigabytes', sub { $_[0]{size} = 6 << 30 });
member_case('file-claims-a-negative-size', sub { $_[0]{raw_size} = "\xff" x 12 });
member_case('file-is-set-uid', sub { $_[0]{mode} |= 04000 });
member_case('file-is-set-gid', sub { $_[0]{mode} |= 02000 });
member_case('file-is-sticky', sub { $_[0]{mode} |= 01000 });
member_case('file-is-a-program', sub { $_[0]{mode} |= 0111 });
member_case('file-is-a-character-device', sub { @{$_[0]}{qw(type data device)} = ('3', '', '0000001') });
member_case('file-is-a-block-device', sub { @{$_[0]}{qw(type data device)} = ('4', '', '0000001') });
member_case('file-is-a-fifo', sub { @{$_[0]}{qw(type data)} = ('6', '') });
member_case('file-is-a-directory', sub { @{$_[0]}{qw(type data)} = ('5', '') });
member_case('file-is-a-symlink', sub { @{$_[0]}{qw(type data link)} = ('2', '', '/etc/passwd') });
member_case('file-is-a-hard-link-to-the-outside', sub { @{$_[0]}{qw(type data link)} = ('1', '', '/etc/passwd') });
member_case('file-is-called-otherwise', sub { $_[0]{name} = 'tree/b' });
member_case('file-is-called-absolutely', sub { $_[0]{name} = '/tree/a' });
member_case('file-is-called-by-a-way-out', sub { $_[0]{name} = 'tree/../../a' });
member_case('directory-is-a-symlink', sub { @{$_[0]}{qw(name type link)} = ('tree/dir', '2', '/tmp') }, 'tree/dir/');
member_case('directory-is-a-file', sub { @{$_[0]}{qw(name type)} = ('tree/dir', '0') }, 'tree/dir/');
member_case('entry-is-a-symlink', sub { @{$_[0]}{qw(name type link)} = ('tree', '2', '/tmp') }, 'tree/');
member_case('symlink-leads-elsewhere', sub { $_[0]{link} = '../run' }, 'tree/dir/link');
member_case('symlink-is-a-file', sub { $_[0]{type} = '0' }, 'tree/dir/link');
member_case('hard-link-leads-to-another-file', sub { $_[0]{link} = 'tree/dir/b' }, 'tree/dir/same');
member_case('hard-link-leads-outside', sub { $_[0]{link} = '../../etc/passwd' }, 'tree/dir/same');
member_case('hard-link-leads-to-itself', sub { $_[0]{link} = 'tree/dir/same' }, 'tree/dir/same');
member_case('hard-link-is-a-copy', sub { @{$_[0]}{qw(type link data)} = ('0', '', member('tree/a', @good)->{data}) }, 'tree/dir/same');
misfit('member-is-missing', sub { grep { $_->{name} ne 'tree/dir/b' } @_ });
misfit('member-comes-twice', sub { map { $_->{name} eq 'tree/dir/b' ? ($_, {%$_}) : $_ } @_ });
misfit('member-nobody-announced', sub { map { $_->{name} eq 'tree/dir/b' ? (file('tree/dir/aa', 'evil'), $_) : $_ } @_ });
misfit('member-behind-all-others', sub { return (@_, file('evil', 'evil')) });
misfit('member-is-named-by-pax', sub {
  my $record = sub { my $text = " path=../../evil\n"; my $n = length($text) + 2; return "$n$text" };
  return map { $_->{name} eq 'tree/dir/b' ? ({name => 'x', mode => 0644, type => 'x', data => $record->()}, $_) : $_ } @_;
});
misfit('member-has-a-long-name-by-gnu', sub {
  return map { $_->{name} eq 'tree/dir/b' ? ({name => '././@LongLink', mode => 0644, type => 'L', data => "../../evil\0"}, $_) : $_ } @_;
});
misfit('member-is-sparse', sub {
  my $records = join '', map { my $n = length($_) + 4; sprintf "%02d %s\n", $n, $_ } 'GNU.sparse.size=4', 'GNU.sparse.numblocks=1',
    'GNU.sparse.map=1,3';
  return map { $_->{name} eq 'tree/dir/b' ? ({name => 'x', mode => 0644, type => 'x', data => $records}, {%$_, data => 'wo
'}) : $_ } @_;
});

# ---- signatures ----------------------------------------------------------------------------------------------------

sub signature_case {
  my ($name, @texts) = @_;
  misfit($name, sub { return ($_[0], (map { file("$own/index.json.sig", $_) } @texts), @_[1 .. $#_]) });
}
# a key of all zeros would not do: it is a point of order 4, whose zero signature fits one text in four
my $unfit = 'ed25519 ' . 'B' x 42 . 'A= ' . 'A' x 86 . "==\n";
signature_case('signature-does-not-fit', $unfit);
signature_case('signature-is-garbage', "\xff" x 64);
signature_case('signature-is-empty', '');
signature_case('signature-is-long', 'x' x 100_000);
misfit('signature-comes-late', sub { return (@_[0, 1], file("$own/index.json.sig", $unfit), @_[2 .. $#_]) });

# ---- an SDK that is not what it is called ----------------------------------------------------------------------------

# The manifest changed, with all that hashes it.
sub manifest_case {
  my ($name, $change) = @_;
  case($name, sub {
    my @m = @_;
    my ($sdk) = map { $_->{name} =~ m|^$own/(.*-sdk-.*)/contents$| ? $1 : () } @m;
    my $manifest = member("$sdk/share/gostrap/manifest.json", @m);
    my $old = sha256_hex($manifest->{data}) . "\t" . length $manifest->{data};
    $_ = $manifest->{data};
    $change->();
    $manifest->{data} = $_;
    my $new = sha256_hex($_) . "\t" . length;
    member("$own/$sdk/contents", @m)->{data} =~ s/$old/$new/;
    return @m;
  });
}
manifest_case('manifest-is-of-another-port', sub { s|"port": "[^"]*"|"port": "linux/s390x"| });
manifest_case('manifest-is-of-another-kind', sub { s|"kind": "sdk"|"kind": "toolchain"| });
manifest_case('manifest-is-of-another-release', sub { s|"release": "[^"]*"|"release": "1.98.0"| });
manifest_case('manifest-names-another-hash', sub { s|("share/go/VERSION": ")..|${1}00| });
manifest_case('manifest-names-a-file-that-is-missing', sub { s|("files": \{)|$1 "evil": "${\('0' x 64)}",| });
manifest_case('manifest-leaves-a-file-out', sub { s|"share/go/VERSION": "[^"]*",||s });
manifest_case('manifest-is-not-json', sub { $_ = '{' });

print "$count\n";
