#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make-sound.py NAME FILE: writes one of the program's sounds as a WAV file, 16 bit, mono."""

import array
import math
import sys
import wave

RATE = 22050
PAUSE = 0.05

# Hertz and seconds of each note. The more serious, the more and the higher; none is harsh.
SOUNDS = {
    "critical": [(988, 0.14), (740, 0.14), (988, 0.14), (740, 0.22)],
    "serious": [(659, 0.15), (880, 0.25)],
    "other": [(587, 0.22)],
}
LOUDNESS = {"critical": 0.7, "serious": 0.5, "other": 0.35}


def note(hertz, seconds, loudness):
    """A tone with one overtone, that swells quickly and dies away."""
    count = int(RATE * seconds)
    for i in range(count):
        at = i / RATE
        swell = min(1.0, at / 0.01) * math.exp(-3.0 * i / count) * min(1.0, (count - i) / 200)
        wave_at = math.sin(2 * math.pi * hertz * at) + 0.25 * math.sin(4 * math.pi * hertz * at)
        yield int(32767 * loudness * swell * wave_at / 1.25)


def main(name, path):
    samples = array.array("h")
    for hertz, seconds in SOUNDS[name]:
        samples.extend(note(hertz, seconds, LOUDNESS[name]))
        samples.extend([0] * int(RATE * PAUSE))
    if sys.byteorder == "big":
        samples.byteswap()
    with wave.open(path, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())


main(*sys.argv[1:])
