# shellcheck shell=bash
# bash completion of gostrap, which says itself what a word can be.

_gostrap() {
  local program=$1 kind prefix
  local -a lines
  COMPREPLY=()
  # shellcheck disable=SC2088 # as it was typed
  if [[ $program == '~/'* ]]; then program=$HOME/${program:2}; fi
  type -P -- "$program" >/dev/null || program=gostrap # an alias
  mapfile -t lines < <(command -- "$program" complete "--word-breaks=$COMP_WORDBREAKS" \
    "--bash-line=${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
  [ ${#lines[@]} -gt 0 ] || return 0
  kind=${lines[0]%%$'\t'*} prefix=${lines[0]#*$'\t'}
  COMPREPLY=("${lines[@]:1}")
  if [ "$kind" = command ]; then
    _gostrap_command "$2"
  elif [ ${#COMPREPLY[@]} = 1 ]; then
    if [[ ${COMPREPLY[0]} == *= ]]; then compopt -o nospace; fi
  elif [ ${#COMPREPLY[@]} = 0 ] && [ "$kind" != words ]; then
    _gostrap_files "$kind" "$prefix" "$2"
  fi
}

# The command behind `gostrap exec PORT --`.
_gostrap_command() {
  local at=1
  while [ "$at" -lt "$COMP_CWORD" ] && [ "${COMP_WORDS[at]}" != -- ]; do at=$((at + 1)); done
  at=$((at + 1))
  COMPREPLY=()
  if declare -F _comp_command_offset >/dev/null; then
    _comp_command_offset "$at"
  elif declare -F _command_offset >/dev/null; then
    _command_offset "$at"
  elif [ "$at" = "$COMP_CWORD" ]; then
    mapfile -t COMPREPLY < <(compgen -c -- "$1")
  else
    compopt -o bashdefault -o default
  fi
}

# readline knows best how a file's name is quoted; but a name behind "--store=" it finds only where '=' breaks words.
_gostrap_files() { # KIND PREFIX WORD
  local action=-f each
  if [ "$1" = directories ]; then action=-d; fi
  if [ -n "$2" ]; then
    while IFS= read -r each; do
      if [ -d "$each" ]; then each+=/; fi
      printf -v each %q "$each"
      COMPREPLY+=("$2$each")
    done < <(compgen "$action" -- "${3#"$2"}")
    compopt -o nospace
  elif [ "$1" = directories ]; then
    compopt -o dirnames
  else
    compopt -o bashdefault -o default
  fi
}

complete -o nosort -F _gostrap gostrap 2>/dev/null || complete -F _gostrap gostrap
