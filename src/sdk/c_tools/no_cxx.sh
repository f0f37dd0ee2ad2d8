#!/bin/sh
# Stands for the C++ compiler of an SDK for @port@ that has none.
printf '%s\n' "${0##*/}: beside "@compiler@", to which this SDK is bound, there is no C++ compiler: with one, "@again@ >&2
exit 2
