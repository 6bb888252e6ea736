"""How fast the register takes in, freezes and meets: python benchmarks/bench_register.py [STATEMENTS ...].

Made reports of ten statements, one departure each, spread over twenty regimes. Prints one row for each size, in
seconds of CPU time.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from ostraka.dates import When
from ostraka.model import Report, Statement
from ostraka.read.reading import Reading
from ostraka.register import Register

FAMILIES = [
    "Kim",
    "Ri",
    "Pak",
    "Choe",
    "Jong",
    "Kang",
    "Jo",
    "Yun",
    "Jang",
    "Im",
    "Han",
    "O",
    "So",
    "Sin",
    "Kwon",
    "Hwang",
    "An",
    "Song",
    "Ryu",
    "Hong",
]
SYLLABLES = [
    "chol",
    "su",
    "yong",
    "ho",
    "song",
    "gil",
    "jong",
    "un",
    "il",
    "kyu",
    "myong",
    "hak",
    "bong",
    "sun",
    "kum",
    "hui",
    "nam",
    "ok",
    "han",
    "jin",
]
PLACES = [
    "Cuba",
    "Peru",
    "Laos",
    "Kenya",
    "Oman",
    "Chad",
    "Mali",
    "Nepal",
    "Qatar",
    "Iran",
    "Egypt",
    "Syria",
    "Poland",
    "Malta",
    "Ghana",
    "Yemen",
]
PER_REPORT = 10
REGIMES = 20
PERSONS = 100_000


def reading(number: int, *, regimes: int = REGIMES) -> Reading:
    """One report of one departure from one of some regimes."""
    family = FAMILIES[number % 20]
    first, second = SYLLABLES[number // 20 % 20], SYLLABLES[number // 400 % 20]
    name = f"{family} {first.title()}-{second}"
    place, day = PLACES[number // 8000 % 16], date(2000, 1, 1) + timedelta(days=number * 37 % 9000)
    words = f"Report {number}: {name}, counsellor of the embassy in {place}, has left his post with his family. "
    report = Report(words * 3, published=day + timedelta(days=30), publisher=f"paper {number % 50}")
    span, event = report.quote(0, 40), f"departure of {name}"
    said = [("name", name), ("role", "counsellor"), ("organisation", f"embassy in {place}"), ("place", place)]
    told = [("person", name), ("role", "counsellor"), ("post_place", place), ("destination", "France")]
    told.append(("origin_regime", f"Regime {number % regimes}"))
    when = When(day, day + timedelta(days=10))
    made = [Statement(span, "person", name, *pair, coder="made", codebook="1") for pair in said]
    made.append(Statement(span, "event", event, "type", "defection", when, coder="made", codebook="1"))
    made += [Statement(span, "event", event, *pair, coder="made", codebook="1") for pair in told]
    return Reading.of(report, made)


def timed(work: Callable[[], object]) -> float:
    """CPU seconds that something takes; the machine may be busy with other things."""
    started = time.process_time()
    work()
    return time.process_time() - started


def measure(n_statements: int, folder: Path) -> str:
    """One row of the table."""
    n_reports = n_statements // PER_REPORT
    spent = 0.0
    with Register(str(folder / f"{n_statements}.db")) as register:
        for start in range(0, n_reports, 2000):
            batch = [reading(number) for number in range(start, min(start + 2000, n_reports))]
            spent += timed(lambda batch=batch: register.add_many(batch))  # type: ignore[misc]
        again = timed(lambda: register.add_many(map(reading, range(200))))
        frozen = timed(lambda: register.freeze("Regime 3"))
        warm = min(timed(lambda: register.links(reading(3).report.id)) for _ in range(5))
        checked = timed(register.verify)
        size = (folder / f"{n_statements}.db").stat().st_size / 1e6
    cells = f"{n_statements:>10,} {n_statements / spent:>12,.0f} {again:>9.2f} {frozen:>10.2f}"
    return f"{cells} {warm * 1000:>10.1f} {checked:>9.1f} {size:>8.1f}"


def meet(address: str, number: int) -> tuple[float, float]:
    """Seconds of a fresh process: opening the register and meeting a report, all tables included; and one more report."""
    met, then = reading(number), reading(number + REGIMES)
    registers: list[Register] = []

    def first() -> None:
        registers.append(Register(address))
        registers[0].links(met.report.id)

    opened = timed(first)
    again = timed(lambda: registers[0].links(then.report.id))
    registers[0].close()
    return opened, again


def who_is_who(n_persons: int, folder: Path) -> str:
    """A report of a regime meets many persons of it, each time in a process of its own."""
    address = str(folder / f"{n_persons}-persons.db")
    with Register(address) as register:
        for start in range(0, n_persons, 2000):
            register.add_many(reading(number, regimes=1) for number in range(start, min(start + 2000, n_persons)))
    command = [sys.executable, __file__, "--meet", address]
    told = [subprocess.run([*command, str(37 * n + 3)], capture_output=True, text=True, check=True) for n in range(11)]
    spent = [sorted(values) for values in zip(*(map(float, one.stdout.split()) for one in told), strict=True)]
    cells = " ".join(f"{values[5] * 1000:>10.1f} {values[-1] * 1000:>10.1f}" for values in spent)
    return f"{n_persons:>10,} {cells}"


def main() -> None:
    if sys.argv[1:2] == ["--meet"]:
        print(*meet(sys.argv[2], int(sys.argv[3])))
        return
    sizes = [int(size.replace(",", "")) for size in sys.argv[1:]] or [10_000, 100_000]
    print("statements  statements/s  again, s  freeze, s  links, ms  verify, s       MB")
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            print(measure(size, Path(folder)), flush=True)
        print("\n   persons  first, ms  (slowest)   next, ms  (slowest) of eleven processes")
        for count in (PERSONS // 100, PERSONS // 10, PERSONS):
            print(who_is_who(count, Path(folder)), flush=True)


if __name__ == "__main__":
    main()
