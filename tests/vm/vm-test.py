#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""vm-test.py PREFIX [WORD]: boots Debian's kernel in a machine of software and plugs simulated dispensers
into it as real USB; guest.py says what is tried. Prints TAP. What is missing is said and
skipped. With WORD only the cases with that word in their names."""

import os
import re
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))

import kernel
import machine

# Twice what it takes on two slow cores that are busy with other things, too.
LIMIT_S = 300


def skip(why):
    print(f"1..0 # SKIP {why}")
    return 0


def main():
    source = os.path.realpath(os.path.join(os.path.dirname(os.path.realpath(__file__)), "../.."))
    prefix = os.path.realpath(sys.argv[1])
    missing = machine.needs()
    if missing:
        return skip(f"not installed: {', '.join(missing)} (./dev vm-test installs them)")
    try:
        box = machine.Machine(source, prefix, sys.argv[2] if len(sys.argv) > 2 else "")
    except kernel.Missing as why:
        return skip(str(why))

    said = []

    def tell(line):
        said.append(line)
        print(line if re.match(r"(not )?ok |1\.\.|# ", line) else f"# {line}", flush=True)

    start = time.monotonic()
    console, late = box.run(LIMIT_S, tell)
    took = time.monotonic() - start
    planned = [int(m[1]) for m in (re.match(r"1\.\.(\d+)$", line) for line in said) if m]
    done = [line for line in said if re.match(r"(not )?ok ", line)]
    print(f"# {len(done)} cases on Linux {box.release} in {took:.0f} s")
    if late or planned != [len(done)]:
        print(f"not ok {len(done) + 1} the machine " +
              (f"was not done within {LIMIT_S} s" if late else "ended before its last case"))
        for line in console:
            print(f"# console: {line}")
        return 1
    return int(any(line.startswith("not ok") for line in done))


if __name__ == "__main__":
    sys.exit(main())
