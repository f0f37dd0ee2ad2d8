# A toolchain as upstream's archive has it: unpacked, and nothing else. gostrap is not among its inputs.
{
  lib,
  stdenvNoCC,
  unzip,
  archive,
}:
name: description: release: port:
stdenvNoCC.mkDerivation {
  pname = name;
  inherit (release) version;
  src = archive release port;
  strictDeps = true;
  nativeBuildInputs = lib.optional (port.goos == "windows") unzip;
  # the bits are upstream's only as long as nobody touches them
  dontFixup = true;
  buildCommand = ''
    mkdir -p $out/share $out/bin
    ${if port.goos == "windows" then "unzip -q $src -d $out/share" else "tar -xzf $src -C $out/share"}
    cd $out/bin
    ln -s ../share/go/bin/* .
  '';
  passthru = {
    inherit release port;
    archive = archive release port;
  };
  meta = {
    inherit description;
    homepage = "https://go.dev/";
    changelog = "https://go.dev/doc/devel/release#go${release.version}";
    license = lib.licenses.bsd3;
    platforms = lib.platforms.linux;
    mainProgram = "go";
  };
}
