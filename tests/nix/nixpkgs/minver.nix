# lib/minver.nix of nixpkgs since 25.11
"2.18.0"
