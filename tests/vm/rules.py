# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may open a dispenser: the shipped rule in the system's own udev."""

from rig import check
import os


def there_is_a_bus(bench):
    """boots/the kernel offers buses that devices can be attached to over a network"""
    check(os.path.exists("/sys/devices/platform/vhci_hcd.0/attach"), "no vhci")


def rule_is_accepted(bench):
    """rule/the system's udev takes every line of the shipped rule"""
    bench.start_udev(with_rule=True)
    bench.trigger()
    said = [line for line in bench.udev_said().splitlines() if "70-dosebenk" in line]
    check(not said, "\n".join(said))


CASES = (there_is_a_bus, rule_is_accepted)
