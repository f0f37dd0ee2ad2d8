#!/usr/bin/env bash
# The templates as docs/nix.md says: gostrap in the user's registry, then `nix flake init -t gostrap#NAME` and `nix build`, with no
# attribute named, have something to build.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"
# shellcheck disable=SC2016 # as the page has it
expect_match 'nix registry add gostrap "\$PWD"' "$GOSTRAP_SOURCE_DIR/docs/nix.md"
expect_match 'nix flake init -t gostrap#cross && nix build' "$GOSTRAP_SOURCE_DIR/docs/nix.md"

cd "$T/flake"
expect_exit 0 nix registry add gostrap "path:$PWD"
for template in default cross wasm; do
  mkdir "$T/$template" && cd "$T/$template"
  expect_exit 0 nix flake init -t "gostrap#$template"
  # its flake.lock would pin nixpkgs, which is not to be had here
  inputs=(--override-input gostrap/nixpkgs "path:$T/nixpkgs" --no-write-lock-file)
  expect_match '^"/nix/store/.*-hello(-0.1.0)?\.drv"$' <(nix eval "path:$PWD#default.drvPath" "${inputs[@]}" 2>"$T/eval.err" || cat "$T/eval.err" >&2)
done
ok "nix registry add, nix flake init and nix build find each other"

cd "$T/cross"
# shellcheck disable=SC2016 # Nix's own
run='drv: "${drv.meta.mainProgram}"'
expect_equal "the main program of a template" hello \
  "$(nix eval --raw "path:$PWD#riscv64" "${inputs[@]}" --apply "$run" 2>/dev/null)"
for attribute in arm64.drvPath riscv64.drvPath; do
  expect_match '\.drv"$' <(nix eval "path:$PWD#devShells.x86_64-linux.$attribute" "${inputs[@]}" 2>/dev/null)
done
expect_match 'unset GOROOT GOTOOLCHAIN' <(nix eval "path:$PWD#devShells.x86_64-linux.riscv64.shellHook" "${inputs[@]}" 2>/dev/null)
ok "a template's program has a name for nix run, and its shells unset what would replace the SDK"
