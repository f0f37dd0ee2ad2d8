gostrap_file="@file@"
[ ! -f "$gostrap_file" ] || . "$gostrap_file"
unset gostrap_file
