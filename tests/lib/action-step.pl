# A step of an action.yml, as a runner starts it: action-step.pl FILE STEP NAME=VALUE… with inputs.NAME, github.NAME and
# steps.STEP.outputs.NAME as names. An input that is not given has its default. With the step `-` it is only the file that
# is looked at: what a runner would refuse, and what would let a value be part of a command.
use strict;
use warnings;
use YAML::XS qw(LoadFile);

my ($file, $wanted, @given) = @ARGV;
my $action = LoadFile($file);
my @steps = @{$action->{runs}{steps}};
my %values = map { ("inputs.$_" => $action->{inputs}{$_}{default} // "") } keys %{$action->{inputs}};

sub look {
  my %step = map { ($_->{id} // "" => 1) } @steps;
  my %kind = (name => "", description => "", inputs => {}, outputs => {}, runs => {});
  for my $key (keys %kind) { die "$file has no $key\n" unless ref $kind{$key} eq ref $action->{$key}; }
  die "$file is no composite action\n" unless $action->{runs}{using} eq "composite";
  for my $part ("inputs", "outputs") {
    my $each = $action->{$part};
    for (keys %$each) { die "$part.$_ has no description\n" unless $each->{$_}{description}; }
  }
  my $text = join "", map { values %{$_->{env} // {}}, values %{$_->{with} // {}}, $_->{if} // "" } @steps;
  for (keys %{$action->{inputs}}) { die "no step takes the input $_\n" unless $text =~ /inputs\.\Q$_\E\b/; }
  for (values %{$action->{outputs}}) { $text .= $_->{value}; }
  for ($text =~ /steps\.([\w-]+)\./g) { die "there is no step $_\n" unless $step{$_}; }
  for my $each (@steps) {
    my $name = $each->{name} // die "a step has no name\n";
    die "$name: run or uses\n" unless defined $each->{run} xor defined $each->{uses};
    next unless defined $each->{run};
    die "$name has no shell\n" unless ($each->{shell} // "") eq "bash";
    die "$name: a value is part of its command\n" if $each->{run} =~ /\$\{\{/;
  }
}

sub value_of {
  my ($expression) = @_;
  return $values{$expression} if defined $values{$expression};
  return "" if $expression =~ /^(?:github|steps)\.[\w.-]+$/;
  die "action-step.pl cannot tell what $expression is\n";
}

look();
exit 0 if $wanted eq "-";
for (@given) {
  my ($name, $value) = /^([^=]*)=(.*)$/s or die "NAME=VALUE, not $_\n";
  die "there is no $name\n" if $name =~ /^inputs\./ && !exists $values{$name};
  $values{$name} = $value;
}
my ($step) = grep { ($_->{id} // "") eq $wanted } @steps or die "$file has no step $wanted\n";
for my $name (keys %{$step->{env}}) {
  $ENV{$name} = $step->{env}{$name} =~ s/\$\{\{\s*(.*?)\s*\}\}/value_of($1)/ger;
}
exec "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", $step->{run};
