# shellcheck shell=bash
# Sourced after preamble.sh by tests of gostrap serve: servers on loopback, stopped when the test ends.

servers=()
stop_servers() { [ ${#servers[@]} = 0 ] || kill "${servers[@]}" 2>/dev/null || true; }

# serve WORDS…: in the background, with its process in $server and its address in $url and $port
serve() {
  rm -f "$T/serve.out"
  env --default-signal=INT,TERM,HUP "$GOSTRAP" serve "$@" >"$T/serve.out" 2>"$T/serve.err" &
  server=$! deadline=$((SECONDS + 60))
  servers+=("$server")
  until grep -qs '^unset' "$T/serve.out" || ! kill -0 "$server" 2>/dev/null; do
    [ "$SECONDS" -lt $deadline ] || fail "the server does not begin"
    sleep 0.02
  done
  url=$(sed -n 's/^export GOPROXY=//p' "$T/serve.out")
  # shellcheck disable=SC2034 # for the tests
  port=${url##*:}
}
stopped() { # SIGNAL: it ends at once and cleanly
  local status=0 each left=()
  kill -"$1" "$server"
  wait "$server" || status=$?
  expect_equal "exit status after SIG$1" 0 "$status"
  for each in "${servers[@]}"; do [ "$each" = "$server" ] || left+=("$each"); done
  servers=("${left[@]}")
}
