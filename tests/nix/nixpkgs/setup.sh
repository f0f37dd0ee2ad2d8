# shellcheck shell=bash disable=SC1091,SC2154,SC2086
# The phases of nixpkgs' stdenv, in small. Sourced by the builder and by `nix develop`.
export PATH=@base@/bin PKG_CONFIG_LIBDIR='' CMAKE_PREFIX_PATH='' SOURCE_DATE_EPOCH=315532800 LC_ALL=C TZ=UTC
[ -n "${IN_NIX_SHELL-}" ] || export HOME=/homeless-shelter
for _p in ${nativeBuildInputs-} ${buildInputs-}; do
  [ ! -d "$_p/bin" ] || PATH=$_p/bin:$PATH
  [ ! -d "$_p/lib/pkgconfig" ] || PKG_CONFIG_LIBDIR=$_p/lib/pkgconfig:$PKG_CONFIG_LIBDIR
  CMAKE_PREFIX_PATH=$_p:$CMAKE_PREFIX_PATH
  [ ! -f "$_p/nix-support/setup-hook" ] || source "$_p/nix-support/setup-hook"
done

unpackPhase() {
  cp -r --no-preserve=ownership "$src" source
  chmod -R u+w source
  cd source
}
configurePhase() {
  [ -n "${useCmake-}" ] || return 0
  cmake -S . -B build ${useNinja:+-G Ninja} -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$out" ${cmakeFlags-}
  cd build
}
buildPhase() { ninja -j"$NIX_BUILD_CORES"; }
checkPhase() { ctest --output-on-failure; }
installPhase() { cmake --install .; }

genericBuild() {
  set -eu
  if [ -n "${buildCommand-}" ]; then
    eval "$buildCommand"
    return
  fi
  local phase skip
  for phase in unpackPhase configurePhase buildPhase ${doCheck:+checkPhase} installPhase; do
    skip=dont${phase^} && skip=${skip%Phase}
    [ -z "${!skip-}" ] || continue
    echo "Running phase: $phase"
    if [ -n "${!phase-}" ]; then eval "${!phase}"; else "$phase"; fi
  done
}
