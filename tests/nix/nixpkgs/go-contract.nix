# Where buildGoModule has GOOS and GOARCH from: "go", its go, as up to nixos-26.05; "stdenv", its stdenv, as nixpkgs' pull
# request 565065 would have it.
"go"
