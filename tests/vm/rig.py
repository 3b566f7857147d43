# SPDX-License-Identifier: GPL-3.0-or-later
"""Inside the machine: the system's udev, its `usbip` and our programs, with people who may and who
may not. Every wait is bounded."""

import grp
import json
import os
import subprocess
import sys
import time
import traceback

PREFIX = "/run/benk/prefix"
RULES = f"{PREFIX}/lib/udev/rules.d/70-dosebenk.rules"
LOADED_RULES = "/run/udev/rules.d/70-dosebenk.rules"
UDEVD = "/lib/systemd/systemd-udevd"
PATIENCE_S = 20

# Numbers of people whom the machine's files do not name.
AT_SEAT, MEMBER, STRANGER = 1500, 1501, 1502
GROUP, GROUP_ID = "dosebenk", 1600


class Failed(Exception):
    pass


def check(good, why="not so"):
    if not good:
        raise Failed(why)


def equal(found, wanted, what):
    check(found == wanted, f"{what}: {found!r}, not {wanted!r}")


def wait(what, func, seconds=PATIENCE_S):
    """What @func gives once it gives something."""
    end = time.monotonic() + seconds
    while True:
        found = func()
        if found:
            return found
        check(time.monotonic() < end, f"{what}: not within {seconds} s")
        time.sleep(0.05)


def call(*command, uid=0, groups=(), limit=60):
    done = subprocess.run(command, capture_output=True, text=True, timeout=limit,
                          stdin=subprocess.DEVNULL, **who(uid, groups))
    return done.returncode, done.stdout, done.stderr


def who(uid, groups=()):
    if uid == 0:
        return {}
    home = f"/tmp/home-{uid}"
    if not os.path.isdir(home):
        os.mkdir(home)
        os.chown(home, uid, uid)
    return {"user": uid, "group": uid, "extra_groups": list(groups), "cwd": home,
            "env": {**os.environ, "HOME": home, "XDG_RUNTIME_DIR": home}}


class Rig:
    def __init__(self):
        self.count = 0
        self.udevd = None
        self.add_group()

    @staticmethod
    def add_group():
        with open("/etc/group", "a", encoding="utf-8") as file:
            file.write(f"{GROUP}:x:{GROUP_ID}:\n")
        equal(grp.getgrnam(GROUP).gr_gid, GROUP_ID, "the group")

    def run_case(self, case):
        self.count += 1
        start = time.monotonic()
        name = f"/vm/{case.__doc__}"
        try:
            case(self)
            print(f"ok {self.count} {name}")
        except Exception as error:
            print(f"not ok {self.count} {name}")
            shown = str(error) if isinstance(error, Failed) else traceback.format_exc()
            for line in shown.splitlines():
                print(f"# {line}")
        print(f"# {time.monotonic() - start:.1f} s", flush=True)

    # --- udev ---

    def start_udev(self, with_rule):
        self.stop_udev()
        os.makedirs(os.path.dirname(LOADED_RULES), exist_ok=True)
        if os.path.exists(LOADED_RULES):
            os.remove(LOADED_RULES)
        if with_rule:
            with open(RULES, encoding="utf-8") as rules, \
                    open(LOADED_RULES, "w", encoding="utf-8") as loaded:
                loaded.write(rules.read())
        with open("/tmp/udevd.log", "w", encoding="utf-8") as log:
            self.udevd = subprocess.Popen([UDEVD], stdout=log, stderr=log,
                                          env={**os.environ, "SYSTEMD_LOG_LEVEL": "info",
                                               "SYSTEMD_LOG_TARGET": "console"})
        wait("udev", lambda: os.path.exists("/run/udev/control"))
        self.settle()

    def stop_udev(self):
        if self.udevd:
            self.udevd.terminate()
            self.udevd.wait(PATIENCE_S)
            self.udevd = None
        if os.path.exists("/run/udev/control"):
            os.remove("/run/udev/control")

    @staticmethod
    def trigger():
        """What the help page tells IT to do, less the sudo."""
        call("udevadm", "control", "--reload")
        call("udevadm", "trigger", "--subsystem-match=usb")
        Rig.settle()

    @staticmethod
    def settle():
        call("udevadm", "settle", f"--timeout={PATIENCE_S}")

    @staticmethod
    def udev_said():
        with open("/tmp/udevd.log", encoding="utf-8") as file:
            return file.read()

    def close(self):
        self.stop_udev()
