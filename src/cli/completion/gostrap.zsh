#compdef gostrap
# zsh completion of gostrap, which says itself what a word can be.

_gostrap() {
  local program=${(Q)words[1]} kind prefix each word
  local -a lines before closed open
  integer found=1
  program=${program/#\~\//$HOME/}
  [[ $program == */* && -x $program ]] || (( $+commands[$program] )) || program=gostrap # an alias
  before=("${(@Q)words[2,CURRENT-1]}")
  lines=("${(@f)$(command $program complete -- "${before[@]}" "${(Q)PREFIX}" 2>/dev/null)}")
  [[ -n ${lines[1]} ]] || return 1
  kind=${lines[1]%%$'\t'*} prefix=${lines[1]#*$'\t'}

  if [[ $kind == command ]]; then
    shift $(( prefix + 1 )) words # and the program's own name
    (( CURRENT -= prefix + 1 ))
    _normal
    return
  fi

  if [[ -n $prefix ]] && ! compset -P "${(b)prefix}"; then prefix=; fi
  for each in "${(@)lines[2,-1]}"; do
    word=${${each%%$'\t'*}#$prefix}
    each=${word//:/\\:}${${(M)each%%$'\t'*}:+:${each#*$'\t'}}
    if [[ $word == *= ]]; then open+=("$each"); else closed+=("$each"); fi
  done
  (( $#closed )) && _describe -V gostrap closed && found=0
  (( $#open )) && _describe -V gostrap open -S '' && found=0
  case $kind in
    files) _files && found=0 ;;
    directories) _files -/ && found=0 ;;
  esac
  return found
}

if [[ ${funcstack[1]} == _gostrap ]]; then # loaded by its name
  _gostrap "$@"
elif (( $+functions[compdef] )); then
  compdef _gostrap gostrap
else
  print -ru2 -- 'gostrap: the completion system is not there yet: autoload -Uz compinit && compinit'
fi
