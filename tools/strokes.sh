#!/bin/sh
# strokes.sh MODEL [SSI] - whether digits drawn with a pen are read: at least 16 of the 20 of strokes.c.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
model=$(realpath "${1:?usage: strokes.sh MODEL [SSI]}")
ssi=$(realpath "${2:-$here/../build/ssi}")

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
${CC:-cc} -O2 "$here/strokes.c" -o "$work/strokes" -lpng -lm
mkdir "$work/drawn"
"$work/strokes" "$work/drawn"
cd "$work/drawn"
"$ssi" predict "$model" *.png |
    awk -F '\t' '
        { digit = $1; sub(/.*-/, "", digit); sub(/\.png$/, "", digit); right += digit == $2
          if (digit != $2) printf "%s was read as %s (%s)\n", $1, $2, $3 }
        END { printf "%d of %d right\n", right, NR; exit NR != 20 || right < 16 }'
