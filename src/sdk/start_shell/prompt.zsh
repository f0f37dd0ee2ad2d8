PS1=${PS1#@outer@}
gostrap_prompt() { [[ $PS1 == "${GOSTRAP_PROMPT-}"* ]] || PS1=${GOSTRAP_PROMPT-}$PS1 }
precmd_functions+=(gostrap_prompt)
