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
fonts=$(.venv/bin/python -c 'import pylopdf_fonts_zh_cn as fonts; print(fonts.__path__[0])')
printf '<fontconfig><dir>%s</dir><cachedir>%s</cachedir></fontconfig>' "$fonts" "$out/fonts" >"$out/fonts.conf"
FONTCONFIG_FILE=$out/fonts.conf chromium --headless --no-sandbox --disable-gpu --no-first-run \
    --disable-background-networking --user-data-dir="$out/chromium" --window-size=1240,860 \
    --hide-scrollbars --screenshot=docs/images/dashboard.png "file://$run/index.html" 2>/dev/null
