"""How fast reports are read, and whether memory stays flat over a folder of many.

Usage: ``python benchmarks/bench_read.py [REPORTS]``. The folder is made of invented reports in four lengths, with a
file of rubbish and an empty one among every thousand; it is streamed through ``read_paths`` and removed afterwards.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from ostraka.read import read_paths

PLACES = ("Vienna", "Havana", "Cairo", "Rome", "Dakar", "Lima")
ROLES = ("first secretary", "counsellor", "consul", "trade representative")
NAMES = ("Kim Yong-su", "Ri Chol-nam", "Pak Song-il", "Han Myong-ho")
FILLER = "Traders in the border town said prices had risen again, and that fewer trucks were crossing than in spring. "


def text_of(n: int) -> str:
    """One invented report; every fourth is ten times as long."""
    name, role, place = NAMES[n % 4], ROLES[n // 4 % 4], PLACES[n % 6]
    told = (
        f"SEOUL, March {n % 27 + 1}, 20{n % 20 + 2:02} - {name}, {role} at the North Korean embassy in {place}, "
        f"defected to the South with his wife last month, officials said. At least {n % 9 + 2} diplomats have fled "
        "since 2011. His brother was dismissed as vice minister two weeks later, according to a report.\n"
    )
    return told + FILLER * (30 if n % 4 == 0 else 3)


def fill(folder: Path, n_reports: int) -> int:
    """Write the folder, a thousand files in each subfolder; bytes of text in it."""
    size = 0
    for n in range(n_reports):
        part = folder / f"{n // 1000:04}"
        part.mkdir(exist_ok=True)
        text = text_of(n)
        (part / f"{n:07}.txt").write_text(text, encoding="utf-8")
        size += len(text.encode())
        if n % 1000 == 0:
            (part / "rubbish.pdf").write_bytes(b"\x00\xff no pdf")
            (part / "empty.txt").write_bytes(b"")
    return size


def memory() -> float:
    """Peak memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(n_reports: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        size = fill(Path(name), n_reports)
        start, n_read, n_events, n_failed, early = time.process_time(), 0, 0, 0, 0.0
        for _, reading, _problems in read_paths([name]):
            n_failed += reading is None
            if reading is not None:
                n_read += 1
                n_events += len(reading.events)
            if n_read == n_reports // 10:
                early = memory()
        seconds = time.process_time() - start
    print(
        f"{n_read:,} reports, {size / 1e6:.1f} MB of text, {n_events:,} events; {n_failed} bad files told as problems"
    )
    print(f"{size / 1e6 / seconds:.2f} MB and {n_read / seconds:.0f} reports a second of CPU")
    print(f"peak memory {early:.0f} MB after a tenth, {memory():.0f} MB at the end")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
