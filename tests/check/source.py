# SPDX-License-Identifier: GPL-3.0-or-later
"""What the rules read: the files of a tree, and C text without its comments and strings."""

import functools
import os
import re
import subprocess

SKIPPED = re.compile(r"(^|/)(\.git|\.cache|\.flatpak-builder|build[^/]*|_build|__pycache__)(/|$)")


class Tree:
    def __init__(self, root):
        self.root = os.path.realpath(root)
        self._text = {}
        self.files = sorted(self._list())

    def _list(self):
        if os.path.exists(os.path.join(self.root, ".git")):
            command = ["git", "-C", self.root, "ls-files", "-co", "--exclude-standard"]
            names = subprocess.run(command, capture_output=True, text=True, check=True)
            return [f for f in names.stdout.splitlines() if os.path.isfile(self.path(f))]
        found = []
        for folder, folders, files in os.walk(self.root):
            inside = os.path.relpath(folder, self.root)
            folders[:] = [d for d in folders if not SKIPPED.search(os.path.join(inside, d))]
            found += [os.path.normpath(os.path.join(inside, f)) for f in files]
        return found

    def path(self, name):
        return os.path.join(self.root, name)

    def match(self, pattern):
        return [f for f in self.files if re.search(pattern, f)]

    def text(self, name):
        if name not in self._text:
            with open(self.path(name), encoding="utf-8", errors="replace") as file:
                self._text[name] = file.read()
        return self._text[name]

    def c_sources(self):
        return self.match(r"^(src|tests)/.*\.[ch]$")


TOKENS = re.compile(
    r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


@functools.lru_cache(maxsize=None)
def without_comments(text):
    """The text with comments blanked; line numbers stay."""
    return TOKENS.sub(lambda m: _blank(m[0]) if m[0].startswith("/") else m[0], text)


@functools.lru_cache(maxsize=None)
def code_only(text):
    """The text with comments and literals blanked; includes keep their names."""
    def one(match):
        start = text.rfind("\n", 0, match.start()) + 1
        if text[start:match.start()].lstrip().startswith("#") and match[0].startswith('"'):
            return match[0]
        return _blank(match[0])
    return TOKENS.sub(one, text)


@functools.lru_cache(maxsize=None)
def find_lines(pattern, text):
    """(line number, matched text) of every match."""
    return [(text.count("\n", 0, m.start()) + 1, m[0].strip())
            for m in re.finditer(pattern, text)]
