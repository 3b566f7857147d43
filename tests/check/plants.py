# SPDX-License-Identifier: GPL-3.0-or-later
"""Breaches to plant: for each rule, a file and what is written into it."""

SPDX = "/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n"


def source(body):
    return SPDX + body


def function(lines):
    return "static void\nbenk_planted (void)\n{\n" + "  g_print (\"\");\n" * (lines - 2) + "}\n"


def in_room(room, include):
    return (f"src/{room}/benk-planted.c", source(f"#include {include}\n"))


# rule, what it proves, file, text; "+" before a file adds to what is there.
PLANTS = [
    ("walls", "core includes store", *in_room("core", '"benk-planted-store.h"')),
    ("walls", "store includes phd", *in_room("store", '"benk-planted-phd.h"')),
    ("walls", "table includes store", *in_room("table", '"benk-planted-store.h"')),
    ("walls", "paper includes store", *in_room("paper", '"benk-planted-store.h"')),
    ("walls", "ui includes paper", *in_room("ui", '"benk-planted-paper.h"')),
    ("walls", "phd includes usb", *in_room("phd", '"benk-planted-usb.h"')),
    ("walls", "feed includes store", *in_room("feed", '"benk-planted-store.h"')),
    ("walls", "usb includes virtual", *in_room("usb", '"benk-planted-virtual.h"')),
    ("walls", "virtual includes usb", *in_room("virtual", '"benk-planted-usb.h"')),
    ("walls", "session includes ui", *in_room("session", '"benk-planted-ui.h"')),
    ("walls", "ui includes store", *in_room("ui", '"benk-planted-store.h"')),
    ("walls", "ctl includes usb", *in_room("ctl", '"benk-planted-usb.h"')),
    ("walls", "an unknown room", "src/cellar/benk-planted.c", source("#include <glib.h>\n")),
    ("walls", "a header of no room", *in_room("core", '"benk-nowhere.h"')),
    ("walls", "a private header of another room",
     *in_room("ui", '"benk-planted-private.h"')),
    ("walls", "../ in an include", *in_room("ui", '"../core/benk-planted.h"')),
    ("walls", "a .c file included", *in_room("ctl", '"benk-ctl-main.c"')),
    ("walls", "a public header of session shows store", "src/session/benk-planted.h",
     source('#pragma once\n\n#include "benk-planted-store.h"\n')),
    ("walls", "sqlite3.h outside store", *in_room("session", "<sqlite3.h>")),
    ("walls", "libusb.h outside usb", *in_room("phd", "<libusb.h>")),
    ("walls", "libsoup outside feed and virtual", *in_room("session", "<libsoup/soup.h>")),
    ("walls", "json-glib in core", *in_room("core", "<json-glib/json-glib.h>")),
    ("walls", "libsecret outside feed", *in_room("ui", "<libsecret/secret.h>")),
    ("walls", "libnotify outside session", *in_room("ui", "<libnotify/notify.h>")),
    ("walls", "cairo outside paper and ui", *in_room("session", "<cairo-pdf.h>")),
    ("walls", "pango outside paper and ui", *in_room("table", "<pango/pangocairo.h>")),
    ("walls", "qrencode outside paper", *in_room("ui", "<qrencode.h>")),
    ("walls", "GTK in paper", *in_room("paper", "<gtk/gtk.h>")),
    ("walls", "sound outside session", *in_room("store", "<gsound.h>")),
    ("walls", "pictures outside session", *in_room("store", "<gdk-pixbuf/gdk-pixbuf.h>")),
    ("walls", "GTK outside ui", *in_room("session", "<gtk/gtk.h>")),
    ("walls", "libadwaita outside ui", *in_room("ctl", "<adwaita.h>")),
    ("walls", "a descriptor in phd", *in_room("phd", "<unistd.h>")),
    ("walls", "a library nobody listed", *in_room("store", "<curl/curl.h>")),
    ("builds", "core is built with sqlite3", "src/core/meson.build",
     "x = static_library('x', y,\n  dependencies: [glib_dep, sqlite_dep],\n)\n"),
    ("builds", "ui is built with store", "src/ui/meson.build",
     "x = static_library('x', y,\n  dependencies: [glib_dep, store_dep],\n)\n"),
    ("builds", "session is built with cairo", "src/session/meson.build",
     "x = static_library('x', y,\n  dependencies: [glib_dep, cairo_dep],\n)\n"),
    ("builds", "store hands sqlite3 on", "src/store/meson.build",
     "x = declare_dependency(\n  link_with: y,\n  dependencies: [sqlite_dep],\n)\n"),
    ("test-includes", "a test includes a .c file", "tests/core/planted.c",
     source('#include "benk-clock.c"\n')),
    ("headers", "#pragma once is missing", "src/core/benk-planted.h",
     source("#include <glib.h>\n")),
    ("headers", "own header not first", "src/core/benk-planted-store.c",
     source('#include <glib.h>\n#include "benk-planted-store.h"\n')),
    ("clocks", "g_get_real_time", "src/feed/benk-planted.c",
     source("static gint64\nnow (void)\n{\n  return g_get_real_time ();\n}\n")),
    ("clocks", "g_get_monotonic_time", "src/ui/benk-planted.c",
     source("static gint64\nnow (void)\n{\n  return g_get_monotonic_time ();\n}\n")),
    ("clocks", "time", "src/store/benk-planted.c",
     source("static long\nnow (void)\n{\n  return time (NULL);\n}\n")),
    ("clocks", "clock_gettime", "src/usb/benk-planted.c",
     source("static int\nnow (void *t)\n{\n  return clock_gettime (0, t);\n}\n")),
    ("clocks", "g_date_time_new_now_utc", "src/ctl/benk-planted.c",
     source("static void *\nnow (void)\n{\n  return g_date_time_new_now_utc ();\n}\n")),
    ("clocks", "gettimeofday", "src/phd/benk-planted.c",
     source("static int\nnow (void *t)\n{\n  return gettimeofday (t, 0);\n}\n")),
    ("clocks", "the clock of SQL", "src/store/planted.sql",
     "INSERT INTO journal (at) VALUES (CURRENT_TIMESTAMP);\n"),
    ("zones", "the zone of the computer", "src/ui/benk-planted.c",
     source("static void *\nzone (void)\n{\n  return g_time_zone_new_local ();\n}\n")),
    ("sql", "a query in session", "src/session/benk-planted.c",
     source("static const char *sql =\n  \"SELECT id FROM device\";\n")),
    ("sql", "a change in ctl", "src/ctl/benk-planted.c",
     source("static const char *sql = \"UPDATE device SET note = 1\";\n")),
    ("sql", "a statement run in session", "src/session/benk-planted.c",
     source("static void\nrun (void *db)\n{\n  benk_db_prepare (db, sql, 0);\n}\n")),
    ("sql", "a file of SQL in session", "src/session/planted.sql", "DROP TABLE device;\n"),
    ("sleeping", "g_usleep in a test", "tests/core/planted.c",
     source("static void\nwait (void)\n{\n  g_usleep (10);\n}\n")),
    ("sleeping", "sleep", "src/usb/benk-planted.c",
     source("static void\nwait (void)\n{\n  sleep (1);\n}\n")),
    ("given-away", "a failure that counts as an end", "src/store/benk-planted.c",
     source("static int\nend (GError *local, GError **error)\n{\n  if (local != NULL)\n"
            "    g_propagate_error (error, g_steal_pointer (&local));\n\n"
            "  return local == NULL;\n}\n")),
    ("jumps", "goto", "src/core/benk-planted.c",
     source("static void\njump (void)\n{\n  goto out;\nout:\n  return;\n}\n")),
    ("file-length", "601 lines", "src/core/benk-planted.c", source("\n" * 599)),
    ("function-length", "61 lines", "src/core/benk-planted.c", source(function(61))),
    ("licence", "C without SPDX", "src/core/benk-planted.c", "#include <glib.h>\n"),
    ("licence", "a script without SPDX", "tests/check/planted.py", "import os\n"),
    ("names", "utils", "src/core/benk-text-utils.c", source("")),
    ("names", "not benk-", "src/core/planted.c", source("")),
    ("names", "a name that the build uses", "src/phd/benk-config.h",
     source("#pragma once\n")),
    ("names", "a singleton", "src/core/benk-planted.c",
     source("void *\nbenk_clock_get_default (void)\n{\n  return NULL;\n}\n")),
    ("layout", "two blanks", "src/core/benk-planted.c",
     source("static  int   planted;\n")),
    ("potfiles", "a source with words that is not listed", "src/core/benk-planted.c",
     source("static const char *\nword (void)\n{\n  return _ (\"Planted\");\n}\n")),
    ("potfiles", "a listed file that is gone", "+po/POTFILES.in", "src/core/benk-gone.c\n"),
    ("whole-words", "a macro inside a marked text", "src/core/benk-planted.c",
     source("static const char *\nword (void)\n{\n"
            "  return _ (\"From %\" G_GINT64_FORMAT \" on\");\n}\n")),
    ("translation", "a word without translation", "+po/POTFILES.in",
     "src/core/benk-planted-words.c\n"),
    ("translation", "a help page without translation", "help/C/planted.page",
     '<page xmlns="http://projectmallard.org/1.0/" id="planted"><title>Planted</title></page>\n'),
    ("terms", "a refused word", "+po/nb.po",
     '\n#: planted\nmsgid "Planted"\nmsgstr "Varselet er eskalert"\n'),
]

# Files that the planted includes point at.
FURNITURE = {f"src/{room}/benk-planted-{room}.h": source("#pragma once\n")
             for room in ("store", "paper", "phd", "usb", "virtual", "ui")}
FURNITURE["src/session/benk-planted-private.h"] = source("#pragma once\n")
FURNITURE["src/core/benk-planted-words.c"] = source(
    "static const char *\nword (void)\n{\n  return _ (\"Planted word\");\n}\n")
