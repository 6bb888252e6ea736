from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from ostraka.read.dates_in_text import parse_phrase


def test_practice_phrases(shared: Path) -> None:
    with (shared / "data" / "date_phrases.csv").open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    missed = []
    for row in rows:
        when = parse_phrase(row["phrase"], date.fromisoformat(row["document_date"]))
        found = str(when.earliest), str(when.latest)
        if found != (row["earliest"], row["latest"]):
            missed.append((row["phrase"], found))
    assert missed == []
