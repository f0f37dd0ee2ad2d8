# shellcheck shell=bash
# use gostrap [PORT [OPTIONS OF gostrap env]]: for direnv's .envrc. `gostrap env --direnv` prints this; it belongs into
# ~/.config/direnv/lib. The SDK is that of gostrap.lock, go.work or go.mod, and is looked up again when one of them changes.
use_gostrap() {
  local gostrap_directory=$PWD gostrap_name gostrap_lines
  while :; do
    # a file that is not there yet is watched, too
    for gostrap_name in gostrap.lock go.work go.mod .go-version; do
      watch_file "${gostrap_directory%/}/$gostrap_name"
    done
    case $gostrap_directory in */*/*) gostrap_directory=${gostrap_directory%/*} ;; *) break ;; esac
  done
  case ${GOWORK-} in '' | off) ;; *) watch_file "$GOWORK" ;; esac
  gostrap_lines=$(gostrap env "$@" --shell bash) || return
  eval "$gostrap_lines"
  watch_file "$(command -v go)" # prune may remove it
}
