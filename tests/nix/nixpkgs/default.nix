# A stand-in for nixpkgs, for machines that can reach neither GitHub nor a binary cache: derivations that link to what
# Debian installed under /usr. ../README.md says what it cannot show.
{
  system ? builtins.currentSystem,
  overlays ? [ ],
  config ? { },
}:
let
  lib = import ./lib.nix;

  # The Debian packages under /usr and their versions, as host.sh prints them.
  host = lib.importJSON ./host.json;

  raw =
    attrs:
    derivation (
      {
        inherit system;
        builder = "/usr/bin/bash";
        # What a build may see beside its inputs; nix.conf must list them in allowed-impure-host-deps.
        __impureHostDeps = [
          "/usr/bin"
          "/usr/lib"
          "/usr/lib64"
          "/usr/libexec"
          "/usr/include"
          "/usr/share"
          "/bin"
          "/lib"
          "/lib64"
          "/etc/alternatives"
          "/etc/ssl"
        ];
      }
      // attrs
    );

  # A package that is links into /usr. `debian` names the packages behind it; the first one gives the version.
  hostPackage =
    {
      pname,
      debian ? [ pname ],
      bin ? [ ],
      pc ? [ ],
      links ? { },
      hook ? "",
    }:
    let
      pin = d: host.${d} or (throw "stand-in for nixpkgs: ${pname} needs Debian's ${d}, which is not installed");
      version = lib.elemAt (lib.match "([0-9]+:)?([0-9]+([.][0-9]+)*).*" (pin (lib.head debian))) 1;
    in
    raw {
      inherit pname version;
      name = "${pname}-${version}";
      inherit bin pc hook;
      debianVersions = map (d: "${d}=${pin d}") debian;
      links = map (to: "${to}=${links.${to}}") (lib.attrNames links);
      PATH = "/usr/bin";
      args = [
        "-euc"
        ''
          link() { [ -e "$1" ] || { echo "$1 is not on this machine" >&2; exit 1; }; mkdir -p "''${2%/*}"; ln -s "$1" "$2"; }
          mkdir $out
          for b in $bin; do link /usr/bin/$b $out/bin/$b; done
          for p in $pc; do
            for d in /usr/lib/x86_64-linux-gnu /usr/lib /usr/share; do [ ! -e $d/pkgconfig/$p.pc ] || break; done
            link $d/pkgconfig/$p.pc $out/lib/pkgconfig/$p.pc
          done
          for l in $links; do link "''${l#*=}" "$out/''${l%%=*}"; done
          if [ -n "$hook" ]; then mkdir $out/nix-support; printf '%s\n' "$hook" > $out/nix-support/setup-hook; fi
        ''
      ];
    }
    // {
      passthru = { };
      meta.mainProgram = lib.head (bin ++ [ pname ]);
    };

  mkDerivation =
    stdenv: f:
    let
      attrs = if lib.isFunction f then lib.fix (self: f (self // { finalPackage = drv; })) else f;
      arguments = removeAttrs attrs [ "meta" "passthru" ] // {
        name = attrs.name or "${attrs.pname}-${attrs.version}";
        outputs = attrs.outputs or [ "out" ]; # nix develop reads it from the environment
        stdenv = stdenv.setup;
        nativeBuildInputs = lib.flatten (attrs.nativeBuildInputs or [ ]);
        buildInputs = lib.flatten (attrs.buildInputs or [ ]);
      };
      drv =
        raw (arguments // { args = [ "-c" "source $stdenv/setup; genericBuild" ]; })
        // {
          passthru = { };
          meta = { };
          # everything that the build needs, as one path to copy
          inputDerivation = raw (
            removeAttrs arguments [ "outputHash" "outputHashMode" ]
            // {
              name = "inputs-of-${arguments.name}";
              PATH = "/usr/bin";
              args = [ "-c" "export > $out" ];
            }
          );
        }
        // lib.filterAttrs (n: _: n == "passthru" || n == "meta") attrs
        // attrs.passthru or { }
        // {
          overrideAttrs = g: mkDerivation stdenv (attrs // g attrs);
        };
    in
    drv;

  makeStdenv =
    base: name:
    lib.fix (self: {
      inherit system name;
      hostPlatform = {
        inherit system;
      };
      mkDerivation = mkDerivation self;
      setup = raw {
        inherit name base;
        PATH = "/usr/bin";
        setup = ./setup.sh;
        args = [ "-euc" "mkdir $out; sed \"s#@base@#$base#g\" $setup > $out/setup" ];
      };
    });
in
lib.fix (
  lib.foldl' (f: overlay: lib.extends overlay f) (import ./packages.nix {
    inherit lib hostPackage makeStdenv system;
    again = more: import ./. { inherit system config; overlays = overlays ++ [ more ]; };
  }) overlays
)
