# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on the words people read: every source listed for translation, nb complete."""

import os
import re
import subprocess
import tempfile

from source import code_only, find_lines, without_comments

KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "ngettext:1,2", "g_dgettext:2",
            "g_dngettext:2,3", "g_dpgettext2:2c,3"]
SHOWN = 20
MARKED = r"\b(_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2)\s*\("


def _listed(tree):
    if "po/POTFILES.in" not in tree.files:
        return []
    lines = tree.text("po/POTFILES.in").split("\n")
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _has_words(tree, name):
    if name.endswith((".c", ".h")):
        text = re.sub(r"^[ \t]*#.*$", "", code_only(tree.text(name)), flags=re.M)
        return re.search(MARKED, text) is not None
    if name.endswith(".ui"):
        return 'translatable="yes"' in tree.text(name)
    return True


def potfiles(tree):
    """Every file with words for people is in POTFILES.in, and every file there exists."""
    listed = _listed(tree)
    for name in listed:
        if name not in tree.files:
            yield f"po/POTFILES.in:1: {name} does not exist"
    wanted = tree.match(
        r"^src/.*\.[ch]$|^resources/.*\.ui$|^data/[^/]*\.(desktop|metainfo\.xml)\.in$|"
        r"^data/[^/]*\.gschema\.xml$")
    for name in wanted:
        if name not in listed and _has_words(tree, name):
            yield f"{name}:1: has words for people and is not in po/POTFILES.in"


def whole_words(tree):
    """A marked text is one literal: a macro inside would cut it off for translators."""
    pattern = r'\b(?:_|N_|C_|NC_|ngettext)\s*\((?:\s*"(?:\\.|[^"\\])*",?)+\s*[A-Z_]{4,}'
    for name in tree.match(r"^src/.*\.[ch]$"):
        for line, what in find_lines(pattern, without_comments(tree.text(name))):
            yield f"{name}:{line}: {what[:60]}"


def _run(command, tree):
    return subprocess.run(command, cwd=tree.root, capture_output=True, text=True,
                          env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""})


def _program_words(tree, pot):
    present = [f for f in _listed(tree) if f in tree.files]
    if not present:
        return None
    return (["xgettext", "--from-code=UTF-8", "-o", pot, "--add-comments"]
            + [f"--keyword={k}" for k in KEYWORDS] + present)


def _help_words(tree, pot):
    pages = tree.match(r"^help/C/.*\.page$")
    return ["itstool", "-o", pot] + pages if pages else None


def _merge(tree, folder, po, extractor):
    """Messages of the sources merged with a translation, or the tool's complaint."""
    pot, merged = os.path.join(folder, "words.pot"), os.path.join(folder, "merged.po")
    extract = extractor(tree, pot)
    if extract is None:
        return None, None
    for command in (extract, ["msgmerge", "-q", "-o", merged, po, pot]):
        done = _run(command, tree)
        if done.returncode != 0:
            return None, done.stderr.strip()
    return (merged, None) if os.path.exists(merged) else (None, None)


def translation(tree):
    """Norwegian bokmål is complete: nothing untranslated, nothing uncertain."""
    yield from _complete(tree, "po/nb.po", _program_words)
    yield from _complete(tree, "help/nb/nb.po", _help_words)


def _complete(tree, po, extractor):
    with tempfile.TemporaryDirectory() as folder:
        merged, fault = _merge(tree, folder, po, extractor)
        if fault:
            yield f"{po}:1: {fault[:300]}"
        if merged is None:
            return
        done = _run(["msgfmt", "--check", "-o", os.devnull, merged], tree)
        if done.returncode != 0:
            yield f"{po}:1: {done.stderr.strip()[:300]}"
        for flags, what in ((["--untranslated"], "untranslated"),
                            (["--only-fuzzy", "--no-obsolete"], "uncertain")):
            listing = _run(["msgattrib", "--no-wrap"] + flags + [merged], tree).stdout
            entries = re.findall(r'^(?:msgid "(?!")(.+)"|msgid ""\n"(.+)")$',
                                 listing.split("\n\n", 1)[-1], re.M)
            for entry in entries[:SHOWN]:
                yield f"{po}:1: {what}: {(entry[0] or entry[1])[:100]}"
            if len(entries) > SHOWN:
                yield f"{po}:1: and {len(entries) - SHOWN} more"


# Words that terms decided against: the record in the patient's journal, state names of programmers.
REFUSED = [
    (r"(?i)\beskaler", "«ring …», not eskalert"),
    (r"(?i)\bprovisjoner", "klargjort, not provisjonert"),
    (r"(?i)\bresatt\b|\breset\b", "nullstilt, not resatt"),
    (r"(?i)\bbrukervalg", "Programvalg, not brukervalg"),
    (r"(?i)\bprøvevarsel", "testvarsel, not prøvevarsel"),
    (r"(?i)\bprøveperiode", "testperiode, not prøveperiode"),
    (r"\w…", "a space before …"),
    (r'[^\\]\\"|[“”]', "«…», not other quotes"),
]


def terms(tree):
    """The translation keeps to the vocabulary."""
    for name in tree.match(r"^(po|help/nb)/nb\.po$"):
        for entry in tree.text(name).split("\n\n")[1:]:
            if entry.startswith("#~"):
                continue
            source, _, target = entry.partition("\nmsgstr")
            said = "".join(re.findall(r'"(.*)"', target))
            if said == "".join(re.findall(r'"(.*)"', source)):
                continue  # commands and rules stay as they are
            said = re.sub(r"<[^>]*>", "", said)
            for pattern, why in REFUSED:
                if re.search(pattern, said):
                    yield f"{name}:1: {said[:70]!r}: {why}"
