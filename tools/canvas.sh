#!/bin/sh
# canvas.sh MODEL [SSI] - whether digits anywhere on a large canvas are read as well as MNIST's own.
#
# Draws the first 1,000 test digits enlarged, moved and inverted on 400 x 300 pixels (canvas.c), asks `ssi predict` about
# them, and compares with the plain accuracy on the same digits. Fails when it is more than 1 point lower.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
model=${1:?usage: canvas.sh MODEL [SSI]}
ssi=${2:-$here/../build/ssi}
mnist=$here/../data/mnist
count=1000

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
${CC:-cc} -O2 "$here/canvas.c" -o "$work/canvas" -lpng -lz -lm

# The same digits as a data set of their own, for the plain accuracy: idx files with a smaller count in the header.
mkdir "$work/plain" "$work/moved"
for part in train t10k; do
    { printf '\000\000\010\003\000\000\003\350\000\000\000\034\000\000\000\034'
      gzip -dc "$mnist/t10k-images-idx3-ubyte.gz" | tail -c +17 | head -c $((count * 784)); } >"$work/plain/$part-images-idx3-ubyte"
    { printf '\000\000\010\001\000\000\003\350'
      gzip -dc "$mnist/t10k-labels-idx1-ubyte.gz" | tail -c +9 | head -c $count; } >"$work/plain/$part-labels-idx1-ubyte"
done
plain=$("$ssi" eval "$model" "$work/plain" --json | sed 's/.*"accuracy":\([0-9.]*\).*/\1/')

"$work/canvas" "$mnist/t10k-images-idx3-ubyte.gz" "$mnist/t10k-labels-idx1-ubyte.gz" $count "$work/moved"
"$ssi" predict "$model" "$work"/moved/*.png |
    awk -F '\t' -v plain="$plain" -v count=$count '
        { digit = $1; sub(/.*-/, "", digit); sub(/\.png$/, "", digit); right += digit == $2 }
        END {
            printf "plain accuracy %.4f, on large canvases %.4f, of %d digits (%d answered)\n", plain, right / count, count, NR
            exit NR != count || plain - right / count > 0.01
        }'
