# SPDX-License-Identifier: GPL-3.0-or-later
"""What a technician does with dispensers, through libusb and usbfs: read, make ready, pull the cable,
put it back, reset. As a plain user at the screen."""

import json
import threading

from dispensers import Dispensers
from rig import AT_SEAT, check, ctl, done, equal

PLAN = {
    "format": 1, "zone": "Europe/Oslo", "language": "nb", "volume": 60,
    "doses": [{"time": "08:00"}, {"time": "14:00"}, {"time": "20:00"}],
    "alarms": [{"condition": "missed", "delay_min": 45}],
    "recipients": [{"role": "charge-nurse", "periods": ["day", "evening", "weekend"]}],
}


WHOLE, GONE, TAKEN, OTHER = "VM-3001", "VM-4001", "VM-4002", "VM-4003"
# Which transfer is the one that is lost: behind the reading that begins every command, and before
# the plan is in force.
PULL = 60


class Bench:
    """A store with cards in stock, and the commands of one who signs as VM."""

    def __init__(self, rig, name, *serials, demo=True):
        rig.start_udev()
        rig.sit_down(AT_SEAT)
        self.state = f"/tmp/state-{name}"
        self.path = rig.store(name, AT_SEAT, demo=demo)
        self.plan = f"/tmp/plan-{name}.json"
        with open(self.plan, "w", encoding="utf-8") as file:
            json.dump(PLAN, file)
        cards = f"/tmp/cards-{name}.csv"
        with open(cards, "w", encoding="utf-8") as file:
            file.write("Serial;Model;State\n")
            file.writelines(f"{serial};medido;stock\n" for serial in serials)
        if serials:
            self.done("device", "import", cards)

    def ask(self, *arguments, limit=90):
        return ctl("--store", self.path, "--as", "VM", *arguments, uid=AT_SEAT, limit=limit)

    def done(self, *arguments):
        return done("--store", self.path, "--as", "VM", *arguments, uid=AT_SEAT)

    def dispensers(self, *serials, **fault):
        return Dispensers(*(f"medido={serial}" for serial in serials), state=self.state, **fault)

    def state_of(self, serial):
        return self.done("device", "show", serial)["device"]["state"]

    def find(self, serial):
        found = {device["serial"]: device for device in self.done("usb", "list")}
        check(serial in found, f"{serial} is not there, but {list(found)}")
        return found[serial]

    def provision(self, serial):
        return self.ask("usb", "provision", "--device", serial, "--plan", self.plan,
                        "--user", "4711")

    def reset(self, serial, typed):
        return self.ask("usb", "reset", "--device", serial, "--confirm", typed)


def several_are_read(rig):
    """jobs/eight dispensers at once are each read, each with its own serial"""
    bench = Bench(rig, "several")
    serials = [f"VM-2{i:03}" for i in range(8)]
    with bench.dispensers(*serials) as devices:
        devices.plug()
        found = bench.done("usb", "list")
    equal(sorted(device["serial"] for device in found), serials, "the serials")
    equal(len({device["bus_path"] for device in found}), 8, "the sockets")
    for device in found:
        check(device["firmware"] and device["extension"], f"not read: {device}")
        equal(device["link"], "simulated", "what the cable is")


class Job(threading.Thread):
    """A command that goes on while the cable is pulled and put back."""

    def __init__(self, func, *arguments):
        super().__init__()
        self.func = func
        self.arguments = arguments
        self.answer = None
        self.start()

    def run(self):
        self.answer = self.func(*self.arguments)

    def end(self):
        self.join(90)
        check(self.answer, "the command does not end")
        return self.answer


