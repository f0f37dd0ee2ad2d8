#!/bin/sh
# The archiver that belongs to the C compiler of an SDK for @port@.
ZERO_AR_DATE=1
export ZERO_AR_DATE
exec @ar@ "$@"
