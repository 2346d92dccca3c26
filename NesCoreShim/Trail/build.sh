#!/bin/sh
# Builds Trail.nes: the levels become levels.s (needs the .NET SDK), the sources become the image (needs cc65's ca65 and ld65).
#   ./build.sh [output]                 the output defaults to Trail.nes beside this script
#   ./build.sh --assemble [output]      takes levels.s as it is, without the .NET SDK
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if [ "${1:-}" = --assemble ]; then
    shift
else
    dotnet run --project "$here/LevelTool" -- "$here/levels" "$here/levels.s"
fi
out=${1:-$here/Trail.nes}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ca65 -I "$here" -o "$work/trail.o" "$here/trail.s"
ld65 -C "$here/trail.cfg" -o "$out" "$work/trail.o"
