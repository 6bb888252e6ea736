"""What follows under which policy: paired simulations as the page shows them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from ostraka.brief.figures.bars import draw_surface
from ostraka.brief.figures.forest import Row, draw_forest
from ostraka.brief.figures.network import Edge, Node, draw_network
from ostraka.brief.figures.series import Fan, draw_fans
from ostraka.brief.figures.svg import both_widths, percent_text
from ostraka.brief.notes import Notes
from ostraka.simulate import Cascades, CollapseSurface, Effect, Effects, Followers, Policy


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """One scenario in the table."""

    name: str
    leave: Markup
    difference: Markup
    coalition: str
    does: str


@dataclass(frozen=True, slots=True)
class Policies:
    """What the section on policies shows."""

    years: str
    fans: Markup
    effects: Markup
    surface: Markup
    rows: tuple[PolicyLine, ...]
    rests_on: str
    breaking: str
    turns: str
    one: Markup
    trail: Markup
    three_ways: Markup
    epochs: tuple[tuple[str, Markup], ...]
    parameters: tuple[dict[str, str], ...]
    population: str
    breaks_below: str
    shown_below: str


def policies(effects: Effects, surface: CollapseSurface, one: Followers, *, notes: Notes) -> Policies:
    """The section on policies."""
    runs = (effects.baseline, *effects.scenarios)
    by_name = {row.scenario: row for row in effects.of("exits")}
    return Policies(
        years=f"{effects.baseline.scenario.years:g}",
        fans=both_widths(lambda width: _fans(runs, width)),
        effects=both_widths(lambda width: _effects(effects, width)),
        surface=both_widths(lambda width: _surface(surface, _per_tie(surface, effects), width)),
        rows=tuple(_line(run, by_name.get(run.scenario.name), effects, notes) for run in runs),
        rests_on=_rests_on(effects),
        breaking=surface.summary(),
        turns=contagion_in_words(surface, _per_tie(surface, effects)),
        one=_one(one, notes),
        trail=both_widths(lambda width: _trail(one, width)) if _worth_a_picture(one) else Markup(""),
        three_ways=_three_ways(runs, notes),
        epochs=tuple((run.scenario.name, Markup(run.scenario.timeline().html())) for run in effects.scenarios),  # noqa: S704 - the timeline escapes
        parameters=tuple(_parameters(effects)),
        population=effects.baseline.scenario.note,
        breaks_below=percent_text(effects.baseline.scenario.parameters["coalition_threshold"].value),
        shown_below=percent_text(_threshold(surface)),
    )


def headline(effects: Effects, notes: Notes) -> tuple[Markup, str]:
    """The shortest answer: which policy changes departures most, against as is."""
    best = min(effects.of("exits"), key=lambda row: row.difference)
    worst = max(effects.of("exits"), key=lambda row: row.difference)
    years = f"{effects.baseline.scenario.years:g} years"
    shown = notes.figure(f"{best.difference:+.1f}", _how(best, effects))
    text = f"The most any other policy adds is {worst.difference:+.1f} ({worst.scenario}). Simulated; most of the mechanisms are assumed, not measured."
    if worst.difference <= 0:
        text = "Simulated; most of the mechanisms are assumed, not measured."
    return Markup("{} departures in {} if {}").format(shown, years, best.scenario), text


def _how(row: Effect, effects: Effects) -> str:
    base = effects.baseline
    return (
        f"Mean of the paired difference over {base.replicates} simulated futures with the same members and the same luck: "
        f"{row.value:.1f} departures under “{row.scenario}” against {row.baseline:.1f} as is; simulation error ±{1.96 * row.se:.2f}; "
        f"single histories {row.run_low:+.0f} to {row.run_high:+.0f} (90%). Seed {base.provenance.seed}."
    )


def _fans(runs: tuple[Cascades, ...], width: int) -> Markup:
    fans = []
    for run in runs:
        low, middle, high = (level.tolist() for level in run.fan((0.05, 0.5, 0.95)))
        fans.append(Fan(run.scenario.name, run.edges.tolist(), low, middle, high))
    return draw_fans(
        fans,
        title="Departures to come under each policy",
        unit="departures",
        x_unit="years from the day of the case",
        width=width,
    )


def _effects(effects: Effects, width: int) -> Markup:
    rows = [Row(row.scenario, row.run_low, row.difference, row.run_high) for row in effects.of("exits")]
    years = f"{effects.baseline.scenario.years:g}"
    return draw_forest(
        rows,
        title="What each policy changes",
        unit=f"departures in {years} years, against as is",
        zero=0.0,
        width=width,
    )


def _per_tie(surface: CollapseSurface, effects: Effects) -> list[float]:
    """By how much one colleague who left multiplies the rate of leaving, for each row of the table."""
    effect = effects.baseline.scenario.parameters["contagion_colleague"].value
    return [float(x) for x in np.exp(effect * surface.contagion)]


def _times(factor: float) -> str:
    return f"×{factor:.0f}" if factor >= 10 else f"×{factor:.2g}"


def _surface(surface: CollapseSurface, per_tie: list[float], width: int) -> Markup:
    threshold = _threshold(surface)
    assumed = " as is" if width > 600 else "*"
    return draw_surface(
        surface.at(threshold).tolist(),
        struck=surface.ruled_out.tolist(),
        xs=[f"{value:+g}" if value else "as is" for value in surface.disaffection],
        ys=[
            f"{_times(times)}{assumed if factor == 1 else ''}" if factor else "none"
            for factor, times in zip(surface.contagion, per_tie, strict=True)
        ],
        x_name="disaffection, added to everybody's log rate of leaving",
        y_name="contagion: the rate of leaving, times so much for each colleague who left",
        title=f"Probability that the coalition falls below {percent_text(threshold)} of its weight",
        width=width,
    )


def contagion_in_words(surface: CollapseSurface, per_tie: list[float]) -> str:
    """From where on contagion moves the chance at today's disaffection, and whether the record allows that."""
    now = int(np.argmin(np.abs(surface.disaffection)))
    chance = surface.at(_threshold(surface))[:, now]
    moved = np.flatnonzero(chance >= chance[0] + 0.05)
    if not moved.size:
        return (
            f"At today's disaffection contagion moves this chance by less than 5 points up to {_times(per_tie[-1])} for each "
            "colleague who left: departures are too rare to draw others along."
        )
    first = int(moved[0])
    allowed = "does not rule that out" if not surface.ruled_out[first, now] else "rules that out"
    return (
        "At today's disaffection departures are too rare to draw others along, and contagion moves this chance by less than "
        f"5 points, until each colleague who left multiplies the rate of leaving by {_times(per_tie[first])[1:]}; the record {allowed}."
    )


