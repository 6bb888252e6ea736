"""How fast reports are read, and whether memory stays flat over a folder of many.

Usage: ``python benchmarks/bench_read.py [REPORTS]``. Two kinds of invented reports: *dense* ones, short, that tell of
two events and a number in their first sentences, and *ordinary* ones, long, of the day's news with a departure told in
one of twenty. Their speeds, the growth with the length of one text, and two peers that do much less (a pattern that
only finds capitalised words and figures; the tokeniser of spaCy, if it is installed) are measured in one run, on the
same texts. Then a folder of dense reports, with a file of rubbish and an empty one among every thousand, is streamed
through ``read_paths``.
"""

from __future__ import annotations

import importlib
import importlib.util
import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from ostraka.model import Report
from ostraka.read import read_paths, read_quickly, read_text

PLACES = ("Vienna", "Havana", "Cairo", "Rome", "Dakar", "Lima")
ROLES = ("first secretary", "counsellor", "consul", "trade representative")
NAMES = ("Kim Yong-su", "Ri Chol-nam", "Pak Song-il", "Han Myong-ho")
FILLER = "Traders in the border town said prices had risen again, and that fewer trucks were crossing than in spring. "
OPENINGS = (
    "Residents of {place} said on {day} that", "The ministry of trade announced in {month} that", "According to {name},",
    "A spokeswoman for the port authority told reporters that", "Two engineers who worked on the dam believe that",
    "In a statement published on {day}, the railway company said", "{name}, who runs a small shop near the harbour, said",
    "Economists at the university of {place} expect that", "Farmers in the north complained that", "Since {month},",
)  # fmt: skip
MIDDLES = (
    "the price of rice had risen by {n} percent", "fewer trucks were crossing the border than a year ago",
    "the new bridge would be finished before winter", "more than {n} workers had been taken on at the shipyard",
    "the harvest was the best for {n} years", "the council had again put off its decision on the school",
    "talks between the two cities were going well", "the water supply had failed in three districts",
    "an exhibition of old maps drew {n} visitors in its first week", "the ferry to {place} would sail twice a day",
)  # fmt: skip
ENDINGS = (
    ".", ", while the opposition asked for an inquiry.", ", and that nobody had been hurt.", ", his office confirmed later.",
    ", although local newspapers had reported otherwise.", "; a second report is due in {month}.", ", the agency said.",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Thursday", "Friday")
MONTHS = ("March", "June", "September", "November")
PEOPLE = ("Anna Lindqvist", "Pedro Alvarez", "Samira Haddad", "Tomas Novak", "Grace Okafor", "Viktor Petrenko")
PLAIN = re.compile(r"[A-Z][a-z]+(?:[ -][A-Z]?[a-z]+)*|\d[\d,.]*")
PUBLISHED = date(2020, 5, 5)


def text_of(n: int) -> str:
    """One invented report dense in events; every fourth is several times as long."""
    name, role, place = NAMES[n % 4], ROLES[n // 4 % 4], PLACES[n % 6]
    told = (
        f"SEOUL, March {n % 27 + 1}, 20{n % 20 + 2:02} - {name}, {role} at the North Korean embassy in {place}, "
        f"defected to the South with his wife last month, officials said. At least {n % 9 + 2} diplomats have fled "
        "since 2011. His brother was dismissed as vice minister two weeks later, according to a report.\n"
    )
    return told + FILLER * (30 if n % 4 == 0 else 3)


def ordinary(n: int, n_sentences: int = 40) -> str:
    """A long invented report of the day's news; every twentieth tells of a departure as well."""
    chance = random.Random(n)  # noqa: S311 - invented sentences, not results
    pick = chance.choice
    lines = []
    for k in range(n_sentences):
        form = f"{pick(OPENINGS)} {pick(MIDDLES)}{pick(ENDINGS)}"
        told = form.format(
            place=pick(PLACES), day=pick(DAYS), month=pick(MONTHS), name=pick(PEOPLE), n=chance.randint(3, 90)
        )
        lines.append(told + ("\n\n" if k % 4 == 3 else " "))
    return "".join(lines) + (text_of(n).partition("\n")[0] if n % 20 == 0 else "")


def seconds(read: Callable[[str], object], texts: Sequence[str]) -> float:
    """CPU time of reading each text once, the best of three rounds; the first text twice, so that tables are loaded."""
    read(texts[0])
    rounds = []
    for _ in range(3):
        start = time.process_time()
        for text in texts:
            read(text)
        rounds.append(time.process_time() - start)
    return min(rounds)


def peers() -> dict[str, Callable[[str], object]]:
    """What else takes a text apart, by its name."""
    found: dict[str, Callable[[str], object]] = {
        "the grammar alone (--quick)": lambda text: read_quickly(Report(text, published=PUBLISHED, lang="en")),
        "a pattern for capitals and figures": PLAIN.findall,
    }
    if importlib.util.find_spec("spacy"):
        found["spaCy, tokens only"] = importlib.import_module("spacy").blank("en")
    return found


def speeds(name: str, texts: Sequence[str]) -> None:
    size = sum(len(text.encode()) for text in texts) / 1e6
    own = seconds(lambda text: read_text(text, published=PUBLISHED), texts)
    n_events = sum(len(read_text(text, published=PUBLISHED)[0].events) for text in texts)
    per_kb = n_events / size / 1e3
    print(f"{name}: {size / own:.2f} MB and {len(texts) / own:.0f} reports a second of CPU; {per_kb:.1f} events a kB")
    for peer, does in peers().items():
        print(f"  {own / seconds(does, texts):.1f} times the time of {peer}")


def growth() -> None:
    """The time of one text against one four times as long; 4 if it is linear."""
    lengths = (250, 1000, 4000)
    took = [seconds(lambda text: read_text(text, published=PUBLISHED), [ordinary(0, n)]) for n in lengths]
    ratios = ", ".join(f"{after / before:.1f}" for before, after in pairwise(took))
    print(f"a text of {lengths} sentences: each four times as long takes {ratios} times the time")


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
            (part / "rubbish.pdf").write_bytes(bytes(range(256)) * 20)
            (part / "empty.txt").write_bytes(b"")
    return size


def memory() -> float:
    """Peak memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def stream(n_reports: int) -> None:
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
        took = time.process_time() - start
    print(
        f"a folder: {n_read:,} reports, {size / 1e6:.1f} MB, {n_events:,} events; {n_failed} bad files told as problems"
    )
    print(f"  {size / 1e6 / took:.2f} MB and {n_read / took:.0f} reports a second of CPU, files opened and decoded")
    print(f"  peak memory {early:.0f} MB after a tenth, {memory():.0f} MB at the end")


def main(n_reports: int) -> None:
    stream(n_reports)
    speeds("dense reports", [text_of(n) for n in range(200)])
    speeds("ordinary news", [ordinary(n) for n in range(60)])
    growth()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
