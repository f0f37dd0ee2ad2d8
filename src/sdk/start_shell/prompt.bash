# Puts before bash's prompt which SDK is on, and takes away what an outer shell has put there.
# shellcheck shell=bash disable=SC2016,SC2128,SC2178 # the prompt's variables are bash's, and PROMPT_COMMAND may be either
[ -z "${PS1+x}" ] || PS1=${PS1#@outer@}
# what makes PS1 anew before each prompt comes first
gostrap_each='case ${PS1-} in "${GOSTRAP_PROMPT-}"*) ;; *) PS1=${GOSTRAP_PROMPT-}${PS1-} ;; esac'
case "${PROMPT_COMMAND[*]-}" in
  *"$gostrap_each"*) ;;
  *)
    if [[ $(declare -p PROMPT_COMMAND 2>/dev/null) == 'declare -a'* ]]; then
      PROMPT_COMMAND+=("$gostrap_each")
    else
      PROMPT_COMMAND=${PROMPT_COMMAND:+$PROMPT_COMMAND$'\n'}$gostrap_each
    fi
    ;;
esac
unset gostrap_each