def _one(one: Followers, notes: Notes) -> Markup:
    """What one departure sets off, in a sentence a reader can repeat."""
    how = (
        f"Mean of {one.counts.size} pairs of simulated histories, with and without one departure from {one.group}; "
        f"95% {one.low:+.2f} to {one.high:+.2f}. Seed {one.provenance.seed}."
    )
    shift = float(np.abs(one.threshold_crossings).max()) if one.threshold_crossings.size else 0.0
    return Markup(
        "In the simulation one departure from {} {} on average. In {} of 100 histories nobody follows at "
        "all. The chance that the coalition breaks moves by at most {}, at any threshold tried. How strongly departures "
        "draw others along is assumed, not measured."
    ).format(one.group, notes.figure(one.in_words, how), f"{100 * (1 - one.p_any):.0f}", percent_text(shift))


def _worth_a_picture(one: Followers) -> bool:
    """A single follower is no picture."""
    return one.trail is not None and len(one.trail.leavers) > 2


def _trail(one: Followers, width: int) -> Markup:
    """The trigger and its followers in the history in which most followed."""
    if one.trail is None:
        return Markup("")
    names = {leaver.seat: f"year {leaver.year:.1f}" if k else "trigger" for k, leaver in enumerate(one.trail.leavers)}
    nodes = [Node(str(seat), name, told=not k, left=True) for k, (seat, name) in enumerate(names.items())]
    edges = [
        Edge(str(a), str(b), "served-with" if kind == "colleague" else kind, kind, told=False)
        for a, b, kind in one.trail.ties
    ]
    text = f"One departure and {len(nodes) - 1} that followed from it in one simulated history; no real persons."
    return draw_network(nodes, edges, width=width, title="One departure and its followers", text=text)


