# SPDX-License-Identifier: GPL-3.0-or-later
"""What is tried inside the machine, as root, on the machine's only processor: the installed
programs against USB devices of the kernel. Prints TAP."""

import sys

sys.path.insert(0, "/run/benk/source/tests/vm")

import rig
import rules

CASES = (*rules.CASES,)


def main():
    bench = rig.Rig()
    try:
        for case in CASES:
            bench.run_case(case)
    finally:
        bench.close()
    print(f"1..{bench.count}", flush=True)


main()
