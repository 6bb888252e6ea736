"""Persons and events of a record as JSON and back, so that one of them is compared without reading the whole record."""

from __future__ import annotations

import json
from typing import Any

from ostraka.dates import When
from ostraka.model import EventKind, Status, plain
from ostraka.provenance import canonical_json
from ostraka.register.posts import Post, post
from ostraka.register.profiles import Profile, Telling
from ostraka.register.rows import to_day


def profile_body(profile: Profile) -> str:
    """A profile as JSON; of what happened to the person the ids."""
    values = {name: plain(getattr(profile, name)) for name in Profile.__dataclass_fields__ if name != "tellings"}
    return canonical_json({**values, "tellings": [telling.id for telling in profile.tellings]})


def told_in(body: str) -> tuple[str, ...]:
    """Ids of what happened to the person of a body."""
    return tuple(json.loads(body)["tellings"])


def to_profile(body: str, tellings: tuple[Telling, ...]) -> Profile:
    """Inverse of :func:`profile_body`, given what happened to the person."""
    values: dict[str, Any] = json.loads(body)
    return Profile(
        **{name: values[name] for name in ("id", "origin", "label", "regime", "of_record", "well_known")},
        spellings=tuple(values["spellings"]),
        posts=tuple(map(_to_post, values["posts"])),
        kin=tuple((role, name) for role, name in values["kin"]),
        tellings=tellings,
        near=tuple(values["near"]),
        printed=to_day(values["printed"]),
    )


def telling_body(telling: Telling) -> str:
    """A telling as JSON."""
    return canonical_json(plain(telling))


def to_telling(body: str) -> Telling:
    """Inverse of :func:`telling_body`."""
    values: dict[str, Any] = json.loads(body)
    changed = {
        "kind": EventKind(values["kind"]),
        "post": _to_post(values["post"]),
        "when": When.parse(values["when"]),
        "status": Status(values["status"]),
        "printed": to_day(values["printed"]),
    }
    return Telling(**{**values, **changed})


def _to_post(values: dict[str, str]) -> Post:
    return post(values["role"], values["organisation"], values["place"], values["regime"])
