# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on single files: clocks, sleeping, goto, lengths, names, licence, format."""

import os
import re
import shutil
import subprocess

from source import code_only, find_lines, without_comments

SYSTEM_CLOCK = ("src/core/benk-clock.c", "src/core/benk-system-clock.c")
CLOCKS = (
    r"\b(g_get_real_time|g_get_monotonic_time|g_get_current_time|g_source_get_time|"
    r"g_date_time_new_now\w*|g_timer_new|clock_gettime|gettimeofday|timespec_get|"
    r"ftime|time)\s*\(")
ZONES = (
    r"\b(g_time_zone_new_local|g_date_time_to_local|g_date_time_new_local|"
    r"g_date_time_new_from_unix_local|localtime\w*)\s*\(")
DISTRICT_ZONE = "src/core/benk-plan-time.c"
SQL_CLOCKS = r"(?i)\bcurrent_(timestamp|time|date)\b|'now'|\bunixepoch\s*\(\s*\)"
SLEEPS = r"\b(g_usleep|usleep|sleep|nanosleep|clock_nanosleep|thrd_sleep)\s*\("

SQL = (
    r'"\s*(SELECT|INSERT (OR \w+ )?INTO|UPDATE \w+ SET|DELETE FROM|CREATE|DROP|ALTER|PRAGMA|'
    r'WITH \w+ AS|REPLACE INTO|BEGIN|COMMIT|ROLLBACK|VACUUM|ATTACH)\b|'
    r'\bbenk_(db_prepare|db_exec|stmt_\w+)\s*\(')

MAX_FILE = 600
MAX_FUNCTION = 60
LICENCE = "SPDX-License-Identifier: GPL-3.0-or-later"
CLANG_FORMAT = "clang-format-14"


def clocks(tree):
    """Time comes from BenkClock only."""
    for name in tree.match(r"^src/.*\.[ch]$"):
        if name in SYSTEM_CLOCK:
            continue
        for line, what in find_lines(CLOCKS, code_only(tree.text(name))):
            yield f"{name}:{line}: {what.rstrip(' (')} is read past BenkClock"
    for name in tree.match(r"^src/.*\.([ch]|sql)$"):
        for line, what in find_lines(SQL_CLOCKS, without_comments(tree.text(name))):
            yield f"{name}:{line}: SQL reads the clock: {what}"


def zones(tree):
    """Times are said in the district's zone, not in that of the computer."""
    for name in tree.match(r"^src/.*\.[ch]$"):
        if name == DISTRICT_ZONE:
            continue
        for line, what in find_lines(ZONES, code_only(tree.text(name))):
            yield f"{name}:{line}: {what.rstrip(' (')} follows the computer: benk_time_zone_new_district"


def sql(tree):
    """SQL stands in store only."""
    for name in tree.match(r"^src/.*\.[ch]$"):
        if name.startswith("src/store/"):
            continue
        for line, what in find_lines(SQL, without_comments(tree.text(name))):
            yield f"{name}:{line}: SQL outside store: {what}"
    for name in tree.match(r"^src/.*\.sql$"):
        if not name.startswith("src/store/"):
            yield f"{name}:1: SQL outside store"


def sleeping(tree):
    """Nothing sleeps, tests included."""
    for name in tree.c_sources():
        for line, what in find_lines(SLEEPS, code_only(tree.text(name))):
            yield f"{name}:{line}: {what.rstrip(' (')}"


def given_away(tree):
    """An error that was given away is not asked whether there was one."""
    given = re.compile(r"(propagate|return)\w*error \(.*g_steal_pointer \(&(\w+)\)")
    for name in tree.match(r"^src/.*\.c$"):
        gone = None
        for line, text in enumerate(code_only(tree.text(name)).split("\n"), 1):
            if text.startswith("}"):
                gone = None
            elif gone and re.search(rf"\b{gone} [=!]= NULL|!{gone}\b|\({gone}\)", text):
                yield f"{name}:{line}: {gone} was given away"
            elif gone and re.search(r"^\s*return\b", text) or re.search(rf"&{gone}\b", text):
                gone = None
            found = given.search(text)
            gone = found.group(2) if found else gone


def jumps(tree):
    """No goto."""
    for name in tree.c_sources():
        for line, _ in find_lines(r"\bgoto\b", code_only(tree.text(name))):
            yield f"{name}:{line}: goto"


def file_length(tree):
    """No file over 600 lines."""
    for name in tree.match(r"\.([ch]|py|sh|sql|ui|css)$|^dev$"):
        lines = tree.text(name).count("\n")
        if lines > MAX_FILE:
            yield f"{name}:{MAX_FILE + 1}: {lines} lines"


def function_length(tree):
    """No function over 60 lines, braces included."""
    for name in tree.c_sources():
        lines = code_only(tree.text(name)).split("\n")
        start = None
        for number, line in enumerate(lines, 1):
            if line.startswith("{") and lines[number - 2].rstrip().endswith(")"):
                start = number
            elif line.startswith("}") and start:
                if number - start + 1 > MAX_FUNCTION:
                    yield f"{name}:{start}: a function of {number - start + 1} lines"
                start = None


def licence(tree):
    """Every source says its licence, C in its first line."""
    for name in tree.c_sources():
        if not tree.text(name).startswith(f"/* {LICENCE} */\n"):
            yield f"{name}:1: the SPDX line is missing"
    for name in tree.match(r"\.(py|sh|sql|css)$|^dev$|^\.ci/run$"):
        if LICENCE not in "\n".join(tree.text(name).split("\n")[:3]):
            yield f"{name}:1: the SPDX line is missing"


def names(tree):
    """Files of rooms are benk-*.c and .h, flat in their folder; no utils, no default objects."""
    for name in tree.match(r"^src/.*\.[ch]$"):
        base = os.path.basename(name)
        if base != "main.c" and not re.match(r"^benk-[a-z0-9-]+\.[ch]$", base):
            yield f"{name}:1: the name is not benk-*"
        if base == "benk-config.h":
            yield f"{name}:1: the name of a file that the build makes"
        if re.search(r"\butils?\b|\bhelpers?\b|\bmisc\b", base):
            yield f"{name}:1: the name says nothing about its content"
        if name.count("/") > 2:
            yield f"{name}:1: a folder inside a room"
        for line, what in find_lines(r"\b\w+_get_default\s*\(", code_only(tree.text(name))):
            if what.startswith("benk_"):
                yield f"{name}:{line}: {what.rstrip(' (')} is a singleton"


# Texts that are laid out already: a planted breach changes one file, not all.
_laid_out = set()


def layout(tree):
    """Sources are as .clang-format lays them out."""
    style = tree.text(".clang-format") if ".clang-format" in tree.files else ""
    sources = [f for f in tree.c_sources() if (style, tree.text(f)) not in _laid_out]
    program = shutil.which(CLANG_FORMAT)
    if program is None:
        yield f".clang-format:1: {CLANG_FORMAT} is not installed"
        return
    if not sources:
        return
    command = [program, "--dry-run", "-ferror-limit=1", "--Wclang-format-violations"]
    done = subprocess.run(command + sources, cwd=tree.root, capture_output=True, text=True)
    seen = set()
    for match in re.finditer(r"^(\S+?):(\d+):\d+: (?:warning|error):", done.stderr, re.M):
        if match[1] not in seen:
            seen.add(match[1])
            yield f"{match[1]}:{match[2]}: not laid out by .clang-format (./dev format)"
    if done.returncode != 0 and not seen:
        yield f".clang-format:1: {done.stderr.strip()[:200]}"
    else:
        _laid_out.update((style, tree.text(f)) for f in sources if f not in seen)
