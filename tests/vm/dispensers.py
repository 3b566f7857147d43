# SPDX-License-Identifier: GPL-3.0-or-later
"""Simulated dispensers as USB devices of the machine's kernel: our server, the system's `usbip`."""

import glob
import os
import re
import select
import subprocess
import time

from rig import PATIENCE_S, Failed, call, check, wait

SERVER = "dosebenk-virtual"
ATTEMPTS = 3


def read(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read().strip()
    except OSError:
        return None


def find(serial):
    """(bus path, device node) of what is plugged in under @serial."""
    for place in glob.glob("/sys/bus/usb/devices/*"):
        if read(f"{place}/serial") == serial:
            bus, number = read(f"{place}/busnum"), read(f"{place}/devnum")
            if bus and number:
                node = f"/dev/bus/usb/{int(bus):03}/{int(number):03}"
                return (os.path.basename(place), node) if os.path.exists(node) else None
    return None


class Dispensers:
    """One server with dispensers that are not plugged in yet."""

    def __init__(self, *models, state, fault=None, return_after=None):
        command = [SERVER, "--usbip=127.0.0.1:0", "--model", ",".join(models), "--state", state]
        command += ["--fault", fault] if fault else []
        command += ["--return-after", str(return_after)] if return_after is not None else []
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE,
                                        stdin=subprocess.DEVNULL, bufsize=0)
        self.said = []
        self.rest = b""
        self.port = self.hear(r"listening 127\.0\.0\.1:(\d+)")[1]
        self.places = {}
        for _ in models:
            match = self.hear(r"exported (\S+) \S+ (\S+)")
            self.places[match[2]] = match[1]

    def hear(self, pattern, seconds=PATIENCE_S):
        """The next line that fits; those before it are past."""
        end = time.monotonic() + seconds
        while True:
            while b"\n" in self.rest:
                line, self.rest = self.rest.split(b"\n", 1)
                self.said.append(line.decode())
                match = re.fullmatch(pattern, self.said[-1])
                if match:
                    return match
            left = end - time.monotonic()
            ready = left > 0 and select.select([self.process.stdout], [], [], left)[0]
            data = os.read(self.process.stdout.fileno(), 4096) if ready else b""
            check(data, f"the server does not say {pattern!r}; it said {self.said}")
            self.rest += data

    def attach(self, serial):
        """The tool looks at all buses first, and gives up when one changes meanwhile."""
        def try_once():
            nonlocal said
            code, *said = call("usbip", "--tcp-port", self.port, "attach", "-r", "127.0.0.1",
                               "-b", self.places[serial])
            return code == 0

        said = None
        for _ in range(ATTEMPTS):
            if try_once():
                return
        raise Failed(f"usbip attach: {said}")

    def plug(self, *serials):
        """As a person does, with udev's answer awaited."""
        for serial in serials or self.places:
            self.attach(serial)
        for serial in serials or self.places:
            wait(f"{serial} on the bus", lambda: find(serial))
        call("udevadm", "settle", f"--timeout={PATIENCE_S}")

    @staticmethod
    def unplug(serial):
        """Pulls the cable."""
        _, said, _ = call("usbip", "port")
        place = find(serial)
        check(place, f"{serial} is not on the bus")
        for port in re.findall(r"^Port (\d+):", said, re.M):
            status = read("/sys/devices/platform/vhci_hcd.0/status") or ""
            row = re.search(rf"^\S+\s+{int(port):04}\s.*\s(\S+)$", status, re.M)
            if row and row[1] == place[0]:
                call("usbip", "detach", "-p", port)
        wait(f"{serial} off the bus", lambda: not find(serial))

    def close(self):
        self.process.terminate()
        self.process.wait(PATIENCE_S)
        self.process.stdout.close()
        for serial in self.places:
            wait(f"{serial} off the bus", lambda: not find(serial))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
