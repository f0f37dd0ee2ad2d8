PS1=${PS1-'$ '}
PS1=@prompt@${PS1#@outer@}
