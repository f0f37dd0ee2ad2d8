#!/usr/bin/env bash
# action.yml: its steps, each as a runner starts it, give a workflow an SDK out of a store that is kept by its key; and what
# comes from outside is never more than a value.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires curl

fake_runners
fake_bootstrap 1.98.0
fake_release 1.99.0
FLOOR=1.98.0 fake_release 1.99.1
# shellcheck source=tests/lib/action.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/action.sh"
from_source=("steps.program.outputs.gostrap=$GOSTRAP" inputs.published=false inputs.bootstrap=)

# ---- the file ----------------------------------------------------------------------------------------------------------
expect_exit 0 step -
sed 's/GITHUB_ACTION_PATH\/.ci\/action" key/GITHUB_ACTION_PATH\/.ci\/action" ${{ inputs.ports }}/' "$GITHUB_ACTION_PATH/action.yml" >"$T/bad.yml"
expect_exit 255 perl "$GOSTRAP_SOURCE_DIR/tests/lib/action-step.pl" "$T/bad.yml" -
expect_match 'Plan: a value is part of its command' "$T/err"
ok "no value of a workflow is part of a command in action.yml, and each of its inputs and outputs has its step"

# ---- gostrap -----------------------------------------------------------------------------------------------------------
expect_exit 0 step choice "inputs.gostrap=$GOSTRAP"
expect_equal "how" given "$(out how)"
expect_exit 0 step program "inputs.gostrap=$GOSTRAP"
expect_equal "the program" "$GOSTRAP" "$(out gostrap)"
expect_equal "PATH" "$(dirname "$GOSTRAP")" "$(cat "$T/path")"
expect_exit 1 step program "inputs.gostrap=$T/nowhere"
expect_match "there is no program '?$T/nowhere" "$T/err"
ok "a gostrap that is there already is taken"

for ref in '' main 0123abc v1.2; do
  expect_exit 0 step choice "github.action_ref=$ref"
  expect_equal "how of ${ref:-no ref}" build "$(out how)"
done
[[ $(out key) =~ ^gostrap-program-[a-z]+-[0-9.]*-[a-z0-9]+-[0-9a-f]{32}$ ]] || fail "the key is $(out key)"
ok "of a branch or commit, the action's own checkout is built, and kept by its source"

# A release's files; and gh, that knows the ones with x in them.
case $(uname -m) in x86_64) name=gostrap-linux-amd64 ;; *) name=gostrap-linux-$own_arch ;; esac
at=$T/server/some/one/releases/download/v1.2.3
mkdir -p "$at"
publish() { printf '#!/bin/sh\n# %s\nexec %q "$@"\n' "$1" "$GOSTRAP" >"$at/$name"; }
sums() { (cd "$at" && sha256sum "$name" >SHA256SUMS); }
cat >"$T/bin/gh" <<SH
#!/bin/sh
echo "\$GH_TOKEN \$*" >>'$T/gh.log'
grep -q attested "\$3"
SH
chmod +x "$T/bin/gh"
export GITHUB_SERVER_URL=file://$T/server
# as a runner has it
mkdir -p "$T/_actions/some/one"
ln -s "$GOSTRAP_SOURCE_DIR" "$T/_actions/some/one/v1.2.3"
expect_exit 0 step choice github.action_ref=v1.2.3 github.action_repository=some/one
expect_equal "how of another action's tag" build "$(out how)"
GITHUB_ACTION_PATH=$T/_actions/some/one/v1.2.3
get() { step program github.action_ref=v1.2.3 github.action_repository=some/one inputs.token=secret; }
publish attested && sums
expect_exit 0 step choice github.action_ref=v1.2.3 github.action_repository=some/one
expect_equal "how of a tag" download "$(out how)"
expect_exit 0 get
expect_equal "the program" "$RUNNER_TEMP/gostrap/program/gostrap" "$(out gostrap)"
expect_equal "what gh was asked" \
  "secret attestation verify $name --repo some/one --signer-workflow some/one/.github/workflows/release.yml" "$(cat "$T/gh.log")"
ok "of a tag, the release's file is downloaded, held against SHA256SUMS and against its attestation"

publish 'attested, and then changed'
expect_exit 1 get
expect_match "$name of v1.2.3 is not what its SHA256SUMS says" "$T/err"
publish "somebody's" && sums
expect_exit 1 get
expect_match "nobody attests that some/one built this $name" "$T/err"
echo >"$at/SHA256SUMS"
expect_exit 1 get
expect_match "SHA256SUMS of v1.2.3 has no $name" "$T/err"
rm "$at/$name"
expect_exit 1 get
expect_match "cannot download $name of v1.2.3 from $GITHUB_SERVER_URL/some/one/releases/download/v1.2.3" "$T/err"
expect_equal "what a refused one adds to PATH" "" "$(cat "$T/path")"
ok "and refused where it is another one, nobody's, or not there"

