#!/bin/sh
# The command `palimpsest`. Window and commands have launchers of their own, each with a record of what its start needs.
case ${1:-} in
    '' | window | *.palimpsest) exec /opt/palimpsest/bin/palimpsest "$@" ;;
    *) exec /opt/palimpsest/bin/palimpsest-cli "$@" ;;
esac
