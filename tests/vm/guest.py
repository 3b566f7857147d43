# SPDX-License-Identifier: GPL-3.0-or-later
"""What is tried inside the machine, as root: the installed programs against USB devices of the
kernel. Prints TAP."""

import re
import sys

sys.path.insert(0, "/run/benk/source/tests/vm")

import jobs
import rig
import rules

CASES = (*rules.CASES, *jobs.CASES)


def chosen():
    with open("/proc/cmdline", encoding="utf-8") as file:
        return re.search(r"benk\.word=(\S*)", file.read())[1]


def main():
    bench = rig.Rig()
    try:
        for case in CASES:
            if chosen() in case.__doc__:
                bench.run_case(case)
    finally:
        bench.close()
    print(f"1..{bench.count}", flush=True)


main()