# ---- SDKs --------------------------------------------------------------------------------------------------------------
expect_exit 0 step key "${from_source[@]}" inputs.ports=riscv64 inputs.release=1.99.0
key=$(out key)
nearly=$(out nearly)
expect_equal "the store" "$RUNNER_TEMP/gostrap/store" "$(out store)"
[[ $key =~ ^"$nearly"[0-9a-f]{32}$ && $nearly == gostrap-store-*-gostrap-*-1.99.0-source- ]] || fail "the key is $key, nearly $nearly"
expect_exit 0 step sdk "${from_source[@]}" inputs.ports=riscv64 inputs.release=1.99.0
sdk=$(out sdk)
expect_equal "the release" 1.99.0 "$(out go-version)"
expect_equal "the GOROOT" "$sdk/share/go" "$(out goroot)"
expect_equal "PATH" "$sdk/bin" "$(cat "$T/path")"
expect_match "^GOSTRAP_STORE=$RUNNER_TEMP/gostrap/store$" "$T/env"
expect_exit 0 env PATH="$sdk/bin:$PATH" go env GOARCH
expect_match '^riscv64$' "$T/out"
expect_exit 0 step key "${from_source[@]}" inputs.ports=riscv64 inputs.release=1.99.0
expect_equal "the key, with the SDK in the store" "$key" "$(out key)"
ok "an SDK is made, is the first on PATH, and its store is kept by what it is made from"

# key_of NAME=VALUE…
key_of() { step key "${from_source[@]}" inputs.release=1.99.0 inputs.ports=riscv64 "$@" >/dev/null && out key; }
for other in inputs.ports=wasm 'inputs.ports=riscv64 wasm' inputs.release=1.99.1 inputs.profile=GOGC=200 inputs.std=true; do
  [ "$(key_of "$other")" != "$key" ] || fail "$other changes no key"
done
expect_equal "the key of the same ports, otherwise spelled" "$key" "$(key_of $'inputs.ports=\n  linux/riscv64\n')"
expect_equal "two ports in another order" "$(key_of $'inputs.ports=wasm\nriscv64')" "$(key_of 'inputs.ports=riscv64 wasm')"
ok "another release, port, profile or std has another key"

printf 'module m\ngo 1.99.1\n' >"$T/workspace/go.mod"
expect_exit 0 step sdk "${from_source[@]}" $'inputs.ports=riscv64\nwasm' inputs.go-version-file=go.mod $'inputs.profile=GOGC=200\nGODEBUG=gctrace=1'
expect_equal "the release of go.mod" 1.99.1 "$(out go-version)"
sed -n '/^sdks<</,/^end-/p' "$T/outputs" | sed '1d;$d' >"$T/sdks"
expect_equal "SDKs" 2 "$(wc -l <"$T/sdks")"
expect_equal "the first" "$(sed -n 1p "$T/sdks")" "$(out sdk)"
expect_match 'linux-riscv64-.*GOGC-200' "$T/sdks"
expect_no_match GOCACHEPROG "$T/env"
ok "several ports, go-version-file and a profile of two lines"

# ---- what comes from outside ------------------------------------------------------------------------------------------
evil="\$(touch '$T/done')\`touch '$T/done'\`; touch '$T/done' \"' & * \\"
for name in ports release go-version-file profile std published bootstrap store; do
  status=0
  step sdk "steps.program.outputs.gostrap=$GOSTRAP" inputs.ports=riscv64 inputs.release=1.99.0 inputs.published=false \
    "inputs.$name=$evil" >"$T/out" 2>"$T/err" || status=$?
  [ ! -e "$T/done" ] || fail "$name is run"
  [ "$name" = store ] || [ "$status" != 0 ] || fail "$name is taken: $evil"
done
expect_exit 1 step sdk "${from_source[@]}" inputs.ports=riscv64 inputs.release=1.99.0 $'inputs.store=a\nsdk=/evil'
expect_no_match '^sdk=/evil' "$T/outputs"
expect_exit 1 step sdk "${from_source[@]}" 'inputs.ports=--help' inputs.release=1.99.0
expect_exit 1 step sdk "${from_source[@]}" 'inputs.ports= '
expect_match 'ports names none' "$T/err"
expect_exit 1 step sdk "${from_source[@]}" inputs.ports=wasm inputs.release=1.99.0 inputs.go-version-file=go.mod
expect_match 'both say which release' "$T/err"
ok "words with quotes, blanks, \$(…) and new lines are values, and are refused as such"
