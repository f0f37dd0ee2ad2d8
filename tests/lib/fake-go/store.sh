# shellcheck shell=bash
# What tests ask of the store that gostrap made. Sourced by fake-go.sh.

# json FILE PATH…: the value at that path (keys, and numbers for arrays); an array or object as its number of members.
json() {
  perl -MJSON::PP -0777 -e '
    my ($file, @path) = @ARGV;
    open my $in, "<", $file or die "$file: $!\n";
    my $value = decode_json(<$in>);
    for my $key (@path) {
      $value = ref $value eq "ARRAY" ? $value->[$key] : $value->{$key};
      die "$file: nothing at @path\n" unless defined $value;
    }
    if (ref $value eq "ARRAY") { print scalar @$value }
    elsif (ref $value eq "HASH") { print scalar keys %$value }
    elsif (JSON::PP::is_bool($value)) { print $value ? "true" : "false" }
    else { print $value }
    print "\n";' "$@"
}

# entry NAME: the path of the store's entry of that name ("go1.99.0-sdk-linux-riscv64"), which must be there once.
entry() {
  local found=()
  mapfile -t found < <(find "${store:?}" -maxdepth 1 -type d -name "*-$1" -not -name '.*')
  [ ${#found[@]} = 1 ] || fail "${#found[@]} entries $1 in the store"
  printf '%s\n' "${found[0]}"
}

# provenance NAME: the file that says how the entry of that name came to be.
provenance() {
  local path
  path=$(entry "$1")
  printf '%s\n' "$store/provenance/${path##*/}.json"
}

# log_of NAME: the log of the entry of that name, whether it is there or not.
log_of() {
  local found=("$store"/logs/*-"$1".log)
  printf '%s\n' "${found[0]}"
}

# expect_clean_store: every entry holds, and nothing is left of what was not finished.
expect_clean_store() {
  local path paths=()
  expect_equal "left-overs in the store" "" \
    "$(find "$store" -maxdepth 2 \( -name '.*' -o -name '*.tmp' -o -path "$store/work/*" \) -not -path "$store")"
  expect_sound_store
}

# expect_sound_store: every entry that is listed holds; sources are what their release's tree is.
expect_sound_store() {
  local path version paths=()
  [ -d "$store" ] || return 0
  while read -r path; do
    case $path in
      *-source) version=${path##*-go} && diff -r "$(source_of "${version%-source}")" "$path" ;;
      *) paths+=("$path") ;;
    esac
  done < <("$GOSTRAP" list 2>"$T/list.err" | sed 's/.*  //')
  [ ${#paths[@]} = 0 ] || "$GOSTRAP" verify "${paths[@]}" >"$T/verified" 2>&1 || { cat "$T/verified" && fail "the store"; }
}