def _three_ways(runs: tuple[Cascades, ...], notes: Notes) -> Markup:
    """How often the coalition breaks by each of three definitions, under as is and at the worst."""
    base = runs[0]
    told = []
    for what, times in (
        ("the coalition falls below its threshold", "collapse"),
        ("the security organ falls below its own", "security"),
        ("a coup comes", "coup"),
    ):
        shares = [float(np.isfinite(getattr(run, times)).mean()) for run in runs]
        worst = runs[int(np.argmax(shares))].scenario.name
        how = f"Share of {base.replicates} simulated futures; as is {shares[0]:.3f}, most under “{worst}” {max(shares):.3f}. Seed {base.provenance.seed}."
        shown = notes.figure(percent_text(shares[0]), how)
        most = (
            f", at most {percent_text(max(shares))} ({worst})"
            if max(shares) > shares[0]
            else ", no more under any policy"
        )
        told.append(Markup("{} in {} as is{}").format(what, shown, most))
    return Markup("; ").join(told)


def _threshold(surface: CollapseSurface) -> float:
    """The threshold of the table: the strictest that is reached where the record rules nothing out, else the mildest."""
    left = surface.p[~surface.ruled_out]
    reached = left.max(axis=0) if left.size else surface.p.max(axis=(0, 1))
    crossed = [float(t) for t, p in zip(surface.thresholds, reached, strict=True) if p >= 0.05]
    return min(crossed, default=float(surface.thresholds.max()))


def _line(run: Cascades, row: Effect | None, effects: Effects, notes: Notes) -> PolicyLine:
    low, middle, high = np.quantile(run.total()[:, -1], (0.05, 0.5, 0.95))
    how = f"Median and 5% to 95% of {run.replicates} simulated futures under “{run.scenario.name}”; parameters drawn anew for each. Seed {run.provenance.seed}."
    shown = notes.figure(f"{middle:.0f} ({low:.0f} to {high:.0f})", how)
    return PolicyLine(
        name=run.scenario.name,
        leave=shown,
        difference=Markup("–") if row is None else notes.figure(f"{row.difference:+.1f}", _how(row, effects)),
        coalition=percent_text(float(np.isfinite(run.collapse).mean())),
        does="; ".join([*map(_in_words, run.scenario.policies), *(rule.words() for rule in run.scenario.rules)])
        or "nothing new",
    )


def _in_words(policy: Policy) -> str:
    """What a policy is, for whom and from when to when."""
    whom = ", ".join((*policy.organs, *policy.posts))
    if not policy.lasts:
        when = f"in year {policy.start:g}"
    elif np.isinf(policy.end):
        when = "from the start" if policy.start == 0 else f"from year {policy.start:g}"
    else:
        when = f"from year {policy.start:g} to {policy.end:g}"
    cost = f", costs {policy.cost:g} a year" if policy.cost else ""
    return f"{policy.name}{f' ({whom})' if whom else ''}, {when}{cost}"


def _rests_on(effects: Effects) -> str:
    counts = Counter(entry.basis for entry in effects.baseline.scenario.parameters.entries.values())
    n = effects.baseline.scenario.roster.n
    return (
        f"A simulated elite of {n:,} members, not real persons. The model has {sum(counts.values())} parameters. "
        f"Estimated from this record: {counts['estimated']}; borrowed: {counts['borrowed']}; assumed: {counts['assumed']}. "
        "Each simulated future draws its own values from their ranges, so the bands hold both luck and ignorance. "
        "They do not foresee a burst of departures whose cause lies outside of the record."
    )


def _parameters(effects: Effects) -> list[dict[str, str]]:
    entries = effects.baseline.scenario.parameters.entries.values()
    return [
        {
            "name": entry.meaning,
            "unit": entry.unit,
            "value": f"{entry.value:.3g}"
            + ("" if entry.low == entry.high else f" ({entry.low:.3g} to {entry.high:.3g})"),
            "basis": entry.basis,
            "source": entry.source,
        }
        for entry in sorted(entries, key=lambda entry: ("estimated", "borrowed", "assumed").index(entry.basis))
    ]
