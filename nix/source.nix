# The canonical source of a release: what upstream's source archive holds. Its path depends on its name and its pinned hash
# only: whoever puts the tree into a store beforehand (`nix run .#add-source`) never fetches it. So does fromGit, which
# fetches the tag with gostrap, from the release's origins or GOSTRAP_MIRROR, and ends at the same path.
{
  lib,
  stdenvNoCC,
  fetchurl,
  cacert,
  gostrap,
}:
release:
let
  archive = "go${release.version}.src.tar.gz";
  elsewhere = "From an archive, without the network: nix run .#add-source -- ${release.version} ARCHIVE";

  # One whose tree nobody has hashed yet is known by the archive that it is unpacked from.
  source =
    attrs:
    stdenvNoCC.mkDerivation (
      {
        name = "go-${release.version}-source";
        strictDeps = true;
        preferLocalBuild = true;
        meta = {
          description = "Source of Go ${release.version}, as upstream releases it";
          homepage = "https://go.dev/";
          license = lib.licenses.bsd3;
          platforms = lib.platforms.linux;
        };
      }
      // lib.optionalAttrs (release ? source) {
        outputHashMode = "recursive";
        outputHash = release.source;
      }
      // attrs
    );

  fromGit = source {
    nativeBuildInputs = [ gostrap ];
    env.SSL_CERT_FILE = "${cacert}/etc/ssl/certs/ca-bundle.crt";
    impureEnvVars = lib.fetchers.proxyImpureEnvVars ++ [ "GOSTRAP_MIRROR" ];
    buildCommand = ''
      cd "$NIX_BUILD_TOP"
      gostrap source ${release.version} --out "$out" --provenance provenance.json || {
        echo ${lib.escapeShellArg elsewhere} >&2
        exit 1
      }
      cat provenance.json
    '';
    passthru = {
      inherit release;
    };
  };

  fromArchive = source {
    src =
      (fetchurl {
        urls = [
          "https://go.dev/dl/${archive}"
          "https://dl.google.com/go/${archive}"
        ];
        sha256 = release.sourceArchive;
      }).overrideAttrs
        (_: {
          failureHook = "echo ${lib.escapeShellArg elsewhere} >&2";
        });
    buildCommand = ''
      mkdir $out
      tar -xzf $src --strip-components=1 -C $out
    '';
    passthru = {
      inherit release fromGit;
    };
  };
in
if release ? sourceArchive then fromArchive else fromGit