def two_are_cut_off(rig):
    """jobs/two are being reset and restart: one stays away, in place of one another is plugged in"""
    rig.cut = cut = Bench(rig, "cut", GONE, TAKEN)
    rig.away = cut.dispensers(GONE, TAKEN, OTHER)
    rig.away.plug(GONE)
    rig.gone_job = Job(cut.reset, GONE, GONE)
    rig.away.hear(rf"gone .* {GONE}")
    check(not rig.gone_job.answer, f"the job was over: {rig.gone_job.answer}")

    rig.away.plug(TAKEN)
    rig.taken_job = Job(cut.reset, TAKEN, TAKEN)
    rig.away.hear(rf"gone .* {TAKEN}")
    check(not rig.taken_job.answer, f"the job was over: {rig.taken_job.answer}")
    rig.away.plug(OTHER)


def reset_through(bench, devices, serial):
    """A reset restarts the dispenser, whose cable stays in its socket."""
    job = Job(bench.reset, serial, serial)
    devices.hear(rf"gone .* {serial}")
    devices.hear(rf"returned .* {serial}")
    devices.plug(serial)
    return job.end()


def is_proven(code, job):
    check(code == 0 and job["proven"] and job["outcome"] == "verified", job)


def whole_job(rig):
    """jobs/reset by the typed serial; made ready with the cable pulled and put back; each proven"""
    bench = Bench(rig, "whole", WHOLE)
    with bench.dispensers(WHOLE) as devices:
        devices.plug()
        _, job = bench.reset(WHOLE, "VM-3002")
        equal(job["error"]["code"], "refused", "a reset with another serial typed")
        is_proven(*reset_through(bench, devices, WHOLE))
    bench.done("device", "attest", WHOLE, "adapter-present")
    with bench.dispensers(WHOLE, fault=f"disconnect@{PULL}",
                          return_after=0.5) as devices:
        devices.plug()
        job = Job(bench.provision, WHOLE)
        devices.hear(r"gone .*")
        check(not job.answer, f"the cable was pulled after the job: {job.answer}")
        devices.hear(r"returned .*")
        devices.plug()
        is_proven(*job.end())
        equal(bench.state_of(WHOLE), "ready", "the state")
        equal(bench.find(WHOLE)["dose_times"], 3, "dose times that the dispenser holds")


def ordinary_store(rig):
    """honest/in an ordinary store the same simulated dispensers prove nothing, cable or not"""
    serial = "VM-5001"
    bench = Bench(rig, "ordinary", demo=False)
    bench.done("device", "add", serial, "--model", "medido")
    bench.done("device", "attest", serial, "adapter-present")
    with bench.dispensers(serial) as devices:
        devices.plug()
        for code, answer in (reset_through(bench, devices, serial), bench.provision(serial)):
            equal(code, 1, f"the job's end {answer}")
            check("answer" in answer and not answer["answer"]["proven"] and
                  answer["answer"]["outcome"] is None, answer)
            check("Simulated" in answer["error"]["message"], answer)
        equal(bench.state_of(serial), "received", "the state")


def is_not_claimed(job):
    code, answer = job.end()
    equal(code, 1, f"the job's end {answer}")
    check(answer["answer"]["outcome"] in ("unknown", "redo") and
          not answer["answer"]["proven"], answer)


def other_is_untouched(rig):
    """jobs/the one in another's place was not touched, and nothing is claimed"""
    before = rig.cut.find(OTHER)
    is_not_claimed(rig.taken_job)
    after = rig.cut.find(OTHER)
    check(before["firmware"], f"the other one could not be read: {before}")
    for what in ("serial", "dose_times", "bus_path", "device_id"):
        equal(after[what], before[what], f"{what} of the other one")
    rig.away.unplug(OTHER)


def settled_when_it_returns(rig):
    """jobs/what is not known is settled when the dispenser is plugged in again, and can be finished"""
    is_not_claimed(rig.gone_job)
    rig.away.plug(GONE)
    check("was not checked to its end" in rig.cut.find(GONE)["problem"],
          "nothing is said of the reset that was cut off")
    is_proven(*reset_through(rig.cut, rig.away, GONE))
    rig.away.close()


# Those that are cut off wait half a minute for their cables; the others go on meanwhile.
CASES = (several_are_read, two_are_cut_off, whole_job, ordinary_store, other_is_untouched,
         settled_when_it_returns)
