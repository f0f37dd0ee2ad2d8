@zdotdir@
[[ ! -f ${ZDOTDIR:-$HOME}/.zshenv ]] || source ${ZDOTDIR:-$HOME}/.zshenv
gostrap_own=${ZDOTDIR-}
export ZDOTDIR=@here@
