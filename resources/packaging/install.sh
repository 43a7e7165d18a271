#!/bin/sh
# Puts Convoscope into the menu of this account: the folder stays where it is. `sh install.sh --remove` takes it out.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
share="${XDG_DATA_HOME:-$HOME/.local/share}"
entry="$share/applications/convoscope.desktop"
icon="$share/icons/hicolor/512x512/apps/convoscope.png"
if [ "${1:-}" = "--remove" ]; then
    rm -f "$entry" "$icon"
    exit 0
fi
mkdir -p "$(dirname "$entry")" "$(dirname "$icon")"
cp "$here/convoscope.png" "$icon"
sed "s|^Exec=.*|Exec=\"$here/convoscope\"|" "$here/convoscope.desktop" > "$entry"
echo "Convoscope is in the menu now; it runs from $here"
