# shellcheck shell=bash
# Sourced by the tests of action.yml: its steps, as a runner starts them.
requires perl
perl -MYAML::XS -e 1 2>/dev/null || fail "this test needs perl's YAML::XS (libyaml-libyaml-perl)"

export RUNNER_TEMP="$T/runner temp" GITHUB_ACTION_PATH=$GOSTRAP_SOURCE_DIR
mkdir "$RUNNER_TEMP" "$T/workspace"

# step ID NAME=VALUE…: its outputs are in $T/outputs, what is added to the environment and to PATH in $T/env and $T/path.
step() {
  : >"$T/outputs" && : >"$T/env" && : >"$T/path"
  (cd "$T/workspace" && GITHUB_OUTPUT=$T/outputs GITHUB_ENV=$T/env GITHUB_PATH=$T/path \
    perl "$GOSTRAP_SOURCE_DIR/tests/lib/action-step.pl" "$GITHUB_ACTION_PATH/action.yml" "$@")
}
out() { sed -n "s/^$1=//p" "$T/outputs"; }
