#!/usr/bin/env bash
# The pages' blocks ```sh nix: each attribute of the flake that they name is there, for the command that takes it, and a template is
# one of the flake's. What the commands do is for the other tests.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"

# resolve COMMAND ATTRIBUTE: whether the command finds it, where it looks (nix help develop, nix help run)
resolve() {
  local place places=(packages legacyPackages)
  case $1 in develop) places=(devShells "${places[@]}") ;; run) places=(apps "${places[@]}") ;; esac
  for place in "${places[@]}"; do
    nix_eval "$place.x86_64-linux.$2" --apply 'it: it.drvPath or it.program' >"$T/resolved" 2>/dev/null && return
  done
  return 1
}

cd "$GOSTRAP_SOURCE_DIR"
seen=0
for page in README.md docs/*.md; do
  while read -r command attributes; do
    for attribute in $attributes; do
      resolve "$command" "$attribute" || fail "$page: nix $command finds no $attribute"
      seen=$((seen + 1))
    done
  done < <(perl tests/lib/docs.pl script "$page" 'sh nix' | perl -0pe 's/\\\n//g' |
    perl -ne 's/(?<!\S)#.*//; my ($c) = /\bnix (build|develop|run|copy)\b/ or next; print join(" ", $c, /(?<!\S)\.#([\w.-]+)/g), "\n"')
done
[ "$seen" -ge 12 ] || fail "only $seen attributes"
resolve develop no-such-shell && fail "it finds what is not there"
while IFS= read -r template; do
  expect_exit 0 nix eval "$flake#templates.$template.description" "${stand_in[@]}"
done < <(grep -oh 'gostrap#[a-z]*' README.md docs/*.md | cut -d'#' -f2 | sort -u)
ok "$seen attributes in what the pages tell to type, and the templates"
