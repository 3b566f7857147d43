# SPDX-License-Identifier: GPL-3.0-or-later
"""Which room may include what. An include that no arrow of the layer picture allows is a breach."""

import os
import re

from source import code_only, without_comments

ARROWS = {
    "core": set(),
    "store": {"core"},
    "table": {"core"},
    "paper": {"core"},
    "phd": {"core"},
    "feed": {"core"},
    "usb": {"phd", "core"},
    "virtual": {"phd", "core"},
    "session": {"core", "store", "table", "paper", "phd", "usb", "virtual", "feed"},
    "ui": {"session", "core"},
    "ctl": {"session", "core"},
}

# Made by the build; they belong to the room that names them.
GENERATED = re.compile(r"^(benk-config|benk-[a-z-]*resources?|benk-[a-z-]*enum-?types)\.h$")

ANYWHERE = re.compile(
    r"^(glib\.h|glib-object\.h|gmodule\.h|glib/(gi18n|gi18n-lib|gprintf)\.h|gio/gio\.h|"
    r"(assert|ctype|errno|float|inttypes|limits|locale|math|stdarg|stdbool|stddef|stdint|"
    r"stdio|stdlib|string)\.h)$")

# Files, descriptors and processes: not for the rooms that only turn bytes into meaning.
SYSTEM = re.compile(
    r"^(glib/gstdio\.h|glib-unix\.h|gio/g[a-z0-9]+\.h|time\.h|signal\.h|unistd\.h|fcntl\.h|"
    r"poll\.h|pwd\.h|langinfo\.h|sys/[a-z]+\.h|net/[a-z]+\.h|netinet/[a-z]+\.h|"
    r"arpa/inet\.h)$")
SYSTEM_ROOMS = {"core", "store", "table", "usb", "virtual", "feed", "session", "ui", "ctl"}

LIBRARIES = [
    (r"^sqlite3\.h$", {"store"}),
    (r"^libusb(-1\.0/libusb)?\.h$", {"usb"}),
    (r"^libsoup/", {"feed", "virtual"}),
    (r"^json-glib/", {"feed", "virtual", "session"}),
    (r"^libsecret/", {"feed"}),
    (r"^libnotify/", {"session"}),
    (r"^gsound\.h$", {"session"}),
    (r"^gdk-pixbuf/", {"ui", "session"}),
    (r"^(?!gdk-pixbuf/)(gtk|gdk|gsk|graphene)[a-z0-9-]*[./]|^adwaita\.h$", {"ui"}),
    (r"^(pango|cairo)[a-z0-9-]*[./]", {"ui", "paper"}),
    (r"^qrencode\.h$", {"paper"}),
    (r"^archive(_entry)?\.h$|^libxml/", {"table"}),
]

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(<[^>\n]*>|"[^"\n]*")', re.M)


def includes(text):
    """(line, name, is quoted) of every include."""
    text = without_comments(text)
    return [(text.count("\n", 0, m.start(1)) + 1, m[1][1:-1], m[1][0] == '"')
            for m in INCLUDE.finditer(text)]


def room_of(name):
    parts = name.split("/")
    return parts[1] if len(parts) > 2 else "ui"


def _quoted(tree, owner, room, header):
    if header.startswith("../") or "/../" in header:
        return "leaves its folder with ../"
    if header.endswith(".c"):
        return "includes a .c file"
    if GENERATED.match(header):
        return None
    target = owner.get(header)
    if target is None:
        return f"unknown header {header}"
    if target == room:
        return None
    if target not in ARROWS[room]:
        return f"{room} may not include {header} of {target}"
    if header.endswith("-private.h"):
        return f"{header} is private to {target}"
    return None


def _angled(room, header):
    if ANYWHERE.match(header):
        return None
    if SYSTEM.match(header):
        return None if room in SYSTEM_ROOMS else f"{room} may not include <{header}>"
    for pattern, rooms in LIBRARIES:
        if re.match(pattern, header):
            return None if room in rooms else f"{room} may not include <{header}>"
    return f"<{header}> is in no room's list"


def walls(tree):
    """Each room includes only what the layer picture allows."""
    owner = {os.path.basename(f): room_of(f) for f in tree.match(r"^src/.*\.h$")}
    for name in tree.match(r"^src/.*\.[ch]$"):
        room = room_of(name)
        if room not in ARROWS:
            yield f"{name}:1: the room {room} has no arrows in tests/check/walls.py"
            continue
        public = room == "session" and name.endswith(".h") and not name.endswith("-private.h")
        for line, header, is_quoted in includes(tree.text(name)):
            fault = _quoted(tree, owner, room, header) if is_quoted else _angled(room, header)
            if fault is None and public and is_quoted:
                if owner.get(header, room) not in (room, "core"):
                    fault = f"a public header of session shows {header}"
            if fault:
                yield f"{name}:{line}: {fault}"


def test_includes(tree):
    """Tests include no .c file and no path that climbs out."""
    for name in tree.match(r"^tests/.*\.[ch]$"):
        for line, header, is_quoted in includes(tree.text(name)):
            if is_quoted and (header.endswith(".c") or ".." in header.split("/")):
                yield f"{name}:{line}: includes {header}"


def headers(tree):
    """A header says #pragma once; a source includes its own header first."""
    for name in tree.c_sources():
        text = code_only(tree.text(name))
        if name.endswith(".h"):
            if not re.search(r"^#pragma once$", text, re.M):
                yield f"{name}:1: #pragma once is missing"
            continue
        own = os.path.basename(name)[:-2] + ".h"
        first = [i for i in includes(tree.text(name)) if i[1] != "benk-config.h"][:1]
        if first and own in [os.path.basename(f) for f in tree.match(r"^(src|tests)/.*\.h$")]:
            if first[0][1] not in (own, own[:-2] + "-private.h"):
                yield f"{name}:{first[0][0]}: {own} is not included first"


DEPENDENCIES = {
    "glib_dep": set(ARROWS),
    "m_dep": set(ARROWS),
    "sqlite_dep": {"store"},
    "libusb_dep": {"usb"},
    "soup_dep": {"feed", "virtual"},
    "json_dep": {"feed", "virtual", "session"},
    "secret_dep": {"feed"},
    "notify_dep": {"session"},
    "sound_dep": {"session"},
    "pixbuf_dep": {"session"},
    "cairo_dep": {"paper"},
    "pango_dep": {"paper"},
    "qrencode_dep": {"paper"},
    "archive_dep": {"table"},
    "xml_dep": {"table"},
    "gtk_dep": {"ui"},
    "adw_dep": {"ui"},
    **{f"{room}_dep": {r for r in ARROWS if room in ARROWS[r]} for room in ARROWS},
}
CALL = re.compile(r"\b(static_library|executable|declare_dependency)\s*\((.*?)\n\s*\)", re.S)


def builds(tree):
    """A room is built with its own libraries only, and hands none of them on."""
    for name in tree.match(r"^src/[a-z]+/meson\.build$"):
        room, text = room_of(name), tree.text(name)
        for call in CALL.finditer(text):
            line = text.count("\n", 0, call.start()) + 1
            given = re.search(r"\bdependencies\s*:\s*\[?([^\]\n]*)", call[2])
            if given and call[1] == "declare_dependency":
                yield f"{name}:{line}: a declared dependency hands others on"
            for used in re.findall(r"\w+_dep\b", given[1]) if given else ():
                if room not in DEPENDENCIES.get(used, ()):
                    yield f"{name}:{line}: {room} is built with {used}"
