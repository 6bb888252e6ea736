"""Build the shipped cross-national data from a folder of source files.

Usage: ``python tools/build_regimes.py FOLDER``, where FOLDER holds the CSV files named below, each with a
``.md`` beside it that states origin, commit, licence, citation and what was changed. Writes compressed CSV
with reproducible bytes, ``codes.csv``, ``manifest.json`` and the licence page. Values are never altered:
columns are selected, and a country code of one system (COW) is put in front.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "src" / "ostraka" / "data" / "regimes"
PAGE = ROOT / "docs" / "reference" / "data-licences.md"
VDEM_ITEMS = [
    "v2x_polyarchy",
    "v2x_clphy",
    "v2x_neopat",
    "v2x_ex_military",
    "v2x_ex_party",
    "v2x_ex_hereditary",
    "v2csreprss",
    "v2pscohesv",
    "v2jupurge",
    "v2jupoatck",
    "v2csantimv",
    "v2mecrit",
    "v2psoppaut",
    "v2svstterr",
]
MICROSTATES = (
    # Not in V-Dem: COW code, Gleditsch-Ward code, name, ISO code, first year as a state.
    (31, 31, "Bahamas", "BHS", 1973),
    (54, 54, "Dominica", "DMA", 1978),
    (55, 55, "Grenada", "GRD", 1974),
    (56, 56, "Saint Lucia", "LCA", 1979),
    (57, 57, "Saint Vincent and the Grenadines", "VCT", 1979),
    (58, 58, "Antigua and Barbuda", "ATG", 1981),
    (60, 60, "Saint Kitts and Nevis", "KNA", 1983),
    (80, 80, "Belize", "BLZ", 1981),
    (221, 221, "Monaco", "MCO", 1945),
    (223, 223, "Liechtenstein", "LIE", 1945),
    (232, 232, "Andorra", "AND", 1945),
    (331, 331, "San Marino", "SMR", 1945),
    (835, 835, "Brunei", "BRN", 1945),
    (946, 970, "Kiribati", "KIR", 1979),
    (947, 973, "Tuvalu", "TUV", 1978),
    (955, 972, "Tonga", "TON", 1945),
    (970, 971, "Nauru", "NRU", 1968),
    (983, 983, "Marshall Islands", "MHL", 1986),
    (986, 986, "Palau", "PLW", 1994),
    (987, 987, "Federated States of Micronesia", "FSM", 1986),
    (990, 990, "Samoa", "WSM", 1962),
)
PRESENT_TERRITORY_SINCE = {"RUS": 1992, "CZE": 1993, "SRB": 2006, "DEU": 1991, "YEM": 1990, "ETH": 1993, "PAK": 1972}
"""World Bank series describe the present territory: before these years the state of that code was another."""


def codes(folder: Path) -> pd.DataFrame:
    """One row per code system, code and span of years: the COW code it stands for."""
    vdem = pd.read_csv(folder / "vdem_indices_1945_2024.csv").dropna(subset=["cown"])
    vdem["cow"] = vdem["cown"].astype(int)
    # V-Dem's Czechia before 1993 is Czechoslovakia; its Zanzibar after 1964 is part of Tanzania.
    vdem.loc[(vdem.country_text_id == "CZE") & (vdem.year <= 1992), "cow"] = 315
    vdem = vdem[~((vdem.country_text_id == "ZZB") & (vdem.year >= 1965))]
    return (
        pd.concat([_spans(vdem, "vdem"), _spans(vdem, "vdem_id", "country_id"), _gw(vdem), _iso(vdem), _micro()])
        .drop_duplicates(["system", "code", "cow", "first_year"])
        .sort_values(["system", "code", "first_year"])
    )


def _spans(vdem: pd.DataFrame, system: str, column: str = "country_text_id") -> pd.DataFrame:
    grouped = vdem.groupby([column, "cow"]).agg(
        name=("vdem_country_name", "last"), first_year=("year", "min"), last_year=("year", "max")
    )
    return grouped.reset_index().rename(columns={column: "code"}).astype({"code": str}).assign(system=system)


def _gw(vdem: pd.DataFrame) -> pd.DataFrame:
    rows = vdem.dropna(subset=["GWn"]).assign(code=lambda d: d["GWn"].astype(int).astype(str))
    grouped = rows.groupby(["code", "cow"]).agg(
        name=("vdem_country_name", "last"), first_year=("year", "min"), last_year=("year", "max")
    )
    grouped = grouped.reset_index()
    grouped = grouped[~((grouped.code == "316") & (grouped.cow == 315))]
    extra = pd.DataFrame(
        [
            {"code": "315", "cow": 315, "name": "Czechoslovakia", "first_year": 1945, "last_year": 1992},
            {"code": "817", "cow": 817, "name": "Republic of Vietnam", "first_year": 1954, "last_year": 1954},
        ]
    )
    return pd.concat([grouped, extra]).assign(system="gw")


def _iso(vdem: pd.DataFrame) -> pd.DataFrame:
    last = vdem[vdem.year == vdem.year.max()].rename(columns={"country_text_id": "code", "vdem_country_name": "name"})
    rows = last[["code", "cow", "name"]].drop_duplicates("code")
    first = rows["code"].map(PRESENT_TERRITORY_SINCE).fillna(1945).astype(int)
    spans: pd.DataFrame = rows.assign(first_year=first, last_year=2024, system="iso3")
    return spans


def _micro() -> pd.DataFrame:
    rows = []
    for cow, gw, name, iso3, since in MICROSTATES:
        span = {"cow": cow, "name": name, "first_year": since, "last_year": 2024}
        rows += [{"system": "iso3", "code": iso3, **span}, {"system": "gw", "code": str(gw), **span}]
    return pd.DataFrame(rows)


def to_cow(table: pd.DataFrame, column: str, *, system: str, book: pd.DataFrame) -> pd.DataFrame:
    """Put the COW code in front; rows of places that are no state in that year are left out."""
    rows = table.dropna(subset=[column]).copy()
    rows["_code"] = rows[column].map(lambda code: str(int(code)) if isinstance(code, float | int) else str(code))
    here = book[book.system == system][["code", "cow", "first_year", "last_year"]]
    joined = rows.merge(here, left_on="_code", right_on="code").query("first_year <= year <= last_year")
    rest = [name for name in table.columns if name not in (column, "year")]
    once: pd.DataFrame = joined.sort_values(["cow", "year"]).drop_duplicates(["cow", "year"])[["cow", "year", *rest]]
    return once


def panel(table: pd.DataFrame, _: pd.DataFrame) -> pd.DataFrame:
    """The outcome: one row per autocratic regime and year."""
    return table.rename(columns={"cowcode": "cow"}).sort_values(["cow", "year"])


def spells(table: pd.DataFrame, _: pd.DataFrame) -> pd.DataFrame:
    """Regime spells of all types, for what came before and after."""
    kept = table[["cowcode", "gwf_country", "gwf_casename", "gwf_regimetype", "start", "end", "ongoing_at_release"]]
    return kept.rename(columns={"cowcode": "cow"}).sort_values(["cow", "start"])


def leaders(table: pd.DataFrame, _: pd.DataFrame) -> pd.DataFrame:
    """Heads of government or state with their months in power."""
    kept = ["ccode", "leader", "sdate", "smonth", "syear", "emonth", "eyear", "birthyear", "militarycareer"]
    return table[kept].rename(columns={"ccode": "cow"}).sort_values(["cow", "syear", "smonth"])


def by_gw(columns: str) -> Callable[[pd.DataFrame, pd.DataFrame], pd.DataFrame]:
    """A table keyed by Gleditsch-Ward code."""
    return lambda table, book: to_cow(table[["gwcode", "year", *columns.split()]], "gwcode", system="gw", book=book)


def wdi(table: pd.DataFrame, book: pd.DataFrame) -> pd.DataFrame:
    """Gross domestic product and population, keyed by ISO code."""
    rows = table.rename(columns={"NY.GDP.MKTP.KD": "gdp", "SP.POP.TOTL": "population"})
    return to_cow(rows[["iso3c", "year", "gdp", "population"]], "iso3c", system="iso3", book=book)


def indices(table: pd.DataFrame, book: pd.DataFrame) -> pd.DataFrame:
    """V-Dem's high-level indices."""
    kept = ["country_text_id", "year", "v2x_polyarchy", "v2x_polyarchy_codelow", "v2x_polyarchy_codehigh"]
    return to_cow(table[kept], "country_text_id", system="vdem", book=book)


