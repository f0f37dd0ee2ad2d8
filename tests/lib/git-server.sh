# shellcheck shell=bash
# serve_git REPOSITORY [NGINX_DIRECTIVES]: serves it on loopback with git's own http backend behind nginx, until the test
# ends; prints its URL. The directives stand in nginx's server block. Needs git, nginx and fcgiwrap.
serve_git() {
  local dir port
  dir=$(mktemp -d "$T/git-server-XXXXXX")
  port=$(free_port)
  mkdir "$dir/root"
  ln -s "$1" "$dir/root/go.git"
  touch "$dir/root/go.git/git-daemon-export-ok"
  cat >"$dir/nginx.conf" <<CONF
daemon on; pid $dir/nginx.pid; error_log $dir/error.log; worker_processes 1; user root;
events { worker_connections 64; }
http {
  access_log $dir/access.log;
  client_body_temp_path $dir/body; proxy_temp_path $dir/proxy; fastcgi_temp_path $dir/fastcgi;
  uwsgi_temp_path $dir/uwsgi; scgi_temp_path $dir/scgi;
  server {
    listen 127.0.0.1:$port;
    ${2-}
    location / {
      fastcgi_pass unix:$dir/fcgi.sock;
      fastcgi_param SCRIPT_FILENAME $(git --exec-path)/git-http-backend;
      fastcgi_param GIT_PROJECT_ROOT $dir/root;
      fastcgi_param GIT_CONFIG_COUNT 1;
      fastcgi_param GIT_CONFIG_KEY_0 safe.directory;
      fastcgi_param GIT_CONFIG_VALUE_0 *;
      fastcgi_param PATH_INFO \$uri;
      fastcgi_param QUERY_STRING \$query_string;
      fastcgi_param REQUEST_METHOD \$request_method;
      fastcgi_param CONTENT_TYPE \$content_type;
      fastcgi_param CONTENT_LENGTH \$content_length;
      fastcgi_param HTTP_CONTENT_ENCODING \$http_content_encoding;
      fastcgi_param HTTP_GIT_PROTOCOL \$http_git_protocol;
      client_max_body_size 0;
    }
  }
}
CONF
  setsid fcgiwrap -s "unix:$dir/fcgi.sock" -c 2 >"$dir/fcgi.log" 2>&1 </dev/null &
  echo $! >"$dir/fcgi.pid"
  wait_for test -S "$dir/fcgi.sock"
  nginx -c "$dir/nginx.conf" -e "$dir/error.log" >/dev/null 2>&1 || fail "nginx does not start: $(cat "$dir/error.log")"
  printf 'http://127.0.0.1:%s/go.git\n' "$port"
}

# bad_line URL ACTION [ARGUMENT]: the same place behind a line on which something is wrong (bad-line.pl tells the actions);
# prints the URL.
bad_line() {
  local dir authority=${1#*://}
  authority=${authority%%/*}
  dir=$(mktemp -d "$T/git-server-line-XXXXXX")
  setsid perl "$GOSTRAP_SOURCE_DIR/tests/lib/bad-line.pl" "$dir/state" "${authority##*:}" "${@:2}" >"$dir/log" 2>&1 </dev/null &
  echo $! >"$dir/line.pid"
  wait_for test -s "$dir/state"
  ln -sfn "$dir" "$T/newest-line"
  printf '%s\n' "${1%%://*}://${authority%:*}:$(cat "$dir/state")/${1#*://*/}"
}

# calls: how often the newest bad line was called.
calls() { wc -l <"$T/newest-line/state.calls"; }

# Ends every server of this test; preamble's clean_up calls it.
stop_git_servers() {
  local pid
  for pid in "$T"/git-server-*/*.pid; do
    [ ! -f "$pid" ] || kill -- "-$(cat "$pid")" 2>/dev/null || kill "$(cat "$pid")" 2>/dev/null || true
  done
}

# A port of loopback that nobody listens on.
free_port() {
  local port
  while port=$((20000 + RANDOM % 12000)); do  # below those that connections are given
    if ! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then echo "$port" && return; fi
  done
}

# wait_for COMMAND…: until it succeeds, for ten seconds at most.
wait_for() {
  local deadline=$((SECONDS + 10))
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || fail "waited in vain for: $*"
    read -rt 0.05 <> <(:) || true
  done
}
