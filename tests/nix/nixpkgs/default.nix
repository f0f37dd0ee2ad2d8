# A stand-in for nixpkgs, for machines that can reach neither GitHub nor a binary cache: derivations that link to what
# Debian installed under /usr. ../README.md says what it cannot show.
{
  system ? builtins.currentSystem,
  # what programs are for, where that is another machine
  crossSystem ? null,
  overlays ? [ ],
  config ? { },
}:
let
  lib = import ./lib.nix;
  minimum = import ./minver.nix;

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
      files ? { },
      hook ? "",
    }:
    let
      # since 2024 libraries with a time_t in them have another name
      pin = d: host.${d} or host."${d}t64" or (throw "stand-in for nixpkgs: ${pname} needs Debian's ${d}, which is not installed");
      version = lib.elemAt (lib.match "([0-9]+:)?([0-9]+([.][0-9]+)*).*" (pin (lib.head debian))) 1;
    in
    raw {
      inherit pname version;
      name = "${pname}-${version}";
      inherit bin pc hook;
      debianVersions = map (d: "${d}=${pin d}") debian;
      links = map (to: "${to}=${links.${to}}") (lib.attrNames links);
      written = lib.attrNames files;
      texts = lib.concatMapStringsSep "\n--\n" (to: files.${to}) (lib.attrNames files);
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
          for w in $written; do mkdir -p "$out/''${w%/*}"; printf '%s\n' "''${texts%%$'\n--\n'*}" > "$out/$w"; texts=''${texts#*$'\n--\n'}; done
          if [ -n "$hook" ]; then mkdir $out/nix-support; printf '%s\n' "$hook" > $out/nix-support/setup-hook; fi
        ''
      ];
    }
    // {
      passthru = { };
      meta.mainProgram = lib.head (bin ++ [ pname ]);
    };

  # an input is its dev output, where it has one
  getDev = input: input.dev or input;
  inputs = lists: map getDev (lib.flatten lists);

  mkDerivation =
    stdenv: f:
    let
      function = if lib.isFunction f then f else _: f;
      attrs = lib.fix (self: function (self // { finalPackage = drv; }));
      env = attrs.env or { };
      overlap = lib.filter (name: attrs ? ${name}) (lib.attrNames env);
      arguments =
        removeAttrs attrs [ "meta" "passthru" "env" ]
        // env
        // {
          name = (attrs.name or "${attrs.pname}-${attrs.version}") + lib.concatStringsSep "" (lib.optional stdenv.cross "-${crossSystem}");
          outputs = attrs.outputs or [ "out" ]; # nix develop reads it from the environment
          stdenv = stdenv.setup;
          nativeBuildInputs = inputs [
            (attrs.nativeBuildInputs or [ ])
            (lib.optionals (attrs.doInstallCheck or false) (attrs.nativeInstallCheckInputs or [ ]))
          ];
          buildInputs = inputs (attrs.buildInputs or [ ]);
        };
      drv =
        assert overlap == [ ] || throw "the env attribute set cannot contain any attributes passed to derivation: ${toString overlap}";
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
        // lib.filterAttrs (n: _: n == "passthru" || n == "meta" || n == "env") attrs
        // attrs.passthru or { }
        // {
          # of `old: …` and of `finalAttrs: old: …`
          overrideAttrs =
            g:
            mkDerivation stdenv (
              self:
              let
                old = function self;
                once = g old;
              in
              old // (if lib.isFunction once then g self old else once)
            );
        };
    in
    drv;

  platform = system: {
    inherit system;
    go = {
      GOARCH =
        {
          x86_64-linux = "amd64";
          x86_64-windows = "amd64";
          aarch64-linux = "arm64";
          aarch64-darwin = "arm64";
          riscv64-linux = "riscv64";
        }
        .${system};
      GOOS = lib.last (lib.splitString "-" system);
    };
  };

  makeStdenv =
    cc: base: name:
    lib.fix (self: {
      inherit system name;
      cross = crossSystem != null;
      inherit cc;
      buildPlatform = platform system;
      hostPlatform = platform (if crossSystem == null then system else crossSystem);
      mkDerivation = mkDerivation self;
      setup = raw {
        inherit name base;
        PATH = "/usr/bin";
        setup = ./setup.sh;
        args = [ "-euc" "mkdir $out; sed \"s#@base@#$base#g\" $setup > $out/setup" ];
      };
    });
in
if builtins.compareVersions builtins.nixVersion minimum < 0 then
  abort "This version of Nixpkgs requires Nix >= ${minimum}, please upgrade"
else
  lib.fix (
    lib.foldl' (f: overlay: lib.extends overlay f) (import ./packages.nix {
      inherit lib raw host hostPackage makeStdenv system crossSystem;
      again = more: import ./. ({ inherit system crossSystem config overlays; } // more);
    }) overlays
  )
