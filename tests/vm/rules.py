# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may open a dispenser: the shipped rule in the system's own udev."""

import json
import os
import subprocess

from dispensers import Dispensers, find
from rig import (AT_SEAT, GROUP_ID, MEMBER, STRANGER, call, check, done, equal, wait, who)

SERIAL = "VM-1001"
NO_PERMISSION = "No permission to use the USB device"


class Plugged:
    """The one dispenser that all cases use, plugged in by each anew."""

    server = None

    def __enter__(self):
        if not Plugged.server:
            Plugged.server = Dispensers(f"medido={SERIAL}", state="/tmp/state-rules")
        return Plugged.server

    def __exit__(self, *_):
        if find(SERIAL):
            Plugged.server.unplug(SERIAL)


def look(bench, uid, groups=()):
    """The dispenser as dosebenkctl shows it to @uid."""
    store = bench.store("look", uid)
    found = done("--store", store, "usb", "list", uid=uid, groups=groups)
    equal([device["serial"] for device in found], [SERIAL], "what is plugged in")
    return found[0]


def is_let_in(bench, uid, groups=()):
    device = look(bench, uid, groups)
    check(device["firmware"], f"{uid} could not read it: {device}")


def is_refused(bench, uid, command, groups=()):
    device = look(bench, uid, groups)
    check(not device["firmware"], f"{uid} could read it")
    check(device["problem"].startswith(NO_PERMISSION) and command in device["problem"],
          f"{uid} was told {device['problem']!r}")


def there_is_a_bus(_):
    """boots/the kernel offers a bus that devices can be attached to over a network"""
    check(os.path.exists("/sys/devices/platform/vhci_hcd.0/attach"), "no vhci")


def nobody_without_rule(bench):
    """rule/without it nobody but root gets in, and IT is given the command"""
    bench.start_udev(with_rule=False)
    bench.sit_down(AT_SEAT)
    with Plugged() as devices:
        devices.plug()
        is_refused(bench, AT_SEAT, "sudo tee /etc/udev/rules.d/70-dosebenk.rules")
        is_refused(bench, STRANGER, "sudo tee /etc/udev/rules.d/70-dosebenk.rules")


def printed_rule(_):
    """rule/the program prints the rule that is shipped"""
    with open("/run/benk/prefix/lib/udev/rules.d/70-dosebenk.rules", encoding="utf-8") as file:
        shipped = file.read()
    equal(call("dosebenkctl", "usb", "rule")[1], shipped, "the rule")


def granted_while_plugged_in(bench):
    """rule/what IT does while the dispenser is plugged in is noticed without plugging again"""
    bench.start_udev(with_rule=False)
    bench.sit_down(AT_SEAT)
    store = bench.store("look", AT_SEAT)
    with Plugged() as devices:
        devices.plug()
        with Watch(store, AT_SEAT) as watch:
            refused = watch.hear(lambda event: event["event"] == "arrived")["device"]
            check(refused["problem"].startswith(NO_PERMISSION), refused)
            bench.install_rule()
            bench.trigger()
            watch.hear(lambda event: (event["device"] or {}).get("firmware"))


def person_at_the_seat(bench):
    """rule/the person at the screen gets in, another one does not"""
    bench.start_udev()
    bench.sit_down(AT_SEAT)
    with Plugged() as devices:
        devices.plug()
        is_let_in(bench, AT_SEAT)
        is_refused(bench, STRANGER, "usermod -aG dosebenk")


def member_without_seat(bench):
    """rule/a member of the group gets in from afar, another one does not"""
    bench.start_udev()
    bench.stand_up()
    with Plugged() as devices:
        devices.plug()
        is_let_in(bench, MEMBER, groups=[GROUP_ID])
        is_refused(bench, AT_SEAT, "usermod -aG dosebenk")


def without_group(bench):
    """rule/where there is no such group the person at the screen still gets in"""
    bench.remove_group()
    try:
        bench.start_udev()
        bench.sit_down(AT_SEAT)
        with Plugged() as devices:
            devices.plug()
            is_let_in(bench, AT_SEAT)
            is_refused(bench, MEMBER, "groupadd -f -r dosebenk", groups=[GROUP_ID])
    finally:
        bench.add_group()


def rule_is_accepted(bench):
    """rule/the system's udev takes every line of the shipped rule"""
    bench.start_udev()
    bench.trigger()
    said = [line for line in bench.udev_said().splitlines() if "70-dosebenk" in line]
    check(not said, "\n".join(said))


def other_classes(bench):
    """rule/a bus's own hubs stay as they were"""
    bench.start_udev()
    bench.sit_down(AT_SEAT)
    bench.trigger()
    status = os.stat("/dev/bus/usb/001/001")
    equal((status.st_uid, status.st_gid, status.st_mode & 0o777), (0, 0, 0o664), "the hub's node")
    equal(subprocess.run(["test", "-w", "/dev/bus/usb/001/001"], **who(AT_SEAT)).returncode, 1,
          "may be written to")


class Watch:
    """`dosebenkctl usb watch` of somebody, line by line."""

    def __init__(self, store, uid, environment=None):
        options = who(uid)
        if environment:
            options["env"] = {**options.get("env", os.environ), **environment}
        self.process = subprocess.Popen(
            ["dosebenkctl", "--store", store, "usb", "watch"], stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, **options)
        os.set_blocking(self.process.stdout.fileno(), False)
        self.events = []
        self.rest = b""

    def read(self):
        data = self.process.stdout.read() or b""
        *lines, self.rest = (self.rest + data).split(b"\n")
        self.events += [json.loads(line) for line in lines]

    def hear(self, fits):
        """The first event from now on that fits; those before it are past."""
        def look_for():
            self.read()
            while self.events:
                event = self.events.pop(0)
                if fits(event):
                    return event
            return None
        return wait("an event", look_for)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        equal(self.process.wait(20), 0, "the end of usb watch")
        self.process.stdout.close()


def events_are_heard(bench):
    """hotplug/comings and goings are heard from the kernel, and nothing looks for them"""
    bench.start_udev()
    bench.sit_down(AT_SEAT)
    with Plugged() as devices, Watch(bench.store("look", AT_SEAT), AT_SEAT) as watch:
        watch.hear(lambda event: event["event"] == "listening")
        for _ in range(2):
            devices.plug()
            watch.hear(lambda event: event["event"] == "arrived")
            watch.hear(lambda event: (event["device"] or {}).get("firmware"))
            devices.unplug(SERIAL)
            watch.hear(lambda event: event["event"] == "left")


def looks_where_nothing_is_heard(bench):
    """hotplug/where no udev runs the program says so and looks"""
    bench.stop_udev()
    with Plugged() as devices, Watch(bench.store("look", 0), 0) as watch:
        watch.hear(lambda event: event["event"] == "looking")
        devices.plug()
        watch.hear(lambda event: (event["device"] or {}).get("firmware"))
        devices.unplug(SERIAL)
        watch.hear(lambda event: event["event"] == "left")


CASES = (there_is_a_bus, rule_is_accepted, printed_rule, other_classes, nobody_without_rule,
         granted_while_plugged_in, person_at_the_seat, member_without_seat, without_group,
         events_are_heard, looks_where_nothing_is_heard)
