# SPDX-License-Identifier: GPL-3.0-or-later
"""Inside the machine: the system's udev, its `usbip` and our programs, with people who may and who
may not. Every wait is bounded."""

import grp
import json
import os
import shutil
import subprocess
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


SEATS = "/run/systemd/seats"


class Failed(Exception):
    pass


class Skipped(Exception):
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


def ctl(*arguments, uid=0, groups=(), limit=60):
    """(exit code, answer) of dosebenkctl."""
    code, out, said = call("dosebenkctl", "--json", *arguments, uid=uid, groups=groups,
                           limit=limit)
    try:
        return code, json.loads(out)
    except ValueError:
        raise Failed(f"dosebenkctl {' '.join(arguments)} said {out!r} and {said!r}") from None


def done(*arguments, **who_does):
    code, answer = ctl(*arguments, **who_does)
    equal(code, 0, f"{' '.join(arguments)} gave {answer}")
    return answer


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
    def remove_group():
        with open("/etc/group", encoding="utf-8") as file:
            lines = [line for line in file if not line.startswith(f"{GROUP}:")]
        with open("/etc/group", "w", encoding="utf-8") as file:
            file.writelines(lines)

    @staticmethod
    def add_group():
        Rig.remove_group()
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
        except Skipped as why:
            print(f"ok {self.count} {name} # SKIP {why}")
        except Exception as error:
            print(f"not ok {self.count} {name}")
            shown = str(error) if isinstance(error, Failed) else traceback.format_exc()
            for line in shown.splitlines():
                print(f"# {line}")
        print(f"# {time.monotonic() - start:.1f} s", flush=True)

    # --- udev ---

    def start_udev(self, with_rule=True):
        self.stop_udev()
        os.makedirs(os.path.dirname(LOADED_RULES), exist_ok=True)
        if os.path.exists(LOADED_RULES):
            os.remove(LOADED_RULES)
        if with_rule:
            self.install_rule()
        with open("/tmp/udevd.log", "w", encoding="utf-8") as log:
            self.udevd = subprocess.Popen([UDEVD], stdout=log, stderr=log,
                                          env={**os.environ, "SYSTEMD_LOG_LEVEL": "info",
                                               "SYSTEMD_LOG_TARGET": "console"})
        wait("udev", lambda: os.path.exists("/run/udev/control"))
        # What was there before it began: the buses themselves.
        call("udevadm", "trigger", "--subsystem-match=usb", "--action=add")
        self.settle()

    @staticmethod
    def install_rule():
        shutil.copyfile(RULES, LOADED_RULES)

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
        for command in (("control", "--reload"), ("trigger", "--subsystem-match=usb")):
            equal(call("udevadm", *command), (0, "", ""), f"udevadm {command[0]}")
        Rig.settle()

    @staticmethod
    def settle():
        call("udevadm", "settle", f"--timeout={PATIENCE_S}")

    @staticmethod
    def udev_said():
        with open("/tmp/udevd.log", encoding="utf-8") as file:
            return file.read()

    # --- who sits at the screen ---

    @staticmethod
    def sit_down(uid):
        """Writes what logind writes when @uid begins to use the screen; udev reads it there."""
        if not os.path.exists("/lib/udev/rules.d/73-seat-late.rules"):
            raise Skipped("the machine's udev knows no seats (package systemd)")
        os.makedirs(SEATS, exist_ok=True)
        with open(f"{SEATS}/seat0", "w", encoding="utf-8") as file:
            file.write(f"IS_SEAT0=1\nCAN_MULTI_SESSION=1\nCAN_TTY=1\nCAN_GRAPHICAL=1\n"
                       f"ACTIVE=c1\nACTIVE_UID={uid}\nSESSIONS=c1\nUIDS={uid}\n")

    @staticmethod
    def stand_up():
        if os.path.exists(f"{SEATS}/seat0"):
            os.remove(f"{SEATS}/seat0")

    # --- stores ---

    @staticmethod
    def store(name, uid, demo=True):
        who(uid)
        path = f"/tmp/home-{uid}/{name}.db" if uid else f"/tmp/{name}.db"
        if not os.path.exists(path):
            done("store", "init", path, *(["--demo"] if demo else []), uid=uid)
        return path

    def close(self):
        self.stop_udev()
