"""From rows of the collected tables to rows of a case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from address_dates import printed
from record_found import CORRECTIONS, FOUND_REPORTS, FOUND_TIES, STATED_BOUNDS
from record_judgements import EPISODES, LEFT_OUT, MAY_BE, NO_BODY, SIZES, STATUS, UNNAMED

from ostraka.dates import When
from ostraka.model import RELATIONS, Body, Confidence, Event, EventKind, Person, Source, Status, Tie, TieKind
from ostraka.provenance import content_id

Row = Mapping[str, str]

_SECTORS = {"trade/finance": "trade"}
_OFFICES = re.compile(r"embassy|mission|delegation|interests office|consulate|representation", re.I)
_QUALIFIED = re.compile(r"(.+?) \((.+)\)")
_CHILD = re.compile(r"\b(son|daughter) ([A-Z][\w-]*(?: [A-Z][\w-]*)*)(?: \((\d+)\)|, (\d+))")
_ADULT = 18
_FOUND_DAYS = {found.url: found.day for found in FOUND_REPORTS.values()} | {
    tie.url: tie.day for tie in FOUND_TIES if not printed(tie.url)
}


def slug(text: str) -> str:
    """A readable id: lower case ASCII words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


def addresses(row: Row, row_id: str = "") -> list[str]:
    """The source addresses of a row, and of the page found for it later."""
    urls = [url for url in (row.get("sources") or row.get("source") or "").split("|") if url]
    return [*urls, FOUND_REPORTS[row_id].url] if row_id in FOUND_REPORTS else urls


def corrected(row: Row, key: str) -> Row:
    """The row with mistakes of the collected table mended, and the pages that show them among its sources."""
    if key not in CORRECTIONS:
        return row
    mend = CORRECTIONS[key]
    text = "disagreement" if "disagreement" in row else "description"
    return {
        **row,
        **mend.cells,
        "sources": "|".join([row["sources"], *mend.urls]),
        text: " ".join(filter(None, (row[text], mend.why))),
    }


def minors(rows: Iterable[Row]) -> frozenset[str]:
    """Names of children that the tables print with an age below 18."""
    found = (match for row in rows for text in row.values() for match in _CHILD.finditer(text))
    return frozenset(match[2] for match in found if int(match[3] or match[4]) < _ADULT)


def without_minors(text: str) -> str:
    """The text with the names of minors left out and their ages kept."""

    def age_only(match: re.Match[str]) -> str:
        age = match[3] or match[4]
        return f"{match[1]} ({age})" if int(age) < _ADULT else match[0]

    return _CHILD.sub(age_only, text)


