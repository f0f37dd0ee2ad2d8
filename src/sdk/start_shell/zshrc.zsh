if [[ -n $gostrap_own ]]; then export ZDOTDIR=$gostrap_own; else unset ZDOTDIR; fi
unset gostrap_own
command rm -rf -- @here@
[[ ! -f ${ZDOTDIR:-$HOME}/.zshrc ]] || source ${ZDOTDIR:-$HOME}/.zshrc
@sdk_first@
