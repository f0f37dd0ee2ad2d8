#!/usr/bin/env bash
# action.yml and the workflows are what GitHub takes: by its own parser and schemas, which npm has.
own_home=$HOME # npm's registry may be named there
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
requires npm node

mkdir "$T/npm"
expect_exit 0 env HOME="$own_home" npm install --prefix "$T/npm" --ignore-scripts --no-audit --no-fund @actions/workflow-parser@0.3.61
parser=$T/npm/node_modules/@actions/workflow-parser
# node asks for this where an import is of JSON; the package is made for a bundler
find "$T/npm/node_modules/@actions" -name '*.js' -exec sed -i -E 's/(from "[^"]*\.json");/\1 with {type: "json"};/' {} +
check() { expect_exit "$1" node "$GOSTRAP_SOURCE_DIR/tests/lib/github-schemas.mjs" "$parser" "${@:2}"; }

cp "$GOSTRAP_SOURCE_DIR/action.yml" "$GOSTRAP_SOURCE_DIR"/.github/workflows/*.yml "$T"
check 0 "$T"/*.yml
sed -i 's/using: composite/using: nothing/' "$T/action.yml"
check 1 "$T/action.yml"
expect_match "Unexpected value 'nothing'" "$T/out"
sed -i 's/attestations: write/attestations: maybe/' "$T/release.yml"
check 1 "$T/release.yml"
expect_match "Unexpected value 'maybe'" "$T/out"
ok "GitHub's parser finds nothing in action.yml and the workflows, and finds what is put there"
