#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# encode-icon.sh ENCODER SVG SIZE OUTPUT: GTK's encoder gives its file a name of its own.
set -eu
case $1 in
  *rsvg-convert) exec "$1" --width "$3" --height "$3" --output "$4" "$2" ;;
esac
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$1" --output "$dir" "$2" "${3}x$3"
mv "$dir"/*.symbolic.png "$4"
