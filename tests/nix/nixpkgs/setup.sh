# shellcheck shell=bash disable=SC1091,SC2154,SC2086
# The phases of nixpkgs' stdenv, in small. Sourced by the builder and by `nix develop`.
export PATH=@base@/bin PKG_CONFIG_LIBDIR='' PKG_CONFIG_PATH='' CMAKE_PREFIX_PATH='' SOURCE_DATE_EPOCH=315532800 LC_ALL=C TZ=UTC
[ -n "${IN_NIX_SHELL-}" ] || export HOME=/homeless-shelter
_input() {
  local _more=()
  [ ! -d "$1/bin" ] || PATH=$1/bin:$PATH
  [ ! -d "$1/lib/pkgconfig" ] || PKG_CONFIG_PATH=$1/lib/pkgconfig:$PKG_CONFIG_PATH
  CMAKE_PREFIX_PATH=$1:$CMAKE_PREFIX_PATH
  [ ! -f "$1/nix-support/setup-hook" ] || source "$1/nix-support/setup-hook"
  # as stdenv has it: what a native input has in propagated-native-build-inputs, it leaves alone
  [ -f "$1/nix-support/propagated-build-inputs" ] || return 0
  read -ra _more <"$1/nix-support/propagated-build-inputs"
  for _p in "${_more[@]}"; do _input "$_p"; done
}
libraryHooks=()
for _p in ${nativeBuildInputs-} ${buildInputs-}; do _input "$_p"; done
# what a C compiler among the inputs does with the libraries among them
for _hook in "${libraryHooks[@]}"; do
  for _p in ${buildInputs-}; do "$_hook" "$_p"; done
done

# runHook preBuild: the hooks that inputs added, then the derivation's own
runHook() {
  local _hook _hooks="$1Hooks[@]"
  for _hook in "${!_hooks}"; do "$_hook"; done
  [ -z "${!1-}" ] || eval "${!1}"
}

unpackPhase() {
  cp -r --no-preserve=ownership "$src" source
  chmod -R u+w source
  cd source
}
configurePhase() {
  [ -n "${useCmake-}" ] || return 0
  [ ! -d /ccache ] || export CCACHE_DIR=/ccache CMAKE_CXX_COMPILER_LAUNCHER=/usr/bin/ccache CCACHE_SLOPPINESS=pch_defines,time_macros
  cmake -S . -B build ${useNinja:+-G Ninja} -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$out" ${cmakeFlags-}
  cd build
}
buildPhase() { ninja -j"$NIX_BUILD_CORES"; }
checkPhase() { ctest --output-on-failure; }
installPhase() { cmake --install .; }

_ended() {
  local status=$?
  [ "$status" = 0 ] || [ -z "${failureHook-}" ] || eval "$failureHook"
}

genericBuild() {
  set -eu
  trap _ended EXIT
  if [ -n "${buildCommand-}" ]; then
    eval "$buildCommand"
    return
  fi
  local phase skip
  for phase in unpackPhase configurePhase buildPhase ${doCheck:+checkPhase} installPhase ${doInstallCheck:+installCheckPhase}; do
    skip=dont${phase^} && skip=${skip%Phase}
    [ -z "${!skip-}" ] || continue
    echo "Running phase: $phase"
    if [ -n "${!phase-}" ]; then eval "${!phase}"; else "$phase"; fi
  done
}
