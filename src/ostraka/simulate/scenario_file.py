"""Scenarios as readable TOML files: policies with dates or years, standing rules, and changed parameters.

A file::

    name = "Half called home, the rest watched"

    [parameters]
    contagion_kin = 0.5          # held fixed
    monitoring = [-0.9, -0.3]    # a range: every run draws its own

    [[policy]]
    name = "half of the diplomats called home"
    channel = "recall"
    level = 0.5
    start = 2017-01-01           # or a number of years from the start of the run
    organs = ["foreign service"]

    [[rule]]                     # what the regime does whenever something happens
    name = "his mission called home"
    on = "departure"
    then = "recall"
    whom = "colleague"
    from_posts = ["abroad"]
    delay_days = 14
    days = 365
"""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ostraka.dates import DAYS_PER_YEAR, day_number
from ostraka.errors import InputError
from ostraka.simulate.parameters import Parameters
from ostraka.simulate.policy import Policy
from ostraka.simulate.rule import Rule
from ostraka.simulate.scenario import Scenario

_KEYS = {"name", "note", "years", "parameters", "policy", "rule"}
_POLICY_KEYS = {field.name: field for field in fields(Policy)}
_RULE_KEYS = {field.name: field for field in fields(Rule)}
_NUMBERS = ("level", "cost", "delay_days", "days")
_WHOLE = ("member", "from_rank")
_LISTS = ("organs", "posts", "ranks", "from_organs", "from_posts")


def load_scenario(path: Path | str, base: Scenario) -> Scenario:
    """Read a scenario file; whatever it does not say is as in `base`.

    Parameters
    ----------
    path : Path or str
    base : Scenario
        Gives roster, parameters, horizon and the date of time 0; its own policies stay in force.

    Raises
    ------
    InputError
        If the file cannot be read, is not TOML, or says something unknown; the message names file and key.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    return scenario_from_toml(text, base, where=str(path))


def scenario_from_toml(text: str, base: Scenario, *, where: str = "scenario") -> Scenario:
    r"""Read the text of a scenario file; see :func:`load_scenario`.

    Examples
    --------
    >>> from ostraka.simulate import Roster
    >>> text = 'name = "watched"\n[[policy]]\nname = "w"\nchannel = "monitor"\nstart = 1.5'
    >>> scenario_from_toml(text, Scenario("as is", Roster.make(3))).policies[0].start
    1.5
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{where}: not TOML: {error}") from error
    unknown = sorted(set(told) - _KEYS)
    if unknown:
        raise InputError(f"{where}: unknown key {unknown[0]!r}; known are {', '.join(sorted(_KEYS))}")
    policies, rules = (_rows(told, key, where) for key in ("policy", "rule"))
    try:
        return replace(
            base,
            name=_text(told.get("name", base.name), "name"),
            note=_text(told.get("note", base.note), "note"),
            years=_number(told.get("years", base.years), "years"),
            parameters=_parameters(base.parameters, told.get("parameters", {})),
            policies=(*base.policies, *(_policy(row, k, base) for k, row in enumerate(policies, start=1))),
            rules=(*base.rules, *(_rule(row, k, base) for k, row in enumerate(rules, start=1))),
        )
    except InputError as error:
        raise InputError(f"{where}: {error}") from error


def scenario_to_toml(scenario: Scenario) -> str:
    """Write the name, horizon, policies, rules and every parameter that is not a default as a scenario file.

    Examples
    --------
    >>> from ostraka.simulate import Roster
    >>> base = Scenario("as is", Roster.make(3), years=5)
    >>> print(scenario_to_toml(base.under(Policy("w", "monitor", end=2.0), name="watched")))
    name = "watched"
    years = 5.0
    <BLANKLINE>
    [[policy]]
    name = "w"
    channel = "monitor"
    end = 2.0
    """
    lines = [f"name = {_quoted(scenario.name)}", f"years = {scenario.years!r}"]
    if scenario.note:
        lines.insert(1, f"note = {_quoted(scenario.note)}")
    plain = Parameters()
    changed = [entry for name, entry in scenario.parameters.entries.items() if entry != plain[name]]
    if changed:
        lines += ["", "[parameters]"]
        lines += [
            f"{e.name} = {e.value!r}" if e.low == e.high else f"{e.name} = [{e.low!r}, {e.high!r}]" for e in changed
        ]
    for policy in scenario.policies:
        lines += ["", "[[policy]]", *_lines(policy)]
    for rule in scenario.rules:
        lines += ["", "[[rule]]", *_lines(rule)]
    return "\n".join(lines)


