"""The origin's images: real PNGs, as large as those of web pages are, and the same on every machine."""

import os
import random
import struct
import zlib
from pathlib import Path

SMALLEST, LARGEST, MEDIAN, SPREAD = 1_000, 500_000, 36_000, 1.0  # log-normal; the mean is near 59 KB

# Validators have seconds: each change is a minute later, and all of them lie in the past, so that no date is in doubt.
FIRST_CHANGE = 1_700_000_000


class Corpus:
    def __init__(self, folder: Path, count: int):
        self.folder = folder
        self.names = [f"{number:05d}.png" for number in range(count)]
        self.version = 0
        folder.mkdir(parents=True)
        sizes = random.Random("sizes")
        for name in self.names:
            size = min(LARGEST, max(SMALLEST, int(sizes.lognormvariate(0, SPREAD) * MEDIAN)))
            self._write(name, size)

    def change(self, share: float) -> set[str]:
        """Gives a part of the images other bytes, and another length, as a new version of an image has; returns their names."""
        self.version += 1
        changed = random.Random(self.version).sample(self.names, max(1, round(len(self.names) * share)))
        for name in changed:
            self._write(name, self.size(name) + 1)
        return set(changed)

    def size(self, name: str) -> int:
        return (self.folder / name).stat().st_size

    @property
    def bytes(self) -> int:
        return sum(map(self.size, self.names))

    def faults(self, images: Path) -> list[str]:
        """What is not as it is at the origin: other bytes, missing files, and files that nobody asked for."""
        present = set(os.listdir(images))
        faults = [f"{name} is missing" for name in self.names if name not in present]
        faults += [f"{name} has other bytes" for name in self.names
                   if name in present and (images / name).read_bytes() != (self.folder / name).read_bytes()]
        return faults + [f"{name} is left over" for name in sorted(present.difference(self.names))]

    def _write(self, name: str, size: int):
        time = FIRST_CHANGE + 60 * self.version
        new = self.folder / (name + ".new")
        new.write_bytes(png(size, f"{name} {self.version}"))
        os.utime(new, (time, time))
        os.replace(new, self.folder / name)


def png(size: int, seed: str) -> bytes:
    """One grey pixel, and a private chunk of noise that fills it up to the size: valid, and not to be compressed."""
    head = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    tail = chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")
    return head + chunk(b"noIs", random.Random(seed).randbytes(size - len(head) - len(tail) - 12)) + tail


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
