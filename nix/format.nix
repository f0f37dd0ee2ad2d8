# nix fmt: nixfmt itself reads standard input where it is given no file, as Nix now calls it, and takes no directory.
{ writeShellScriptBin, nixfmt }:
writeShellScriptBin "nixfmt-all" ''
  set -euo pipefail
  shopt -s globstar nullglob
  options=() files=()
  for word in "$@"; do
    case $word in -*) options+=("$word") ;; *) files+=("$word") ;; esac
  done
  [ ''${#files[@]} -gt 0 ] || files=(.)
  for file in "''${files[@]}"; do
    shift $#
    if [ -d "$file" ]; then set -- "$file"/**/*.nix; else set -- "$file"; fi
    [ $# = 0 ] || ${nixfmt}/bin/nixfmt "''${options[@]}" "$@"
  done
''
