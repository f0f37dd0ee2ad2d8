#!/bin/sh
# The Debian packages of this machine with their versions, as JSON: what default.nix lends to builds becomes a part of
# every hash.
dpkg-query -W -f '${db:Status-Status} ${Package} ${Version}\n' |
  awk '$1 == "installed" && !seen[$2]++ { printf "%s\n  \"%s\": \"%s\"", (n++ ? "," : "{"), $2, $3 } END { print "\n}" }'
