#!/usr/bin/env bash
# bundle install --nix: only what the flake's attribute makes goes to its path, and only from somebody whom the user trusts.
# Nix is a script that writes down how it is called.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires zstd
fake_bootstrap 1.98.0
fake_runners
fake_release 1.99.0
"$GOSTRAP" key "$T/key" >/dev/null
# shellcheck disable=SC2016 # for the scripts
cat >"$T/bin/nix" <<'SH'
#!/bin/sh
echo "nix $*" >>"$T/calls"
case " $* " in *" eval "*) printf /nix/store/abcdefghijklmnopqrstuvwxyz012345-go-sdk ;; esac
SH
# shellcheck disable=SC2016
printf '#!/bin/sh\necho "nix-store $*" >>"$T/calls"\necho /nix/store/x\n' >"$T/bin/nix-store"
chmod +x "$T/bin/nix" "$T/bin/nix-store"
export T

# into_nix FILE WORD…
into_nix() { : >"$T/calls" && "$GOSTRAP" bundle install "$1" --nix --flake F "${@:2}"; }
# bundle_of FILE PATH…
bundle_of() { rm -f "$1"; "$GOSTRAP" bundle create "${@:2}" --release 1.99.0 --sign "$T/key" --out "$1" >/dev/null 2>&1; }

expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0
plain=$(cat "$T/out")
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0 --profile GOGC=200
profiled=$(cat "$T/out")
(
  cp -R "$(source_of 1.99.0)" "$T/edit" && cd "$T/edit" && git init -q && git add -A
  git -c user.name=n -c user.email=e commit -q -m x
  echo "// more" >>src/runtime/proc.go
  git diff --no-renames >"$T/a.patch"
)
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0 --patch "$T/a.patch"
patched=$(cat "$T/out")
patched_host=$(find "$store" -maxdepth 1 -name "*-go1.99.0-host-$own_dashed-*")

for other in "$profiled" "$patched" "$patched_host"; do
  bundle_of "$T/other.tar.zst" "$other"
  expect_exit 2 into_nix "$T/other.tar.zst" --key "$T/key.pub"
  expect_match 'the flake makes no such thing' "$T/err"
  expect_equal "calls of nix" "" "$(cat "$T/calls")"
done
ok "what has a profile or a patch goes to no path of the plain one's"

# under the plain one's name, as a directory of single steps has it
mkdir "$T/dir"
cp -R "$profiled" "$T/dir/go1.99.0-sdk-linux-riscv64"
bundle_of "$T/renamed.tar.zst" "$T/dir/go1.99.0-sdk-linux-riscv64"
expect_exit 2 into_nix "$T/renamed.tar.zst" --key "$T/key.pub"
expect_no_match 'copy' "$T/calls"
ok "nor does it under another name"

bundle_of "$T/both.tar.zst" "$plain" "$profiled"
expect_exit 0 into_nix "$T/both.tar.zst" --key "$T/key.pub"
expect_match 'left out, since the flake makes no such thing: .*GOGC' "$T/err"
expect_match 'nix .* copy ' "$T/calls"
expect_equal "paths asked for" 1 "$(grep -c ' eval ' "$T/calls")"
ok "the plain one beside it goes where it belongs"

bundle_of "$T/plain.tar.zst" "$plain"
expect_exit 2 into_nix "$T/plain.tar.zst"
expect_match 'nobody vouches for it' "$T/err"
expect_equal "calls of nix" "" "$(cat "$T/calls")"
expect_exit 0 into_nix "$T/plain.tar.zst" --accept-unsigned
expect_match 'nix .* copy ' "$T/calls"
"$GOSTRAP" bundle create riscv64 --source --release 1.99.0 --out "$T/source.tar.zst" >/dev/null 2>&1
ok "what nobody vouches for does not take the place of what the flake builds"

# an interrupt ends it as all else
# shellcheck disable=SC2016
printf '#!/bin/sh\ncase " $* " in *" eval "*) printf /nix/store/abcdefghijklmnopqrstuvwxyz012345-go-sdk ;; *) touch "$T/copying"; exec sleep 60 ;; esac\n' >"$T/bin/nix"
start bundle install "$T/plain.tar.zst" --key "$T/key.pub" --nix --flake F
until_true test -e "$T/copying"
kill -INT "$pid"
ended 130
ok "Ctrl-C during nix copy: exit code 130"

# the bill of materials tells a patch by its digest, and has its text
bundle_of "$T/patched.tar.zst" "$patched"
expect_exit 0 "$GOSTRAP" bundle inspect "$T/patched.tar.zst" --sbom
digest=$(sha256sum "$T/a.patch" | cut -d' ' -f1)
perl -MJSON::PP -0777 -e '
  my ($file, $digest, $patch) = @ARGV;
  open my $in, "<", $file or die; my $sbom = decode_json(<$in>);
  open $in, "<", $patch or die; my $text = <$in>;
  for my $component (@{$sbom->{components}}) {
    for my $each (@{$component->{pedigree}{patches} // []}) {
      die "the digest stands as the text\n" if ($each->{diff}{text}{content} // "") eq $digest;
      $texts += ($each->{diff}{text}{content} // "") eq $text;
    }
    for my $each (@{$component->{externalReferences} // []}) {
      $digests += grep { $_->{alg} eq "SHA-256" && $_->{content} eq $digest } @{$each->{hashes}};
    }
  }
  die "texts $texts, digests $digests\n" unless $texts == 1 && $digests == 1;' "$T/out" "$digest" "$T/a.patch" ||
  { cat "$T/out" && fail "the bill of materials"; }
ok "the bill of materials has a patch's text as a text and its digest as a digest"
