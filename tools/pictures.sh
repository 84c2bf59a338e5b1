#!/bin/sh
# Draws the pictures of the README from the sample campaign: docs/images/*.png
set -eu

here=$(readlink -f -- "$0")
root=${here%/tools/*}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cd "$root"
./branchscore evaluate --out "$out" >/dev/null
run=$out/jingan-2023/latest
page() { pdftoppm -png -r "$3" -f 1 -l 1 -singlefile "$run/$1" "docs/images/$2"; }
page certificates/JA-07.pdf certificate 72
page branches/JA-07.pdf report 64
page summary.pdf summary 60
