# Runs a @port@ program in QEMU, where it waits for gdb, and says how that comes: sh debug PROGRAM [ARGUMENT…]
# shellcheck disable=SC3021 # a number is filled in
gostrap_quoted() { printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")"; }
@libraries@
for gostrap_qemu in @qemu@ @qemu@-static none; do
  if command -v "$gostrap_qemu" >/dev/null 2>&1; then break; fi
done
if [ "$gostrap_qemu" = none ]; then
  echo "gostrap: @qemu@ is not on PATH: install QEMU's user-mode emulation (Debian: apt-get install qemu-user; Nix: pkgs.qemu-user)" >&2
  exit 2
fi
if command -v gdb-multiarch >/dev/null 2>&1; then gostrap_gdb=gdb-multiarch; else gostrap_gdb=gdb; fi
if ! command -v "$gostrap_gdb" >/dev/null 2>&1; then
  echo "gostrap: no gdb is on PATH; Debian: apt-get install gdb-multiarch (elsewhere gdb itself knows all machines)" >&2
fi
gostrap_program=$1
case $gostrap_program in /*) ;; *) gostrap_program=$PWD/$gostrap_program ;; esac
gostrap_socket=@here@/$$
gostrap_script=@goroot@/src/runtime/runtime-gdb.py
{
  printf 'gostrap: %s waits for a debugger. In another terminal:\n' "$1"
  printf "  %s -q -iex 'set auto-load python-scripts off' %s -ex %s -ex 'target remote %s'\n" "$gostrap_gdb" \
    "$(gostrap_quoted "$gostrap_program")" "$(gostrap_quoted "source $gostrap_script")" "$gostrap_socket"
} | LC_ALL=C tr '\001-\011\013-\037\177' '?' >&@said@ # go test keeps a test's own words until it ends
# A signal that reaches a thread while another talks to gdb stops both for good, and the more load, the more of Go's own
# signals for preemption there are: one run in twenty hung. The runtime does without them.
case ,${GODEBUG-}, in
  *,asyncpreemptoff=*) ;;
  *) export GODEBUG="asyncpreemptoff=1${GODEBUG:+,$GODEBUG}" ;;
esac
# QEMU keeps signals for the program, which has not begun: it is ended for good. A background command has no standard
# input of its own accord.
"$gostrap_qemu" -g "$gostrap_socket" "$@" <&0 &
gostrap_child=$!
trap 'kill -KILL $gostrap_child 2>/dev/null' INT TERM HUP QUIT
wait $gostrap_child
