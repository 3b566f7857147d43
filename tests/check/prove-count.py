#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves the sum at the end of `./dev test`: nothing that went wrong may count as passed."""

import json
import os
import subprocess
import sys
import tempfile

COUNT = os.path.join(os.path.dirname(os.path.realpath(__file__)), "count.py")

# what it proves, file name, content (None: the file is missing), what is said, exit code
CASES = [
    ("passed cases are summed", "a.json", [("OK", "TAP version 13\nok 1 /a\nok 2 /b\n1..2\n")],
     "2 passed, 0 failed", 0),
    ("failed cases are summed", "a.json", [("FAIL", "ok 1 /a\nnot ok 2 /b\nnot ok 3 /c\n1..3\n")],
     "1 passed, 2 failed", 1),
    ("a crash after passed cases fails", "a.json", [("ERROR", "ok 1 /a\n")],
     "1 passed, 1 failed", 1),
    ("a time-out fails", "a.json", [("TIMEOUT", "ok 1 /a\n")], "1 passed, 1 failed", 1),
    ("a program without cases counts as one", "a.json", [("OK", "fine\n"), ("FAIL", "bad\n")],
     "1 passed, 1 failed", 1),
    ("a skipped case is neither", "a.json", [("OK", "ok 1 /a # SKIP no bus\nok 2 /b\n1..2\n")],
     "1 passed, 0 failed", 0),
    ("nothing run is a failure", "a.json", [], "0 passed, 0 failed", 1),
    ("a missing result is a failure", "a.json", None, "0 passed, 1 failed", 1),
    ("rules count too", "a.tap", "ok 1 /a\n# why\nnot ok 2 /b\n1..2\n", "1 passed, 1 failed", 1),
]


def text_of(content):
    if isinstance(content, str):
        return content
    return "".join(json.dumps({"name": "t", "result": r, "stdout": o}) + "\n" for r, o in content)


def main():
    failed = 0
    for number, (what, name, content, said, code) in enumerate(CASES, 1):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, name)
            if content is not None:
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text_of(content))
            done = subprocess.run([sys.executable, COUNT, path], capture_output=True, text=True)
        good = done.stdout.strip() == said and done.returncode == code
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} /data/count/{what}")
        if not good:
            print(f"# {done.stdout.strip()}, exit {done.returncode}")
    print(f"1..{len(CASES)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
