#!/usr/bin/env bash
# The pages: what takes make.bash or a network is typed here, with the Go in miniature; every block of shell is typed in some
# test, every link leads somewhere, and the page of verbs is what --help says.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires perl curl
# shellcheck source=tests/lib/docs.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/docs.sh"
cd "$GOSTRAP_SOURCE_DIR"
pages=(README.md docs/*.md)

# ---- the pages themselves ----------------------------------------------------------------------------------------------
for page in "${pages[@]}"; do
  while read -r line tag; do
    case $tag in
      'sh nix') ;; # tests/nix/docs.test.sh
      sh | 'sh real' | 'sh server '*) grep -q "$page" tests/e2e/docs.test.sh || fail "$page:$line: tests/e2e/docs.test.sh does not type it" ;;
      'sh network') [ "$page" = docs/releases.md ] || fail "$page:$line: this test does not look at it" ;;
      'sh fake' | 'sh published') grep -q "^type .*$page '$tag'" "$0" || fail "$page:$line: this test does not type it" ;;
      'sh fresh') [ "$page" = README.md ] || fail "$page:$line: only README is for a fresh machine" ;;
      'sh developer') [ "$page" = docs/CONTRIBUTING.md ] || fail "$page:$line: only CONTRIBUTING.md is for developers" ;;
      nix | yaml | dockerfile | text) ;;
      *) fail "$page:$line: nobody knows what to do with a block \`\`\`$tag" ;;
    esac
  done < <(perl tests/lib/docs.pl tags "$page")
done
ok "every block of shell is typed by a test"

for page in "${pages[@]}"; do
  while IFS= read -r link; do
    [ -e "$(dirname "$page")/$link" ] || fail "$page: there is no $link"
  done < <(grep -oE '\]\([^)#:]+' "$page" | cut -c3-)
done
for page in docs/*.md; do
  grep -q "](\(docs/\)\?$(basename "$page")" README.md docs/[a-z]*.md || fail "nothing leads to $page"
done
ok "links lead somewhere, and to every page"

expect_equal "README's lines, of 120 at most" yes "$([ "$(wc -l <README.md)" -le 120 ] && echo yes)"
grep -A 3 '^```sh fresh' README.md >"$T/fresh"
for command in ./quickstart tests/run; do
  grep -q "^$command " "$T/fresh" || fail "README does not tell to type $command"
  [ -x "$command" ] || fail "$command cannot be run"
done
bash tests/lib/verbs-page.sh "$GOSTRAP" >"$T/verbs.md"
cmp "$T/verbs.md" docs/verbs.md || fail "docs/verbs.md is another one: bash tests/lib/verbs-page.sh GOSTRAP >docs/verbs.md"
ok "README is short; docs/verbs.md is what --help says"

# ---- what they tell to type --------------------------------------------------------------------------------------------
fake_runners
fake_bootstrap 1.98.0
fake_release 1.99.0
page_edit='s/1\.24\.4/1.99.0/g'
# type PAGE TAG…: in a scene and a store of its own
type() {
  local dir
  dir=$T/scene-$(basename "$1" .md)
  [ -d "$dir" ] || scene "$dir" 1.99.0
  GOSTRAP_STORE=$dir/.store type_page "$1" "$dir" "${@:2}"
}
sum_of() { sha256sum "$1" | cut -d' ' -f1; }

type docs/releases.md 'sh fake'

scene "$T/scene-changed-go" 1.99.0
cp -r "$(source_of 1.99.0)" "$T/changed"
(cd "$T/changed" && git init -q && git add . && echo '// changed' >>src/runtime/runtime.go && git diff) \
  >"$T/scene-changed-go/cache-line.patch"
echo '{"patches": ["cache-line.patch"]}' >"$T/scene-changed-go/team.json"
type docs/changed-go.md 'sh fake'
type docs/store.md 'sh fake'

# what upstream has published is what was built once
GOSTRAP_STORE=$T/upstream expect_exit 0 "$GOSTRAP" build 'linux/*' --archives --release 1.99.0
published=()
for archive in "$T"/upstream/*-archives-*/*.tar.gz; do published+=("$(basename "$archive")" "$(sum_of "$archive")"); done
pin_release 1.99.0 "$(json "$releases_file" releases 1.99.0 commit)" "$(source_of 1.99.0)" "${published[@]}"
type docs/proof.md 'sh fake'
mkdir "$HOME/Downloads"
cp "$T"/upstream/*/"go1.99.0.$own_dashed.tar.gz" "$HOME/Downloads"
type docs/releases.md 'sh published'

# without a network: each is understood, and says that it would need one
while IFS= read -r line; do
  status=0
  # shellcheck disable=SC2086 # the words of a command
  (cd "$T" && "$GOSTRAP" ${line#gostrap } --offline) >"$T/out" 2>"$T/err" </dev/null || status=$?
  expect_equal "exit status of $line" 2 "$status"
  expect_match 'not to be touched|--offline|there is nothing at that path' "$T/err"
  expect_no_match ' --help' "$T/err"
done < <(perl tests/lib/docs.pl script docs/releases.md 'sh network' | grep '^gostrap ' | sed 's/ *#.*//')
ok "what needs a network says so"
