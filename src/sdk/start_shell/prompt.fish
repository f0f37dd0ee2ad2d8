functions -q fish_prompt; or function fish_prompt; echo '> '; end
functions -c fish_prompt gostrap_own_prompt
function gostrap_status; return $argv[1]; end
function fish_prompt
    set -l gostrap_code $status
    echo -ns @prompt@
    gostrap_status $gostrap_code # the user's own may show it
    gostrap_own_prompt
end
