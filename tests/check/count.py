#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""count.py FILE…: sums the test cases of meson's testlog.json files and of .tap files; prints
"N passed, N failed" and exits 1 when any failed or none ran. A program that ends badly without
a failed case counts as one failure, and so does a file that is missing."""

import json
import os
import re
import sys

CASE = re.compile(r"^\s*(ok|not ok)\b[^#\n]*(#\s*(SKIP|TODO))?", re.M | re.I)


def cases(text):
    passed = failed = 0
    for verdict, _, directive in CASE.findall(text):
        if directive.upper() == "SKIP":
            continue
        if verdict == "ok" or directive.upper() == "TODO":
            passed += 1
        else:
            failed += 1
    return passed, failed


def program(entry):
    result = entry["result"]
    passed, failed = cases(entry.get("stdout") or "")
    if result in ("SKIP", "EXPECTEDFAIL"):
        return passed, 0
    if result != "OK":
        return passed, max(failed, 1)
    return (passed, failed) if passed + failed else (1, 0)


def count(path):
    if not os.path.exists(path):
        return 0, 1
    with open(path, encoding="utf-8", errors="replace") as file:
        text = file.read()
    if path.endswith(".tap"):
        return cases(text)
    results = [program(json.loads(line)) for line in text.splitlines() if line.strip()]
    return sum(r[0] for r in results), sum(r[1] for r in results)


def main():
    results = [count(path) for path in sys.argv[1:]]
    passed, failed = sum(r[0] for r in results), sum(r[1] for r in results)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