def lied(table: pd.DataFrame, _: pd.DataFrame) -> pd.DataFrame:
    """The lexical index of electoral democracy and its items."""
    kept = ["exselec", "legselec", "opposition", "competition", "lexical_index"]
    rows = table.dropna(subset=["cown"]).assign(cow=lambda d: d["cown"].astype(int))
    return rows.sort_values(["cow", "year"]).drop_duplicates(["cow", "year"])[["cow", "year", *kept]]


def anckar(table: pd.DataFrame, _: pd.DataFrame) -> pd.DataFrame:
    """A second classification of regimes."""
    rows = table.dropna(subset=["cown"]).assign(cow=lambda d: d["cown"].astype(int))
    kept = ["cow", "year", "democracy", "monarchy", "regimenarrowcat"]
    return rows.sort_values(["cow", "year"]).drop_duplicates(["cow", "year"])[kept]


def coup_forecasts(table: pd.DataFrame, _: pd.DataFrame) -> pd.DataFrame:
    """Published forecasts of coups with what happened."""
    return table.sort_values(["outcome", "year", "gwcode"])


REIGN_YEARS = (
    "age militarycareer tenure_months anticipation irreg_lead_ant election_recent victory_recent change_recent "
    "lastelection loss irregular prev_conflict"
)
SOURCES: dict[str, tuple[str, Callable[[pd.DataFrame, pd.DataFrame], pd.DataFrame]]] = {
    "reign_panel": ("reign_autocracy_country_years", panel),
    "reign_spells": ("reign_regime_spells", spells),
    "reign_leaders": ("reign_leaders", leaders),
    "reign_years": ("reign_country_years", by_gw(REIGN_YEARS)),
    "wdi": ("wdi_gdp_population", wdi),
    "infant_mortality": ("wdi_infant_mortality", by_gw("infmort infmort_imputed")),
    "vdem_indices": ("vdem_indices_1945_2024", indices),
    "vdem_items": ("vdem_v12_panel_1970_2021", by_gw(" ".join(VDEM_ITEMS))),
    "lied": ("lied_1945_2024", lied),
    "anckar": ("anckar_regime_types_1945_2019", anckar),
    "coup_forecasts": ("beger_coup_forecasts_2011_2020", coup_forecasts),
}
_FIELDS = {
    "Origin repository": "origin",
    "Path in repository": "path",
    "Commit (snapshot HEAD)": "commit",
    "Licence": "licence",
    "Cite": "citation",
    "What was trimmed or changed": "changes",
}


