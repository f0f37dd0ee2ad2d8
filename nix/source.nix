# The canonical source of a release. Its path depends on its name and its pinned hash only: whoever puts the tree into a
# store beforehand (`nix run .#add-source`) never fetches it.
{
  lib,
  stdenvNoCC,
  cacert,
  gostrap,
}:
release:
stdenvNoCC.mkDerivation {
  name = "go-${release.version}-source";

  outputHashMode = "recursive";
  outputHash = release.source;

  nativeBuildInputs = [ gostrap ];
  SSL_CERT_FILE = "${cacert}/etc/ssl/certs/ca-bundle.crt";
  impureEnvVars = lib.fetchers.proxyImpureEnvVars ++ [ "GOSTRAP_MIRROR" ];
  preferLocalBuild = true;

  buildCommand = ''
    cd "$NIX_BUILD_TOP"
    gostrap source ${release.version} --out "$out" --provenance provenance.json || {
      echo "From an archive, without the network: nix run .#add-source -- ${release.version} ARCHIVE" >&2
      exit 1
    }
    cat provenance.json
  '';

  passthru = {
    inherit release;
  };
  meta = {
    description = "Source of Go ${release.version}, as upstream releases it";
    homepage = "https://go.dev/";
    license = lib.licenses.bsd3;
    platforms = lib.platforms.linux;
  };
}
