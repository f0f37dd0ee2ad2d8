#!/usr/bin/env bash
# SDKs that compile C, in Nix: which C compiler one has is evaluated for each package set; one is built in the sandbox with
# Debian's cross compiler, and so is a program with C in it, whose bytes are those that gostrap's SDK makes without Nix.
# shellcheck disable=SC2016 # what a shell is given is not expanded here
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
requires aarch64-linux-gnu-gcc aarch64-linux-gnu-g++ qemu-aarch64 pkg-config
# where Debian's cross compiler has its C library
printf 'extra-sandbox-paths = /usr/aarch64-linux-gnu\n' >>"$NIX_CONF_DIR/nix.conf"

# ---- what is evaluated -------------------------------------------------------------------------------------------------
# of each, in lines "ROW.KEY=VALUE": SDK, its host, its C compiler, what gostrap is told, CGO_ENABLED
cat >"$T/rows.nix" <<NIX
let
  pkgs = import $T/nixpkgs { system = "x86_64-linux"; overlays = [ (import $T/flake/overlays) ]; };
  inherit (pkgs) pkgsCross;
  row = wanted: of (pkgs.gostrap.goSdk ({ release = "1.24.4"; } // wanted));
  of = sdk: {
    inherit (sdk) name drvPath CGO_ENABLED;
    host = sdk.host.drvPath;
    std = sdk.std.drvPath;
    cc = sdk.cc.drvPath or "none";
    told = builtins.head (builtins.match ".*'--host' '[^']*'([^\n]*) --out .*" sdk.buildCommand);
    hook = sdk.dev.drvPath;
  };
  compilers = {
    arm64 = pkgsCross.aarch64-multiplatform.stdenv.cc;
    riscv64 = pkgsCross.riscv64.stdenv.cc;
    static = pkgsCross.riscv64.pkgsStatic.stdenv.cc;
    windows = pkgsCross.mingwW64.stdenv.cc;
    own = pkgs.stdenv.cc;
    ownStatic = pkgs.pkgsStatic.stdenv.cc;
  };
  lines = rows: builtins.concatLists (map (row: map (key: "\${row}.\${key}=\${rows.\${row}.\${key}}\n") (builtins.attrNames rows.\${row})) (builtins.attrNames rows));
in
builtins.concatStringsSep "" (lines {
  cc = builtins.mapAttrs (_: cc: cc.drvPath) compilers;
  program = builtins.mapAttrs (_: cc: "\${cc}/bin/\${cc.targetPrefix}cc") compilers;
  plain = row { port = "arm64"; };
  arm64 = row { port = "arm64"; cgo = true; };
  riscv64 = row { port = "linux/riscv64"; cgo = true; };
  static = row { port = "riscv64"; static = true; };
  windows = row { port = "windows/amd64"; cgo = true; };
  own = row { cgo = true; };
  ownStatic = row { static = true; };
  profile = row { port = "riscv64"; cgo = true; profile.GORISCV64 = "rva22u64"; };
  named = row { port = "riscv64"; cc = pkgs.pkgsCross.aarch64-multiplatform.stdenv.cc; };
  program_named = row { port = "riscv64"; cc = "\${compilers.riscv64}/bin/riscv64-unknown-linux-gnu-gcc"; };
  off = row { port = "arm64"; cgo = false; };
  ofSet = of (pkgsCross.riscv64.gostrap.goSdk { release = "1.24.4"; cgo = true; });
  ofSetStatic = of (pkgsCross.riscv64.gostrap.goSdk { release = "1.24.4"; static = true; });
  ofMingw = of (pkgsCross.mingwW64.gostrap.goSdk { release = "1.24.4"; cgo = true; });
})
NIX
nix eval --raw --impure --file "$T/rows.nix" >"$T/rows" 2>"$T/err" || { cat "$T/err" && fail "they do not evaluate"; }
# value ROW KEY
value() { sed -n "s/^$1\.$2=//p" "$T/rows"; }
for row in arm64 riscv64 static windows own ownStatic; do
  expect_equal "the C compiler of $row" "$(value cc $row)" "$(value $row cc)"
  expected=" '--cc' '$(value program $row)'"
  case $row in *tatic) expected+=" '--static'" ;; esac
  expect_equal "what gostrap is told for $row" "$expected" "$(value $row told)"
  expect_equal "the host toolchain of $row" "$(value plain host)" "$(value $row host)"
  expect_equal "CGO_ENABLED of $row" 1 "$(value $row CGO_ENABLED)"
done
expect_equal "names" "go-sdk-linux-riscv64-cgo-1.24.4 go-sdk-linux-riscv64-cgo-static-1.24.4 go-sdk-linux-riscv64-GORISCV64-rva22u64-cgo-1.24.4" \
  "$(value riscv64 name) $(value static name) $(value profile name)"
expect_equal "the compiled std" "$(value plain std)" "$(value arm64 std)"
expect_equal "cgo = false" "$(value plain drvPath) 0" "$(value off drvPath) $(value off CGO_ENABLED)"
expect_equal "a compiler that is named" "$(value cc arm64)" "$(value named cc)"
expect_match "riscv64-unknown-linux-gnu-gcc" <(value program_named told)
expect_equal "of a cross set" "$(value riscv64 drvPath) $(value static drvPath) $(value windows drvPath)" \
  "$(value ofSet drvPath) $(value ofSetStatic drvPath) $(value ofMingw drvPath)"
for row in arm64 static; do expect_match pkg-config-wrapper <(nix-store -q --references "$(value $row hook)"); done
ok "the C compiler is pkgsCross', pkgsStatic's or stdenv's own; the host toolchain is the one that all have"

# refused GOSDK REGEX
refused() {
  expect_exit 1 nix eval "$flake#lib.goSdk" "${stand_in[@]}" --apply "goSdk: (goSdk ({ system = \"x86_64-linux\"; release = \"1.24.4\"; } // $1)).drvPath"
  expect_match "$2" "$T/err"
}
refused '{ port = "wasm"; cgo = true; }' 'js/wasm has no cgo'
refused '{ port = "freebsd/amd64"; cgo = true; }' 'no C compiler of nixpkgs. is known here for freebsd/amd64: .*linux/arm64'
refused '{ port = "arm64"; cgo = "yes"; }' 'cgo is true or false, not a string'
refused '{ port = "arm64"; cgo = false; static = true; }' 'static is about programs that have C in them'
refused '{ port = "arm64"; cc = "/usr/bin/gcc"; }' 'cc is a C compiler as stdenv.cc is, or a program that a build can see'
expect_exit 1 nix eval --impure --expr "((import $T/flake/nix { pkgs = import $T/nixpkgs { }; }).goToolchain { port = \"arm64\"; cgo = true; }).drvPath"
expect_match 'only an SDK compiles C' "$T/err"
ok "what cannot be is refused when it is evaluated"

# ---- what is built -----------------------------------------------------------------------------------------------------
give_archive 1.24.4
mkdir "$T/hello"
cp "$GOSTRAP_SOURCE_DIR"/nix/templates/cgo/{go.mod,main.go,main_test.go} "$T/hello/"
mkdir "$T/uses" && cp "$T/hello/go.mod" "$T/uses/"
cat >"$T/uses/main.go" <<'GO'
package main

// #cgo pkg-config: answer
// #cgo LDFLAGS: -lanother
// #include <answer.h>
// #include <another.h>
import "C"

import (
	_ "net"
	_ "os/user"
)

func main() { println(C.answer() + C.another()) }
GO
cat >"$T/made.nix" <<NIX
let
  pkgs = import $T/nixpkgs { system = "x86_64-linux"; };
  made = import $T/flake/nix { inherit pkgs; };
  sdk = made.goSdk { release = "1.24.4"; port = "arm64"; cgo = true; };
  static = made.goSdk { release = "1.24.4"; port = "arm64"; static = true; };
  # a library of the port, with a .pc file and without
  library = sdk: name: number: pkgconfig: pkgs.runCommand name { } ''
    mkdir -p \$out/include \$out/lib
    echo 'int \${name}(void);' >\$out/include/\${name}.h
    echo 'int \${name}(void) { return \${toString number}; }' >\${name}.c
    \${sdk.c.program} -c \${name}.c
    \${sdk.cc}/bin/\${sdk.cc.targetPrefix}ar rcD \$out/lib/lib\${name}.a \${name}.o
    if [ -n "\${pkgconfig}" ]; then
      mkdir \$out/lib/pkgconfig
      printf 'Name: %s\nVersion: 1\nDescription: x\nCflags: -I%s\nLibs: -L%s -l%s\n' \${name} \$out/include \$out/lib \${name} >\$out/lib/pkgconfig/\${name}.pc
    fi
  '';
  program = sdk: more: sdk.buildGoModule ({
    pname = "hello";
    version = "1";
    src = $T/hello;
    vendorHash = null;
  } // more);
in
{
  inherit sdk static;
  hello = program sdk { };
  helloStatic = program static { };
  uses = program sdk {
    src = $T/uses;
    buildInputs = [ (library sdk "answer" 40 "yes") (library sdk "another" 2 "") ];
  };
  without = program sdk { src = $T/uses; };
  off = program sdk { env.CGO_ENABLED = 0; src = $T/plain; };
}
NIX
# made NAME…: their paths
made() {
  local attributes=() name
  for name in "$@"; do attributes+=(-A "$name"); done
  nix-build --no-out-link "$T/made.nix" "${attributes[@]}" 2>"$T/build.log" || { cat "$T/build.log" >&2 && return 1; }
}
mkdir "$T/plain" && cp "$T/hello/go.mod" "$T/plain/" && printf 'package main\n\nfunc main() {}\n' >"$T/plain/main.go"

mapfile -t built < <(made sdk hello uses)
expect_equal "number of outputs" 3 "${#built[@]}"
sdk=${built[0]} hello=${built[1]} uses=${built[2]}
cc=$(value program arm64)
expect_equal "what the SDK refers to" "${cc%/bin/*}" "$(nix-store -q --references "$sdk")"
expect_exit 0 "$GOSTRAP" verify "$sdk"
expect_match 'C compiler: .*aarch64-[a-z0-9-]*cc .*, glibc'
expect_no_match FAILED
ok "an SDK that compiles C, built in the sandbox, keeps its compiler and is verified: $sdk"

expect_equal "what the program says" "C says 42 on linux/arm64" "$(qemu-aarch64 -L /usr/aarch64-linux-gnu "$hello/bin/hello")"
expect_exit 0 "$GOSTRAP" inspect "$hello/bin/hello" --expect dynamic,cgo,glibc,linux/arm64
expect_match '^ok +.*example.org/hello' <(nix-store --read-log "$hello")
expect_equal "what the program with libraries says" 42 "$(qemu-aarch64 -L /usr/aarch64-linux-gnu "$uses/bin/hello" 2>&1)"
ok "sdk.buildGoModule: C is compiled, its tests run on the port, and C libraries among the inputs are found, with pkg-config and without"

expect_exit 100 nix-build --no-out-link "$T/made.nix" -A without
expect_match "Package 'answer', required by 'virtual:world', not found|No package 'answer' found" "$T/err"
expect_exit 0 "$GOSTRAP" inspect "$(made off)/bin/hello" --expect static,linux/arm64
ok "a library that is none of its inputs is not found; CGO_ENABLED = 0 leaves C out"

# ---- the same bytes ----------------------------------------------------------------------------------------------------
# by the same compiler without Nix: gostrap's own step, on the same archive
archive=$(nix_eval legacyPackages.x86_64-linux.go_1_24_4.go-archive-linux-amd64.outPath --raw)
expect_exit 0 "$GOSTRAP" sdk linux/arm64 --host "$archive" --cc "$cc" --out "$T/sdk"
expect_equal "share/go" "$(nix hash path "$sdk/share/go")" "$(nix hash path "$T/sdk/share/go")"
cd "$T/hello"
export GOCACHE=$T/cache GOFLAGS=-buildvcs=false GOPROXY=off
expect_exit 0 "$T/sdk/bin/go" build -trimpath -o "$T/program" .
cmp "$T/program" "$hello/bin/hello"
ok "the program has the same bytes without Nix: $(sha256sum "$T/program" | cut -c1-16)"
# The compiler's own name is a part of Go's build ID, which nixpkgs' buildGoModule leaves out.
plain=$(build 1.24.4 linux/arm64 --cgo)
expect_exit 0 "$plain/bin/go" build -trimpath -ldflags=-buildid= -o "$T/by-debian" .
expect_exit 0 "$T/sdk/bin/go" build -trimpath -ldflags=-buildid= -o "$T/by-nix" .
cmp "$T/by-debian" "$T/by-nix"
ok "and but for Go's build ID those of the SDK that gostrap build makes with Debian's compiler by its own name"

# ---- static, shells ----------------------------------------------------------------------------------------------------
expect_exit 0 "$GOSTRAP" inspect "$(made helloStatic)/bin/hello" --expect static,cgo,linux/arm64
ok "static = true makes static programs"

expect_exit 0 env PATH=/usr/sbin:/usr/bin PKG_CONFIG_PATH=/nowhere CGO_ENABLED= "$(command -v nix)" develop "$flake#go_1_24_4.arm64-cgo" "${stand_in[@]}" \
  --command bash -c 'go run . && go test . && go env CC CGO_ENABLED && echo "path ${PKG_CONFIG_PATH-} asks ${GOSTRAP_PKG_CONFIG##*/}"'
expect_match '^C says 42 on linux/arm64$'
expect_match '^ok  	example.org/hello'
expect_match '^go_linux_arm64_cc$'
expect_match '^path  asks aarch64-unknown-linux-gnu-pkg-config$'
ok "nix develop .#go_1_24_4.arm64-cgo: go run and go test, with C"