class Roster:
    """Collects sources, people, bodies and ties while events are read; each is made once."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.sources: dict[str, Source] = {}
        self.people: dict[str, Person] = {}
        self.bodies: dict[str, Body] = {}
        self.ties: dict[str, Tie] = {}

    def cite(self, urls: Iterable[str]) -> tuple[str, ...]:
        """Ids of the sources at some addresses."""
        ids = []
        for url in urls:
            day = When.parse(_FOUND_DAYS[url]) if url in _FOUND_DAYS else printed(url)
            published = day.earliest if day.precision == "day" else None
            source = Source(content_id("so", url), url, publisher=host(url), published=published)
            self.sources[source.id] = source
            ids.append(source.id)
        return tuple(ids)

    def person(self, name: str, urls: Iterable[str], *, variants: str = "", native: str = "") -> str:
        """Id of a named person, who is made or gains spellings and sources; empty if nobody is named."""
        if not name or name in UNNAMED:
            return ""
        bare, note = _split_name(name)
        person_id = slug(bare if note.startswith("pseudonym") else name)
        aliases, notes = _spellings(variants)
        script, other_script = _split_name(native)
        old = self.people.get(person_id, Person(person_id, bare))
        self.people[person_id] = Person(
            person_id,
            bare,
            aliases=_union(old.aliases, aliases, (other_script,) if other_script else ()),
            native_name=script or old.native_name,
            note="; ".join(_union(*((text,) for text in (old.note, note, *notes) if text))),
            sources=_union(old.sources, self.cite(urls)),
        )
        return person_id

    def body(self, row: Row, urls: Iterable[str]) -> str:
        """Id of the body a row names: one for each organisation and place."""
        name = row["organisation"]
        if name in NO_BODY:
            return ""
        name = re.sub(r"^(embassy|mission)", rf"{self.prefix} \1", name)
        place = row["post_city"] or row["post_country"]
        body_id = slug(name if place and slug(place) in slug(name) else f"{name} {place}")
        old = self.bodies.get(body_id)
        kind = _body_kind(name, sector(row))
        if old and old.kind not in {"", "family"}:
            kind = old.kind
        sources = _union(old.sources if old else (), self.cite(urls))
        self.bodies[body_id] = Body(body_id, name, kind, row["post_city"], row["post_country"], sources)
        return body_id

    def tie(self, ego: str, role: str, alter: str, **facts: Any) -> None:
        """A tie between two persons, or the post that a person holds in a body."""
        if not ego or not alter:
            return
        kind = RELATIONS.get(role, TieKind.HOLDS)
        tie = Tie(
            f"{ego}--{slug(role) if kind is not TieKind.HOLDS else 'holds'}--{alter}", ego, alter, kind, role, **facts
        )
        old = self.ties.get(tie.id)
        self.ties[tie.id] = replace(tie, sources=_union(old.sources, tie.sources)) if old else tie


def sector(row: Row) -> str:
    """The sector of a row; unknown where the row itself says that it is only presumed."""
    if "sector not stated" in row["disagreement"]:
        return ""
    return _SECTORS.get(row["sector"], row["sector"])


def defection(row: Row, roster: Roster) -> Event:
    """The departure that a row tells of; its person, body and post join the roster."""
    row = corrected(row, row["id"])
    urls = addresses(row, row["id"])
    reported, bound = first_report(row["id"], row["reported_on"], urls, row["left_post_earliest"])
    person = roster.person(row["name"], urls, variants=row["name_variants"], native=row["korean_name"])
    body = roster.body(row, urls)
    tier = int(row["rank_tier"]) if row["rank_tier"] else None
    when = When.parse(f"{row['left_post_earliest'] or '..'}/{row['left_post_latest'] or '..'}")
    role = without_minors(row["role"])
    event = Event(
        row["id"],
        EventKind.DEFECTION,
        person=person,
        role=role,
        body=body,
        city=row["post_city"],
        country=row["post_country"],
        destination=row["destination"],
        sector=sector(row),
        tier=tier,
        when=when,
        reported=reported,
        company=without_minors(row["family_with"]),
        kin_left=without_minors(row["kin_left_behind"]),
        motives=tuple(code for code in row["stated_motives"].split("|") if code not in {"", "unknown"}),
        confidence=Confidence(row["confidence"]),
        conflict=row["disagreement"],
        outcome=row["outcome"],
        note=" ".join(filter(None, (_told_kin(row), _surname(row["name"]), bound))),
        sources=roster.cite(urls),
    )
    event = judged(event)
    end = when if event.counted else When()
    roster.tie(person, role, body, tier=tier, end=end, reported=reported, sources=event.sources)
    return event


def judged(event: Event) -> Event:
    """The event with what was decided about it."""
    low, high = SIZES.get(event.id, (1, 1))
    return replace(
        event,
        n_low=low,
        n_high=high,
        status=Status(STATUS.get(event.id, "asserted")),
        counted=event.id not in LEFT_OUT,
        reason=LEFT_OUT.get(event.id, ""),
        episode=next((name for name, ids in EPISODES.items() if event.id in ids), ""),
        may_be=tuple(sorted(other for pair in MAY_BE if event.id in pair for other in pair if other != event.id)),
    )


def first_report(row_id: str, day: str, urls: Iterable[str], not_before: str) -> tuple[When, str]:
    """When it was first printed, and a note where the table does not say.

    A page found later gives the day; else words of the row or the address of a source give a bound. An
    address that carries a day earlier than the event cannot be a report of it and is passed over.
    """
    if day:
        return When.parse(day), ""
    if row_id in FOUND_REPORTS:
        found = FOUND_REPORTS[row_id]
        note = f"First report dated by a page at {host(found.url)}, found after the table was collected"
        return When.parse(found.day), f"{note}; it says: {found.says}."
    if row_id in STATED_BOUNDS:
        bound, why = STATED_BOUNDS[row_id]
        return When.parse(f"../{bound}"), f"No first report was found; printed by {bound}: {why}."
    floor = When.parse(not_before).earliest
    bounds = [(last, url) for url in urls if (last := printed(url).latest) and (floor is None or last >= floor)]
    if not bounds:
        return When(), ""
    last, url = min(bounds)
    why = f"as the address of a page at {host(url)} shows"
    return When(None, last), f"No first report was found; printed by {last}, {why}."


def host(url: str) -> str:
    """The host name of an address."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _told_kin(row: Row) -> str:
    told = without_minors(row["known_kin_or_comrade_ties"])
    return f"Ties as told: {told}." if told else ""


def _surname(name: str) -> str:
    match = _QUALIFIED.fullmatch(name)
    return f"Printed by the surname {match[1]} alone." if match and match[2] == "surname only" else ""


def _body_kind(name: str, row_sector: str) -> str:
    if "trade representation" in name:
        return "trade"
    return "diplomatic" if _OFFICES.search(name) else row_sector


def _split_name(name: str) -> tuple[str, str]:
    match = _QUALIFIED.fullmatch(name)
    return (match[1], match[2]) if match else (name, "")


def _spellings(variants: str) -> tuple[tuple[str, ...], list[str]]:
    """Other spellings, and what the table says about some of them."""
    names, notes = [], []
    for variant in filter(None, (part.strip() for part in variants.split(";"))):
        name, remark = _split_name(variant)
        names.append(name)
        notes += [f"{name}: {remark}"] if remark else []
    return tuple(names), notes


def _union(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group))
