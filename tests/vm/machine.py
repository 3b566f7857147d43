# SPDX-License-Identifier: GPL-3.0-or-later
"""A machine that boots once, runs guest.py as root, and tells line by line what it says."""

import os
import re
import shutil
import subprocess
import tempfile
import threading

import kernel

QEMU = "qemu-system-x86_64"
MEMORY_MIB = 1024


def processor():
    """KVM only where the processor has it: /dev/kvm is there on machines without, too."""
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        able = re.search(r"^flags\s.*\b(vmx|svm)\b", file.read(), re.M)
    if able and os.access("/dev/kvm", os.R_OK | os.W_OK):
        return ["-accel", "kvm", "-cpu", "host"]
    return ["-accel", "tcg", "-cpu", "max"]


def needs():
    """Programs the machine cannot do without, and Debian's names for those that are missing."""
    places = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    wanted = {QEMU: "qemu-system-x86", "busybox": "busybox-static", "usbip": "usbip",
              "udevadm": "udev"}
    return [package for program, package in wanted.items()
            if not shutil.which(program, path=places)]


class Machine:
    def __init__(self, source, prefix, word):
        self.release, self.kernel, self.initrd = kernel.prepare(shutil.which("busybox"))
        self.source = source
        self.prefix = prefix
        self.word = word

    def command(self, console):
        line = ("console=ttyS0 quiet panic=-1 mitigations=off nokaslr random.trust_cpu=on "
                f"benk.source={self.source} benk.prefix={self.prefix} benk.word={self.word}")
        return [QEMU, "-machine", "q35", *processor(), "-m", str(MEMORY_MIB), "-display", "none",
                "-nodefaults", "-no-reboot", "-nic", "none", "-kernel", self.kernel,
                "-initrd", self.initrd, "-append", line,
                "-fsdev", "local,id=host,path=/,security_model=none,readonly=on,multidevs=remap",
                "-device", "virtio-9p-pci,fsdev=host,mount_tag=host",
                "-serial", f"file:{console}", "-serial", "stdio"]

    def run(self, seconds, tell):
        """Gives every line to @tell; returns the last words of the console, and whether the time
        was up."""
        with tempfile.TemporaryDirectory() as folder:
            console = os.path.join(folder, "console")
            process = subprocess.Popen(self.command(console), stdin=subprocess.DEVNULL,
                                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            late = threading.Event()

            def give_up():
                late.set()
                process.kill()

            timer = threading.Timer(seconds, give_up)
            timer.start()
            for line in process.stdout:
                tell(line.decode("utf-8", "replace").rstrip("\r\n"))
            process.wait()
            timer.cancel()
            with open(console, encoding="utf-8", errors="replace") as file:
                return file.read().splitlines()[-20:], late.is_set()
