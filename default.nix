# Without flakes: nix-build -A go-sdk-riscv64
{
  pkgs ? import <nixpkgs> { },
}:
(import ./nix { inherit pkgs; }).packages
