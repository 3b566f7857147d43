# SPDX-License-Identifier: GPL-3.0-or-later
"""Debian's own kernel for a virtual machine: the package is fetched and unpacked into a cache, and
never installed. From it come a kernel to boot and an initial file system with a few modules."""

import gzip
import lzma
import os
import re
import subprocess
import tempfile

HERE = os.path.dirname(os.path.realpath(__file__))
META = "linux-image-amd64"
# What the machine is told to load, in this order; what these need goes before them.
MODULES = ("virtio_pci", "9pnet_virtio", "9p", "overlay", "vhci-hcd")


class Missing(Exception):
    """Something the machine cannot do without, in words."""


def cache_dir():
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    path = os.environ.get("BENK_VM_CACHE") or os.path.join(base, "dosebenk-vm")
    os.makedirs(path, exist_ok=True)
    return path


def newest_package():
    """Debian's kernel of today; a name ends in the release that its files are sorted under."""
    try:
        said = subprocess.run(["apt-cache", "depends", META], capture_output=True, text=True,
                              check=True, env={**os.environ, "LC_ALL": "C"}).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    names = re.findall(r"^\s*Depends: (linux-image-\d\S+)$", said, re.M)
    return names[0] if names else None


def fetched(folder):
    return sorted(os.path.join(folder, name) for name in os.listdir(folder)
                  if re.match(r"linux-image-\d.*\.deb$", name))


def fetch(folder):
    """The package as a file. One that was fetched before will do when nothing can be fetched."""
    name = newest_package()
    kept = fetched(folder)
    for path in kept:
        if name and os.path.basename(path).startswith(name + "_"):
            return path
    if name:
        with tempfile.TemporaryDirectory(dir=folder) as part:
            done = subprocess.run(["apt-get", "-q", "download", name], cwd=part,
                                  capture_output=True, text=True)
            for path in fetched(part):
                os.rename(path, os.path.join(folder, os.path.basename(path)))
        if done.returncode == 0:
            return next(p for p in fetched(folder) if os.path.basename(p).startswith(name + "_"))
    if kept:
        return kept[-1]
    raise Missing(f"Debian's kernel ({META}) cannot be fetched with apt-get download")


class Package:
    """The members of a kernel package that are asked for, unpacked once."""

    def __init__(self, deb, folder):
        self.deb = deb
        self.folder = folder
        self.release = re.match(r"linux-image-(.+?)_", os.path.basename(deb))[1]

    def unpack(self):
        if os.path.isdir(self.folder):
            return
        part = self.folder + ".part"
        os.makedirs(part, exist_ok=True)
        out = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", self.deb], stdout=subprocess.PIPE)
        subprocess.run(
            ["tar", "-x", "-C", part, "--wildcards", "./boot/vmlinuz-*",
             *(f"./lib/modules/*/kernel/{place}/*" for place in
               ("drivers/usb/common", "drivers/usb/core", "drivers/usb/usbip", "drivers/virtio",
                "fs/9p", "fs/fscache", "fs/netfs", "fs/overlayfs", "net/9p"))],
            stdin=out.stdout, check=True)
        if out.wait():
            raise Missing(f"{self.deb} cannot be unpacked")
        os.rename(part, self.folder)

    def read(self, path):
        with open(path, "rb") as file:
            data = file.read()
        return lzma.decompress(data) if path.endswith(".xz") else data

    def module_files(self):
        found = {}
        for place, _, files in os.walk(os.path.join(self.folder, "lib")):
            for name in files:
                found[name.split(".ko")[0].replace("-", "_")] = os.path.join(place, name)
        return found

    def modules(self, wanted):
        """(name, octets) of the wanted modules and what they need, each after its needs. A need
        that is not in the package's chosen folders is part of the kernel itself."""
        files = self.module_files()
        ready = {}

        def take(name):
            name = name.replace("-", "_")
            if name in ready or name not in files:
                return
            data = self.read(files[name])
            needs = re.search(rb"\0depends=([^\0]*)\0", data)
            for need in filter(None, needs[1].decode().split(",") if needs else ()):
                take(need)
            ready[name] = data

        for name in wanted:
            if name.replace("-", "_") not in files:
                raise Missing(f"the kernel {self.release} has no module {name}")
            take(name)
        return list(ready.items())

    def kernel(self):
        """The kernel without its own unpacking, which takes seconds on a machine in software;
        as it is where its packing is another than Debian's."""
        data = self.read(os.path.join(self.folder, "boot", f"vmlinuz-{self.release}"))
        at = data.find(b"\xfd7zXZ\0")
        try:
            bare = lzma.LZMADecompressor().decompress(data[at:]) if at > 0 else b""
        except lzma.LZMAError:
            bare = b""
        return bare if bare.startswith(b"\x7fELF") else data


def archive(entries):
    """A cpio archive of the kind the kernel unpacks ("newc"): (path, mode, octets) each."""
    parts = []
    for number, (path, mode, data) in enumerate([*entries, ("TRAILER!!!", 0, b"")], 1):
        name = path.encode() + b"\0"
        fields = (number, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name), 0)
        head = b"070701" + b"".join(b"%08X" % field for field in fields) + name
        for part in (head, data):
            parts.append(part + b"\0" * (-len(part) % 4))
    return b"".join(parts)


def initrd(package, busybox):
    with open(busybox, "rb") as file:
        shell = file.read()
    with open(os.path.join(HERE, "init"), "rb") as file:
        init = file.read()
    modules = package.modules(MODULES)
    order = "".join(f"{name}\n" for name, _ in modules).encode()
    folders = ("bin", "proc", "sys", "dev", "modules", "host", "over", "root")
    return archive([*((name, 0o040755, b"") for name in folders),
                    ("bin/busybox", 0o100755, shell), ("init", 0o100755, init),
                    ("modules/order", 0o100644, order),
                    *((f"modules/{name}", 0o100644, data) for name, data in modules)])


def write(path, data):
    with open(path + ".part", "wb") as file:
        file.write(data)
    os.rename(path + ".part", path)


def prepare(busybox):
    """Returns (release, kernel, initrd), made where they are not there yet."""
    folder = cache_dir()
    deb = fetch(folder)
    package = Package(deb, os.path.join(folder, os.path.basename(deb)[:-len(".deb")]))
    package.unpack()
    kernel = os.path.join(package.folder, "kernel")
    start = os.path.join(package.folder, "initrd.gz")
    if not os.path.exists(kernel):
        write(kernel, package.kernel())
    write(start, gzip.compress(initrd(package, busybox), 1))
    return package.release, kernel, start
