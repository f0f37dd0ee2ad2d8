# Runs a program in delve, which waits for one who connects: sh debug PROGRAM [ARGUMENT…]
# shellcheck disable=SC3021 # a number is filled in
if ! command -v dlv >/dev/null 2>&1; then
  echo "gostrap: dlv is not on PATH: install delve (Debian: apt-get install delve; Nix: pkgs.delve)" >&2
  exit 2
fi
printf 'gostrap: %s waits for a debugger. In another terminal: dlv connect ADDRESS, which the next line has:\n' "$1" |
  LC_ALL=C tr '\001-\011\013-\037\177' '?' >&@said@
gostrap_program=$1
shift
# delve says its address, too, where go test keeps what it prints
exec dlv exec --headless --api-version=2 --log-dest=@said@ --listen=127.0.0.1:0 "$gostrap_program" -- "$@"
