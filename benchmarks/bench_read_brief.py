"""How fast is the main job: reading a megabyte of text, and the brief from end to end.

    python benchmarks/bench_read_brief.py

Prints a table: the best of three runs, in CPU seconds of this process. No Python peer codes reports of this kind, so
the ratios compare with a pass of one regular expression over the same text, the least that any reader has to do.
"""

from __future__ import annotations

import calendar
import re
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path

from ostraka.brief import make_brief
from ostraka.read import read_text

PUBLISHED = date(2016, 8, 19)
MEGABYTE = 1_000_000
RUNS = 3
MONTHS = calendar.month_name[1:]
WORDS = re.compile(r"\w+(?:-\w+)*")


def example() -> str:
    return (files("ostraka.data") / "examples" / "london-2016.txt").read_text(encoding="utf-8")


def corpus() -> list[str]:
    """A megabyte in reports of the example's length, no two alike."""
    text = example()
    count = MEGABYTE // len(text) + 1
    return [
        text.replace("two sons", f"{number} sons").replace("July", MONTHS[number % 12])
        for number in range(2, count + 2)
    ]


def best(run: Callable[[], object]) -> float:
    """CPU seconds of the best run."""
    seconds = []
    for _ in range(RUNS):
        start = time.process_time()
        run()
        seconds.append(time.process_time() - start)
    return min(seconds)


def brief_of_example() -> None:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "example.txt")
        report.write_text(example(), encoding="utf-8")
        make_brief([report], regime="North Korea", published=PUBLISHED, rng=1)


def main() -> None:
    reports = corpus()
    size = sum(map(len, reports)) / MEGABYTE
    brief_of_example()  # imports and compiled kernels are not the question here
    scan = best(lambda: [WORDS.findall(report) for report in reports])
    read = best(lambda: [read_text(report, published=PUBLISHED) for report in reports])
    print(f"Python {sys.version.split()[0]}, best of {RUNS}, CPU seconds; {len(reports)} reports, {size:.2f} MB")
    print(f"{'':34} {'seconds':>9} {'MB/s':>7} {'ratio':>7}")
    for name, seconds in (("words only", scan), ("read into statements", read)):
        print(f"{name:34} {seconds:9.3f} {size / seconds:7.2f} {seconds / scan:7.1f}")
    print(f"{'brief of one report, end to end':34} {best(brief_of_example):9.3f}")


if __name__ == "__main__":
    main()