def sidecar(path: Path) -> dict[str, str]:
    """The facts that the ``.md`` beside a source file states."""
    found = {}
    for line in path.read_text("utf-8").splitlines():
        match = re.match(r"- ([^:]+): (.*)", line)
        if match and match[1] in _FIELDS:
            found[_FIELDS[match[1]]] = match[2].strip()
    return found


def write_gz(table: pd.DataFrame, path: Path) -> str:
    """Write compressed CSV without clock or file name, and give its SHA-256."""
    text = table.to_csv(index=False, lineterminator="\n")
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", compresslevel=9, mtime=0, filename="") as packed:
        packed.write(text.encode())
    path.write_bytes(buffer.getvalue())
    return hashlib.sha256(buffer.getvalue()).hexdigest()


def build(folder: Path) -> list[dict[str, Any]]:
    """Write every table and the manifest."""
    OUT.mkdir(parents=True, exist_ok=True)
    book = codes(folder)
    book[["system", "code", "cow", "name", "first_year", "last_year"]].to_csv(
        OUT / "codes.csv", index=False, lineterminator="\n"
    )
    rows = []
    for name, (stem, shape) in SOURCES.items():
        table = shape(pd.read_csv(folder / f"{stem}.csv", low_memory=False), book)
        digest = write_gz(table, OUT / f"{name}.csv.gz")
        span = table["year"] if "year" in table else pd.to_datetime(table["end"]).dt.year if "end" in table else None
        facts = sidecar(folder / f"{stem}.md")
        facts["licence"] = facts["licence"].replace("AMBIGUOUS, . Repository licence is MIT: The", "ambiguous. The")
        facts["changes"] += f"; here: {len(table.columns)} columns kept, keyed by COW code and year, values unaltered"
        years = (table["syear"].min(), 2021) if span is None else (span.min(), span.max())
        rows.append(
            {
                "name": name,
                "file": f"{name}.csv.gz",
                "rows": len(table),
                "columns": list(table.columns),
                "first_year": int(years[0]),
                "last_year": int(years[1]),
                **facts,
                "sha256": digest,
            }
        )
    (OUT / "manifest.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return rows


def page(rows: list[dict[str, Any]]) -> str:
    """The licence page of the docs."""
    parts = [
        (
            f"## `{row['file']}`\n\n{row['rows']:,} rows, {row['first_year']}–{row['last_year']}. "
            f"SHA-256 `{row['sha256']}`.\n\n"
            f"- **Licence.** {row['licence']}\n- **Cite.** {row['citation']}\n"
            f"- **Origin.** {row['origin']}, `{row['path']}`, commit `{row['commit']}`\n- **Changes.** {row['changes']}\n"
        )
        for row in rows
    ]
    return "\n".join([PREAMBLE, *parts])


PREAMBLE = """# Licences of the shipped cross-national data

The program is under the MIT licence; the data in `ostraka/data/regimes/` are not: each file keeps the licence of its
source. Files from V-Dem are under [CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/): whoever passes them
on, changed or not, does so under the same licence and names the source. World Bank data are under
[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/). The REIGN files rest on the only licence file at the root of
REIGN's repository, which is MIT and names the author of the web site's template; if you hold the rights and read it
otherwise, tell us and the files go. This page is written by `tools/build_regimes.py` together with the files.

The MIT licence under which REIGN's repository (Copyright (c) 2017 Paul Le) and forecaster2's transformations
(Copyright (c) 2019-2020 Andreas Beger) are published reads: Permission is hereby granted, free of charge, to any person
obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without
restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense,
and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the
following conditions: The above copyright notice and this permission notice shall be included in all copies or
substantial portions of the Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY,
WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE
OR OTHER DEALINGS IN THE SOFTWARE.

`codes.csv` (country codes of five systems and the years in which they hold) is compiled by the same script from V-Dem's
identifiers (CC BY-SA 4.0), with microstates and successions added. `record.csv.gz` holds forecasts that
`tools/build_forecast_record.py` computes from these files; since V-Dem's values enter, it is under CC BY-SA 4.0 too.
"""


def main() -> None:
    """Build from the folder on the command line."""
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} FOLDER")
    rows = build(Path(sys.argv[1]))
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(rows), "utf-8")
    for row in rows:
        print(f"{row['file']:<28}{row['rows']:>8} rows  {(OUT / row['file']).stat().st_size:>9} bytes")


if __name__ == "__main__":
    main()
