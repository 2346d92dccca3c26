#!/bin/sh
# Builds Trail.nes with cc65's ca65 and ld65; nothing else is needed.
#   ./build.sh [output]        the output defaults to Trail.nes beside this script
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/Trail.nes}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ca65 -I "$here" -o "$work/trail.o" "$here/trail.s"
ca65 -I "$here" -o "$work/level.o" "$here/level.s"
ld65 -C "$here/trail.cfg" -o "$out" "$work/trail.o" "$work/level.o"
