# shellcheck shell=bash
# make.sh, which lies beside this, for the go command $1 of an SDK that compiles C: std is compiled with C, and once more
# with -race where $3 is "race". What make.sh is given is a go command that answers so: another make.sh would be another std
# of every SDK without C. It leaves the same in the directory $2.
set -euo pipefail
go=$1 work=$2
mkdir "$work/with_c"
{
  printf '#!/usr/bin/env bash\nset -e\ngo=%q race=%q\n' "$go" "${3-}"
  cat <<'GO'
export CGO_ENABLED=1
case " $* " in
  *' -o results/go_cache '*) CGO_ENABLED=0 ;; # the build cache's program
  ' build '* | ' vet '* | ' test '*)
    if [ "$race" = race ]; then
      echo "The same with -race"
      "$go" "$1" -race "${@:2}"
    fi
    if [ "$1" = vet ]; then # programs have runtime/cgo and runtime/race in them, and import neither
      mkdir program
      printf 'package main\n\nfunc main() {}\n' >program/main.go
      printf 'package main\n' >program/main_test.go
      "$go" vet ${race:+-race} ./program
      "$go" test -c -o /dev/null ${race:+-race} ./program # vets with flags of its own
    fi
    ;;
esac
exec "$go" "$@"
GO
} >"$work/with_c/go"
chmod +x "$work/with_c/go"
bash "${BASH_SOURCE[0]%/*}/make.sh" "$work/with_c/go" "$work"

# What cgo has made of Go files, which vet reads, names each by its path. It gets the one that the go command has the C
# compiler write (-ffile-prefix-map of cmd/go/internal/work/exec.go).
cd "$work/results"
begin="//line $("$go" env GOROOT)/"
{ grep -lsF "$begin" -- *-d || true; } >"$work/named"
while IFS= read -r file; do
  begin=$begin awk 'BEGIN { begin = ENVIRON["begin"] }
    index($0, begin) == 1 { $0 = "//line /_/GOROOT/" substr($0, length(begin) + 1) }
    { print }' "$file" >"$work/neutral"
  output=$(sha256sum <"$work/neutral" | cut -d' ' -f1)
  sed -i "s/ ${file%-d} [0-9]*\$/ $output $(stat -c %s "$work/neutral")/" taken
  mv "$work/neutral" "$output-d"
  rm "$file"
done <"$work/named"
