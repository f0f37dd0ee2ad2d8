# nix run . -- ARGUMENT…; nix run .#add-source -- V ORIGIN
{ pkgs, gostrap }:
let
  # Puts a release's source into the store under the name and hash that go-source has, so that nothing fetches it.
  addSource = pkgs.writeShellScriptBin "add-source" ''
    set -euo pipefail
    if [ $# != 2 ]; then
      echo "usage: add-source V ORIGIN    ORIGIN: a source archive, a directory or a URL of Go V" >&2
      exit 2
    fi
    work=$(mktemp -d)
    trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT
    ${gostrap}/bin/gostrap source "$1" --from "$2" --out "$work/source" >&2
    # the name that go-source has, whichever way the release was called
    read -r version <"$work/source/VERSION"
    mv "$work/source" "$work/go-''${version#go}-source"
    nix-store --add-fixed --recursive sha256 "$work/go-''${version#go}-source"
  '';
  app = program: description: {
    type = "app";
    inherit program;
    meta = { inherit description; };
  };
in
{
  default = app "${gostrap}/bin/gostrap" "Builds Go toolchains from pinned source";
  add-source = app "${addSource}/bin/add-source" "Puts the source of a release into the store";
}