def _lines(order: Policy | Rule) -> list[str]:
    lines = []
    for field in fields(order):
        name, value = field.name, getattr(order, field.name)
        if value == field.default:
            continue
        lines.append(f"{name} = {_quoted(value) if isinstance(value, str) else _plain(value)}")
    return lines


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_quoted(item) if isinstance(item, str) else repr(item) for item in value) + "]"
    return "inf" if value == math.inf else repr(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _rows(told: Mapping[str, Any], key: str, where: str) -> list[Any]:
    rows = told.get(key, [])
    if not isinstance(rows, list):
        raise InputError(f"{where}: write each {key} under [[{key}]], with two brackets")
    return rows


def _policy(row: Any, k: int, base: Scenario) -> Policy:
    return Policy(**_values(row, f"policy {k}", _POLICY_KEYS, ("name", "channel"), base))


def _rule(row: Any, k: int, base: Scenario) -> Rule:
    return Rule(**_values(row, f"rule {k}", _RULE_KEYS, ("name", "on", "then"), base))


def _values(row: Any, where: str, known: Mapping[str, Any], needed: tuple[str, ...], base: Scenario) -> dict[str, Any]:
    if not isinstance(row, Mapping):
        raise InputError(f"{where}: write it under [[{where.split(maxsplit=1)[0]}]]")
    unknown = sorted(set(row) - set(known))
    if unknown:
        raise InputError(f"{where}: unknown key {unknown[0]!r}; known are {', '.join(known)}")
    if any(key not in row for key in needed):
        raise InputError(f"{where}: needs the keys {', '.join(needed)}")
    return {key: _value(key, value, f"{where}, {key}", base) for key, value in row.items()}


def _value(key: str, value: Any, where: str, base: Scenario) -> Any:
    if key in ("start", "end"):
        return _year(value, where, base)
    if key in _NUMBERS:
        return _number(value, where)
    if key in _LISTS:
        return _tuple(value, where, int if key == "ranks" else str)
    if key in _WHOLE:
        return _tuple([value], where, int)[0]
    return _text(value, where)


def _parameters(table: Parameters, told: Any) -> Parameters:
    if not isinstance(told, Mapping):
        raise InputError("parameters: write them under [parameters]")
    values: dict[str, float | tuple[float, float]] = {}
    for name, value in told.items():
        if isinstance(value, list):
            if len(value) != 2:
                raise InputError(f"parameters, {name}: a range has two numbers, not {len(value)}")
            values[name] = (_number(value[0], name), _number(value[1], name))
        else:
            values[name] = _number(value, f"parameters, {name}")
    return table.set(**values)


def _year(value: Any, where: str, base: Scenario) -> float:
    if isinstance(value, date) and not isinstance(value, datetime):
        if base.begin is None:
            raise InputError(f"{where}: a date needs a run with a calendar; write a number of years")
        return (day_number(value) - day_number(base.begin)) / DAYS_PER_YEAR
    return _number(value, where)


def _number(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(f"{where}: {value!r} is not a number")
    return float(value)


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise InputError(f"{where}: {value!r} is not text")
    return value


def _tuple(value: Any, where: str, kind: type) -> tuple[Any, ...]:
    if not isinstance(value, list) or any(isinstance(item, bool) or not isinstance(item, kind) for item in value):
        raise InputError(f"{where}: {value!r} is not a list of {'whole numbers' if kind is int else 'texts'}")
    return tuple(value)
