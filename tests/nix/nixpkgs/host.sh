#!/bin/sh
# The Debian packages of this machine with their versions, as JSON: what default.nix lends to builds becomes a part of
# every hash. Beside them what libcurl's .pc file asks for privately, and those ask for: nixpkgs' pkg-config does not.
todo=libcurl private=''
while [ -n "$todo" ]; do
  # shellcheck disable=SC2086 # words
  set -- $todo
  each=$1 && shift
  todo=$*
  for more in $(pkg-config --print-requires --print-requires-private "$each" 2>/dev/null | sed 's/[ <>=].*//'); do
    case " $private " in *" $more "*) ;; *) private="$private${private:+ }$more" todo="$todo $more" ;; esac
  done
done
dpkg-query -W -f '${db:Status-Status} ${Package} ${Version}\n' |
  awk -v private="$private" '
    BEGIN { printf "{" }
    $1 == "installed" && !seen[$2]++ { printf "%s\n  \"%s\": \"%s\"", (n++ ? "," : ""), $2, $3 }
    END { if (private) printf ",\n  \"private:libcurl\": \"%s\"", private; print "\n}" }'
