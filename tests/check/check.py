#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check.py [ROOT]: the rules of the house, as TAP. Each rule must pass on the tree, and must find
every breach planted for it in a copy: a rule that finds nothing anywhere proves nothing."""

import os
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True

import habits
import plants
import walls
import words
from source import Tree

RULES = {
    "walls": walls.walls,
    "builds": walls.builds,
    "test-includes": walls.test_includes,
    "headers": walls.headers,
    "clocks": habits.clocks,
    "zones": habits.zones,
    "sql": habits.sql,
    "sleeping": habits.sleeping,
    "given-away": habits.given_away,
    "jumps": habits.jumps,
    "file-length": habits.file_length,
    "function-length": habits.function_length,
    "licence": habits.licence,
    "names": habits.names,
    "layout": habits.layout,
    "potfiles": words.potfiles,
    "whole-words": words.whole_words,
    "translation": words.translation,
    "terms": words.terms,
}


class Tap:
    def __init__(self):
        self.count = self.failed = 0

    def result(self, good, name, findings=()):
        self.count += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.count} {name}")
        for finding in findings:
            print(f"# {finding}")


def write(path, text, mode):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, mode, encoding="utf-8") as file:
        file.write(text)


def plant(root, file, text):
    """Writes a breach; returns how to take it away again."""
    path = os.path.join(root, file.lstrip("+"))
    before = None
    if os.path.exists(path):
        with open(path, encoding="utf-8") as old:
            before = old.read()
    write(path, text, "a" if file.startswith("+") else "w")

    def restore():
        if before is None:
            os.remove(path)
        else:
            write(path, before, "w")
    return restore


def prove(tree, tap):
    with tempfile.TemporaryDirectory() as copy:
        for name in tree.files:
            if name.startswith(("src/", "po/", "help/")) or name == ".clang-format":
                os.makedirs(os.path.dirname(os.path.join(copy, name)), exist_ok=True)
                shutil.copyfile(tree.path(name), os.path.join(copy, name))
        for name, text in plants.FURNITURE.items():
            write(os.path.join(copy, name), text, "w")
        # What the furniture itself lacks is known before and does not count as found.
        known = {rule: set(RULES[rule](Tree(copy))) for rule in RULES}
        for rule, what, file, text in plants.PLANTS:
            restore = plant(copy, file, text)
            found = set(RULES[rule](Tree(copy))) - known[rule]
            restore()
            tap.result(bool(found), f"/check/{rule}/finds planted: {what}")


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "../..")
    tree, tap = Tree(root), Tap()
    for name, rule in RULES.items():
        findings = list(rule(tree))
        tap.result(not findings, f"/check/{name}: {rule.__doc__.strip()}", findings)
    unproven = set(RULES) - {p[0] for p in plants.PLANTS}
    tap.result(not unproven, "/check/every rule has a planted breach", sorted(unproven))
    prove(tree, tap)
    print(f"1..{tap.count}")
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
