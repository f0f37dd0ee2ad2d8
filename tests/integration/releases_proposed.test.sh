#!/usr/bin/env bash
# .ci/releases, which a scheduled workflow runs: a branch with the new files, one pull request, and none where nothing is new.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires git jq
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
git() { command git -c user.name=n -c user.email=e@x -c init.defaultBranch=main "$@"; }

# gh that writes down what it is asked for, and knows the pull requests that it made
cat >"$T/bin/gh" <<SH
#!/bin/sh
echo "\$*" >>'$T/gh.log'
case "\$1 \$2" in
  'pr list') [ ! -f '$T/pr' ] && echo 0 || echo 1 ;;
  'pr create') touch '$T/pr'; cat "\$8" >'$T/body' ;;
  'pr edit') cat "\$7" >'$T/body' ;;
esac
SH
chmod +x "$T/bin/gh"

mkdir -p "$T/checkout/.ci" "$T/checkout/nix"
cp "$GOSTRAP_SOURCE_DIR/.ci/releases" "$T/checkout/.ci/"
cp -r "$GOSTRAP_SOURCE_DIR/nix/releases" "$T/checkout/nix/"
chmod -R u+w "$T/checkout"
git init -q --bare "$T/origin"
git -C "$T/checkout" init -q && git -C "$T/checkout" add -A && git -C "$T/checkout" commit -qm one
git -C "$T/checkout" remote add origin "$T/origin"
git -C "$T/checkout" push -q origin main

fake_source 1.99.0
cp -r "$(source_of 1.99.0)" "$T/mirror"
git -C "$T/mirror" init -q && git -C "$T/mirror" add -A && git -C "$T/mirror" commit -qm one && git -C "$T/mirror" tag go1.99.0
export GOSTRAP_MIRROR=$T/mirror
listed() { # VERSION SHA256
  printf '{"version": "go%s", "files": [{"filename": "go%s.src.tar.gz", "kind": "source", "sha256": "%s"}]}' "$1" "$1" "$2"
}
a=$(printf '%064d' 1)
index() { local IFS=,; printf '[%s]\n' "$*" >"$T/index.json"; }
# as each day's: from a fresh checkout of main
daily() { git -C "$T/checkout" switch -q main && "$T/checkout/.ci/releases" --index "$T/index.json"; }
asked() { grep -c "^$1" "$T/gh.log" || true; }

known=$("$GOSTRAP" release show 1.26.9 --json | awk -F'"' '$2 == "sourceArchive" { print $4 }')
index "$(listed 1.26.9 "$known")"
expect_exit 0 daily
expect_match '^nothing to propose$' "$T/out"
[ ! -e "$T/gh.log" ] || fail "it asked for something: $(cat "$T/gh.log")"
ok "where nothing is new nothing is asked for"

index "$(listed 1.99.0 "$a")" "$(listed 1.26.99 "$a")" "$(listed 1.26.9 "$known")"
expect_exit 0 daily
expect_equal "pull requests" 1 "$(asked 'pr create')"
expect_equal "runs of ci" 1 "$(asked 'workflow run ci.yml --ref releases-update')"
expect_match '^- go1.26.99: known by its archive' "$T/body"
expect_match '^- go1.99.0 begins a line: its source was read' "$T/body"
expect_equal "the branch's files" $'nix/releases/1.26.99.json\nnix/releases/1.99.0.json' \
  "$(git -C "$T/origin" diff --name-only main releases-update)"
expect_equal "its subject" "nix: go1.26.99, go1.99.0" "$(git -C "$T/origin" log -1 --format=%s releases-update)"
expect_equal "main" "$(git -C "$T/checkout" rev-parse main)" "$(git -C "$T/origin" rev-parse main)"
ok "new files come in one pull request, the first of a line too"

before=$(git -C "$T/origin" rev-parse releases-update)
expect_exit 0 daily
expect_match '^it is proposed already$' "$T/out"
expect_equal "the branch" "$before" "$(git -C "$T/origin" rev-parse releases-update)"
git -C "$T/checkout" reset -q --hard
index "$(listed 1.26.100 "$a")" "$(listed 1.26.99 "$a")" "$(listed 1.26.9 "$a")"
expect_exit 1 daily
expect_match '^- \*\*go1.26.9.src.tar.gz differs\*\*' "$T/body"
expect_equal "pull requests" 1 "$(asked 'pr create')"
expect_equal "changes of it" 1 "$(asked 'pr edit')"
ok "the next day's go into the same; what differs is told there, and fails the run"

git -C "$T/checkout" switch -q main
printf 'x' >"$T/index.json"
expect_exit 2 daily
ok "an index that is none fails the run"
