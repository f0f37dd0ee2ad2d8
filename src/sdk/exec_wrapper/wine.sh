#!/bin/sh
# Runs a @port@ program with Wine; cmd/go calls it for go run and go test.
if [ -z "${WINEDEBUG-}" ]; then WINEDEBUG=-all; fi
# The DLLs of the C compiler.
WINEPATH=${WINEPATH:+$WINEPATH;}@libraries@
export WINEDEBUG WINEPATH
gostrap_names=@wine@ gostrap_wine=''
for gostrap_name in $gostrap_names; do
  if [ -z "$gostrap_wine" ]; then gostrap_wine=$(command -v "$gostrap_name" 2>/dev/null); fi
done
if [ -z "$gostrap_wine" ]; then
  printf '%s\n' "@wrapper@: Wine is not there: "@install@ >&2
  exit 2
fi

# Programs of Go take random numbers from bcryptprimitives.dll, which older Wines (Debian 12's 8.0) do not have: the SDK's own
# compiler makes it, once, in Wine's directory.
gostrap_windows=${WINEPREFIX:-${HOME-}/.wine}/drive_c/windows
if [ ! -d "$gostrap_windows/system32" ]; then "$gostrap_wine" wineboot -i >/dev/null 2>&1 </dev/null; fi
gostrap_system=$gostrap_windows/@system@
if [ ! -d "$gostrap_system" ]; then gostrap_system=$gostrap_windows/system32; fi
gostrap_dll=$gostrap_system/bcryptprimitives.dll
if [ -d "$gostrap_system" ] && [ ! -e "$gostrap_dll" ]; then
  printf '%s\n' "@wrapper@: this Wine has no bcryptprimitives.dll, which Go's programs need: one is made in $gostrap_system" >&2
  gostrap_wrapper=$0
  if [ -L "$gostrap_wrapper" ]; then gostrap_wrapper=$(readlink -f -- "$gostrap_wrapper"); fi
  if GOOS='' GOARCH='' "${gostrap_wrapper%/*}/@compiler@" -shared -O1 -x c -o "$gostrap_dll.$$" - -ladvapi32 >&2 <<'C'
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) { return SystemFunction036(data, (ULONG)size); }
C
  then mv -f "$gostrap_dll.$$" "$gostrap_dll"; fi
fi
exec "$gostrap_wine" "$@"
