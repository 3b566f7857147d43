#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-files.py SOURCE BUILD: icons can be drawn, XML is well-formed, the udev rule says what it
should, the help holds together in every language. Prints TAP."""

import glob
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

source, build = sys.argv[1:3]
count = failed = 0


def result(good, name, why=""):
    global count, failed
    count += 1
    failed += not good
    print(f"{'ok' if good else 'not ok'} {count} {name}")
    for line in why.strip().splitlines() if not good else ():
        print(f"# {line}")


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    said = (done.stdout + done.stderr).strip()
    return done.returncode == 0, said


def find(pattern):
    return sorted(glob.glob(os.path.join(source, pattern), recursive=True))


def icons():
    files = find("data/icons/**/*.svg") + find("resources/icons/**/*.svg")
    result(len(files) >= 2, "/data/icons/there are an application icon and a symbolic one")
    for path in files:
        name, symbolic = os.path.basename(path), path.endswith("-symbolic.svg")
        box = xml.parse(path).getroot().get("viewBox")
        result(box == ("0 0 16 16" if symbolic else "0 0 128 128"), f"/data/icons/{name}: size",
               f"viewBox is {box}")
        # The tool draws the picture on the way; without --symbolic sources it keeps the colours.
        with tempfile.TemporaryDirectory() as folder:
            good, said = run("gtk4-encode-symbolic-svg", "-o", folder, path, "64x64")
            drawn = glob.glob(os.path.join(folder, "*.png"))
            result(good and drawn and os.path.getsize(drawn[0]) > 100,
                   f"/data/icons/{name}: is drawn", said)


def documents():
    files = [f for pattern in ("data/*.xml", "data/*.xml.in", "resources/**/*.ui",
                               "src/**/*.gresource.xml", "resources/**/*.gresource.xml",
                               "help/C/*.page", "flatpak/*.xml") for f in find(pattern)]
    for path in files:
        good, said = run("xmllint", "--noout", "--nonet", path)
        result(good, f"/data/xml/{os.path.relpath(path, source)}: is well-formed", said)


def udev_rule():
    path = find("data/*.rules")
    result(len(path) == 1 and os.path.basename(path[0]) < "73", "/data/udev/one rule, before the seat's")
    lines = [line for line in open(path[0], encoding="utf-8") if line.strip() and line[0] != "#"]
    rules = [[re.fullmatch(r'([A-Z]+(?:\{\w+\})?)(==|!=|\+=|=)"([^"]*)"', field.strip())
              for field in line.split(",")] for line in lines]
    result(all(map(all, rules)), "/data/udev/every field is KEY, operator, value", "".join(lines))
    said = [{m[1]: m[2] + m[3] for m in fields if m} for fields in rules]
    result(all(rule.get("ENV{ID_USB_INTERFACES}") == "==*:0f????:*" for rule in said),
           "/data/udev/every rule names class 0x0F")
    result([rule.get("TAG") for rule in said] == ["+=uaccess", None],
           "/data/udev/the first rule gives access to the person at the seat")
    # A group that does not exist takes its whole rule with it, and only that.
    result([(rule.get("GROUP"), rule.get("MODE")) for rule in said] ==
           [(None, None), ("=dosebenk", "=0664")],
           "/data/udev/a group has a rule of its own, and nothing is opened for everybody")


def help_pages():
    folders = {"C": os.path.join(source, "help/C"), "nb": os.path.join(build, "help/nb")}
    pages = [sorted(map(os.path.basename, glob.glob(f + "/*.page"))) for f in folders.values()]
    if not os.path.isdir(os.path.join(build, "help")):
        return
    result(pages[0] and pages[0] == pages[1], "/data/help/every page is built in bokmål too",
           f"{pages[0]}\n{pages[1]}")
    for name, folder in folders.items():
        for what in ("validate", "links", "orphans", "media", "ids"):
            good, said = run("yelp-check", what, folder)
            result(good and not said, f"/data/help/{name}: yelp-check {what}", said)


def flatpak():
    path = os.path.join(source, "flatpak/no.dosebenk.Dosebenk.json")
    with open(path, encoding="utf-8") as file:
        manifest = json.load(file)
    result(manifest["id"] == "no.dosebenk.Dosebenk", "/data/flatpak/is of this program")
    archives = [s for m in manifest["modules"] for s in m["sources"] if s["type"] == "archive"]
    result(all(s["url"].startswith("https://") and re.fullmatch("[0-9a-f]{64}", s["sha256"])
               for s in archives), "/data/flatpak/every archive is named with its SHA-256")
    open_files = [a for a in manifest["finish-args"] if a.startswith("--filesystem")]
    result(not open_files, "/data/flatpak/sees no files of the person", "\n".join(open_files))


def main():
    icons()
    documents()
    udev_rule()
    help_pages()
    flatpak()
    print(f"1..{count}")
    return 1 if failed else 0


sys.exit(main())
