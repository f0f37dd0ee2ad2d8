#!/usr/bin/perl
# reseal.pl OUTPUT: writes the manifest of an output that was changed so that it fits again, as somebody would who means
# harm: every file, every link, and the NAR hash of share/go.
use strict;
use warnings;
use Digest::SHA qw(sha256_hex sha256);
use File::Find;
use JSON::PP;
use MIME::Base64;

my ($output) = @ARGV;
my $manifest = "$output/share/gostrap/manifest.json";
sub slurp { my ($file) = @_; open my $in, '<:raw', $file or die "$file: $!\n"; local $/; return scalar <$in> }

sub nar_text { my ($text) = @_; return pack('Q<', length $text) . $text . "\0" x (-length($text) % 8) }
sub nar {
  my ($path) = @_;
  my $nar = nar_text('(') . nar_text('type');
  if (-l $path) {
    $nar .= nar_text('symlink') . nar_text('target') . nar_text(readlink $path);
  } elsif (-d $path) {
    $nar .= nar_text('directory');
    opendir my $dir, $path or die "$path: $!\n";
    for my $name (sort grep { $_ ne '.' && $_ ne '..' } readdir $dir) {
      $nar .= nar_text('entry') . nar_text('(') . nar_text('name') . nar_text($name) . nar_text('node') . nar("$path/$name") . nar_text(')');
    }
  } else {
    $nar .= nar_text('regular');
    $nar .= nar_text('executable') . nar_text('') if -x $path;
    $nar .= nar_text('contents') . nar_text(slurp($path));
  }
  return $nar . nar_text(')');
}

my $json = decode_json(slurp($manifest));
my (%files, %links);
find({no_chdir => 1, wanted => sub {
  return if $_ eq $output;
  my $name = substr $_, length($output) + 1;
  return if $name eq 'share/gostrap/manifest.json';
  if (-l $_) { $links{$name} = readlink $_ }
  elsif (-f $_) { $files{$name} = sha256_hex(slurp($_)) . ((stat)[2] & 0100 ? ' x' : '') }
}}, $output);
$json->{files} = \%files;
$json->{links} = \%links;
if (-d "$output/share/go") {
  (my $nar = encode_base64(sha256(nar_text('nix-archive-1') . nar("$output/share/go")), '')) =~ s/\s//g;
  $json->{nar} = "sha256-$nar";
}
my ($key, $value) = @ARGV[1, 2];
while (defined $key) {  # reseal.pl OUTPUT KEY JSON…: claims of the manifest to change as well
  $json->{$key} = JSON::PP->new->allow_nonref->decode($value);
  (undef, undef, undef, @ARGV) = @ARGV;
  unshift @ARGV, $output;
  ($key, $value) = @ARGV[1, 2];
}
chmod 0644, $manifest;
open my $out, '>:raw', $manifest or die "$manifest: $!\n";
print $out JSON::PP->new->canonical->pretty->encode($json);
