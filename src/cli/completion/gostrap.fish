# fish completion of gostrap, which says itself what a word can be.

function __gostrap_complete
    set -l before (commandline -opc)
    set -l token (commandline -ct)
    set -l program $before[1]
    set -e before[1]
    string match -q '~/*' -- $program; and set program $HOME/(string sub -s 3 -- $program)
    command -q -- $program; or set program gostrap # an abbreviation, an alias
    set -l typed (string unescape -- $token)
    set -q typed[1]; or set typed (string replace -ra '^["\']' '' -- $token)
    set -l lines (command $program complete -- $before "$typed" 2>/dev/null)
    set -q lines[1]; or return

    set -l first (string split -m 1 \t -- $lines[1])
    if test $first[1] = command
        set -e before[1..$first[2]]
        complete -C (string join -- ' ' (string escape -- $before) $token)
        return
    end
    set -e lines[1]
    printf '%s\n' $lines
    test $first[1] = words; and return

    set -l value (string sub -s (math 1 + (string length -- "$first[2]")) -- "$token")
    # of a command that nobody knows fish completes files
    set -l files (complete -C "__gostrap_no_such_command $value")
    test $first[1] = directories; and set files (string match -r '.*/$' -- $files)
    test (count $files) -gt 0; and printf '%s\n' $first[2]$files
end

complete -c gostrap -f -k -a '(__gostrap_complete)'
