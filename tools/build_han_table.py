"""Make ``src/ostraka/read/tables/han.csv`` from the Unihan database (Debian package ``unicode-data``).

Usage: ``python tools/build_han_table.py FOLDER_WITH_UNIHAN_TXT src/ostraka/read/tables/han.csv``

Beside it a list of all syllables of each reading is written, ``han_syllables.csv``.
"""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

Fields = dict[str, dict[str, str]]

HEADER = """\
# Readings of Han characters in names: Hangul (South and North initial), pinyin without tones (v = ü), simplified form.
# Derived (subset, reformatted, modified) from Unihan_Readings.txt and Unihan_Variants.txt, Unicode 15.0.0,
# fields kHangul, kMandarin, kTGHZ2013, kSimplifiedVariant, kTraditionalVariant. Made by tools/build_han_table.py.
# Copyright 1991-2022 Unicode, Inc. All rights reserved. See UNICODE-LICENSE.txt beside this file.
"""


def read(path: Path) -> Fields:
    """Fields of one Unihan file by character."""
    fields: Fields = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("U+"):
            code, name, value = line.split("\t")
            fields.setdefault(chr(int(code[2:], 16)), {})[name] = value
    return fields


def plain(pinyin: str) -> str:
    """Pinyin without tones; ü becomes v."""
    marked = unicodedata.normalize("NFD", pinyin).replace("u\u0308", "v")
    return "".join(c for c in marked if not unicodedata.combining(c))


def variants(fields: Fields, char: str, name: str) -> list[str]:
    """Characters that a variant field names."""
    values = fields.get(char, {}).get(name, "").split()
    return [chr(int(value.split("<")[0][2:], 16)) for value in values]


def hangul(readings: Fields, char: str) -> list[str]:
    """Korean readings of one character."""
    return [value.split(":")[0] for value in readings.get(char, {}).get("kHangul", "").split()]


def mandarin(readings: Fields, char: str) -> list[str]:
    """Pinyin readings of one character, commonest first."""
    fields = readings.get(char, {})
    found = fields.get("kMandarin", "").split()[:1]
    found += [value.split(":")[1] for value in fields.get("kTGHZ2013", "").split()]
    return list(dict.fromkeys(map(plain, found)))


def listed(syllables: dict[str, set[str]]) -> str:
    """The table of syllables: one line for each sort of reading."""
    lines = [f"{name},{'|'.join(sorted(found))}" for name, found in syllables.items()]
    return HEADER.replace("Readings", "All readings", 1) + "\n".join(lines) + "\n"


def main(folder: str, target: str) -> None:
    """Write the table."""
    readings, forms = read(Path(folder) / "Unihan_Readings.txt"), read(Path(folder) / "Unihan_Variants.txt")
    kept = {char for char, fields in readings.items() if "kHangul" in fields or "kTGHZ2013" in fields}
    kept |= {other for char in kept for other in variants(forms, char, "kTraditionalVariant")}
    lines = []
    syllables: dict[str, set[str]] = {"hangul": set(), "pinyin": set()}
    for char in sorted(kept):
        korean = hangul(readings, char)
        for other in variants(forms, char, "kTraditionalVariant"):
            korean += hangul(readings, other) if other != char else []
        simplified = next(iter(variants(forms, char, "kSimplifiedVariant")), char)
        syllables["hangul"].update(korean)
        syllables["pinyin"].update(mandarin(readings, char))
        columns = ("|".join(dict.fromkeys(korean)), "|".join(mandarin(readings, char)))
        lines.append(",".join((char, *columns, simplified if simplified != char else "")))
    Path(target).write_text(HEADER + "char,hangul,pinyin,simplified\n" + "\n".join(lines) + "\n", encoding="utf-8")
    Path(target).with_name("han_syllables.csv").write_text(listed(syllables), encoding="utf-8")
    print(f"{len(lines)} characters")


if __name__ == "__main__":
    main(*sys.argv[1:])
