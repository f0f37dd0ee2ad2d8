# Upstream's archive of a hosted toolchain, as one file. Upstream's checksum fixes what comes out: the path depends on the file's
# name and that checksum only, and it is the path of the downloaded file. So another gostrap, or another way to have the file
# (origin = "published", a cache, nix-store --add-fixed sha256 FILE), changes nothing that is made from it.
#
# Such a path proves bits, not building. fromSource does: the same is built in an ordinary derivation, without network.
{
  lib,
  stdenvNoCC,
  fetchurl,
  gostrap,
  releases,
  ownPort,
  origin,
  built,
}:
let
  # Builds the archive and compares; `finish` says what of it goes to $out.
  build =
    {
      release,
      port,
      host,
      finish,
    }:
    attrs:
    let
      file = releases.archiveName release port;
    in
    stdenvNoCC.mkDerivation (
      {
        strictDeps = true;
        nativeBuildInputs = [ gostrap ];
        requiredSystemFeatures = [ "big-parallel" ];
        published = release.archives.${file};
        buildCommand = ''
          cd "$NIX_BUILD_TOP"
          status=0
          gostrap archives ${port.name} --host ${host} --out made --log make.log --provenance provenance.json \
            --jobs "''${NIX_BUILD_CORES:-0}" || status=$?
          for file in make.log provenance.json; do
            if [ -f "$file" ]; then cat "$file"; fi
          done
          [ "$status" = 0 ]
          read -r made _ < <(sha256sum made/${file})
          if [ "$made" != "$published" ]; then
            echo "gostrap: ${file} was built, and is not what upstream published: its SHA-256 is" >&2
            echo "  $made, and the published one's is" >&2
            echo "  $published" >&2
            exit 1
          fi
          ${finish file}
        '';
        passthru = {
          inherit release port;
        };
        meta = {
          homepage = "https://go.dev/";
          license = lib.licenses.bsd3;
          platforms = lib.platforms.linux;
        };
      }
      // attrs
    );

  downloaded =
    release: port:
    let
      file = releases.archiveName release port;
    in
    fetchurl {
      name = file;
      urls = [
        "https://go.dev/dl/${file}"
        "https://dl.google.com/go/${file}"
      ];
      sha256 = release.archives.${file};
    };

  archive =
    release: port:
    if origin == "published" then
      downloaded release port
    else
      build
        {
          inherit release port;
          host = if port.name == ownPort.name then built release else archive release ownPort;
          finish = file: "cp made/${file} $out";
        }
        {
          name = releases.archiveName release port;
          outputHashMode = "flat";
          outputHashAlgo = "sha256";
          outputHash = release.archives.${releases.archiveName release port};
        };
in
{
  inherit archive;

  fromSource =
    release: port:
    build
      {
        inherit release port;
        host = built release;
        finish = file: ''echo "$published  ${file}" >$out'';
      }
      {
        pname = "go-from-source-${port.dashed}";
        inherit (release) version;
      };
}
