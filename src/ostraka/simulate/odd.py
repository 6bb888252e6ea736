"""The ODD description of the model, written from the code so that it cannot drift."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from importlib import import_module

from ostraka.simulate import draw
from ostraka.simulate.elites import ELITES, GENERIC
from ostraka.simulate.layout import CAUSES
from ostraka.simulate.parameters import Parameters
from ostraka.simulate.policy import CHANNELS
from ostraka.simulate.replay import EVENT_NAMES
from ostraka.simulate.roster import POSTS, TIE_KINDS
from ostraka.simulate.rule import ACTIONS, LASTING, TRIGGERS, WHOM

_HEAD = """# The simulator: its ODD description

Overview, design concepts, details, after Grimm et al. (2020). This page is written by
`ostraka.simulate.odd.odd_page()`; a test fails if it differs from what the code says.

## Purpose and patterns

How many members of an elite leave, when, and how its coalition fares, under given or imagined policies of the
regime, with the uncertainty of what is assumed. It is no forecast of named persons. Patterns it must show: single
departures for years, then clusters; departures mostly from abroad; tied departures close in time; terror that lowers
departures at once and raises disaffection later; recall that lowers departures and empties missions; succession that
raises the spread of outcomes.

## Entities, state variables, scales

Time in years, continuous. Members (10 to 10⁶ seats, each with a holder): status (loyal, left, purged, retired, detained, in
opposition), post ({posts}), rank, organ, whole-number weight in the coalition, privilege, private disaffection (latent), pieces of outside
information in memory, share of close kin held at home, children abroad, age where it is known. Ties of four kinds ({ties}) with weights; kin
and comrades are ties of persons and end with the holder, patrons and colleagues are ties of posts and pass to
the successor; a tie may have dates. The regime: policies with dates, standing rules, a leader of some age and years in office who may be in succession.

## Process overview and scheduling

The next event happens, whichever it is: {events}. Between events all hazards are constant, so the timing is exact. A
departure changes the hazards of those tied to it; a publicised one those of all; policies change those of the class
they are for; a standing rule is set off by an event and takes effect after its delay. Each class of members has a clock that runs faster or slower with policy, publicity and succession, so
that a change of policy touches classes, not members.

## Design concepts

*Basic principles*: preferences that are hidden until others move (Kuran 1991), exit when there is a way out (Hirschman
1970), contagion that may need more than one tie (Centola & Macy 2007), repression that can breed disloyalty (Wintrobe
1998). Posts that open from above (White 1970). *Emergence*: cascades, and whether the coalition breaks. *Adaptation*: none of the members; the regime follows its
policies and standing rules. *Objectives, prediction*: none. *Learning*: exposure to outside information. *Sensing*: members see whether those tied to them
left or were purged, and publicised departures. *Interaction*: through ties, guilt by association, publicity.
*Stochasticity*: every event is one. The k-th event of a kind of a member has a resistance, a unit exponential made
from (seed, replicate, member, kind, k); it happens when the hazard, added up over time, reaches it. Policies share the
resistances. *Collectives*: organs. *Observation*: counts by organ and time, weight of the coalition, causes
({causes}), times at which thresholds are crossed, event log of any replicate.

## Initialisation

From a roster that is given (a case, a graph, arrays) or made up by organ, office, rank, family, patron and comrade.
Disaffection is normal, information in memory is at its balance for the post.

## Input data

The record gives the rate of departures of one organ; everything else is in the tables below. A hindcast reads the record
of a day with a pace that may change and reports that may come late.

## Submodels

A member at a post leaves with hazard

    access · policy · exp(base + rank·r − privilege·π + disaffection + information·I [+ children_abroad·C − kin_held·K abroad]
        + Σ contagion·φ(departed ties) + Σ fear·φ(purged ties) + publicity·min(percent known to have left, 10) + succession_exit)

where a departed patron or client counts 1 + succession_ties times during a succession, and φ(m) = min(m, saturation), log(1 + m) if `log_ties` is set, or a step at `complex_at`. A member is purged with hazard

    purge · policy · exp(purge_rank·r + purge_disaffection·accuracy·θ + purge_tie·φ(kin and patrons who left) + succession_purge + succession_patron·π)

and takes kin at home along with probability `association`, up to `association_depth` steps. With probability `detain` a
purge is a detention: he is released at rate `release`, with `detention_grievance` more disaffection. With probability
`resist` who breaks with the regime at home turns to opposition there: out of the coalition, not gone, and purged
exp(purge_opposed) times as often. Disaffection that events raise (backlash, passed_over, succession_grievance,
detention_grievance, a policy of `grievance`) falls by calming_step at rate `calming`. He is posted abroad at rate
posting_out · mobility · screening · policy, and home at posting_back · policy. Screening multiplies by
exp(s·(kin_held − (θ − disaffection)) − s²·sd²/2).

A member dies or retires at rate `retire`; one of known age a with hazard

    retire · exp(retire_ageing·(a − retire_reference) [+ pension_rise from pension_age on])

which has a closed integral, so the day is exact. A vacant seat of rank r is filled at rate
refill · exp(refill_rank·r): with probability `promote`
by a member of the next lower rank of its organ (each as likely as another; one drawn is taken with probability
1 / (1 + exp(promote_loyalty·(θ − disaffection))) unless promote_loyalty is 0, and after 31 draws in vain nobody is),
else from outside. Who rises takes rank, weight, privilege, mobility and classes of the seat, comes home for it, and
leaves his own seat vacant; ties, disaffection, age and what he knows stay his. Who comes from outside to a seat whose
first holder's age is known is of newcomer_age. A leader goes with hazard

    succession · exp(leader_ageing·(age − successor_age) + leader_tenure·(years in office))

against a resistance that is Gamma with `leader_stages` stages and mean 1; the succession that follows lasts Gamma with
`succession_stages` stages and mean `succession_years`.

The coalition breaks when its weight falls below a share of what it
was; the security organ likewise; a coup has hazard coup · exp(−coup_slope·(share − coalition_threshold)).
"""


def odd_page() -> str:
    """The whole page as Markdown.

    Examples
    --------
    >>> odd_page().startswith("# The simulator: its ODD description")
    True
    """
    events = ", ".join(EVENT_NAMES[kind] for kind in sorted(EVENT_NAMES))
    head = _HEAD.format(posts=", ".join(POSTS), ties=", ".join(TIE_KINDS), events=events, causes=", ".join(CAUSES))
    parts = [_parameter_table(), _channel_table(), _rule_table(), _population_tables(), _stream_table(), _around()]
    return "\n".join([head, *parts, _REFERENCES])


def _parameter_table() -> str:
    rows = [
        f"| `{e.name}` | {e.meaning} | {e.unit} | {e.value:g} | {_range(e.low, e.high)} | {e.basis} | {e.source} |"
        for e in Parameters().entries.values()
    ]
    head = (
        "## Parameters\n\n| name | meaning | unit | default | range | basis | source |\n|---|---|---|---|---|---|---|"
    )
    return "\n".join([head, *rows, ""])


def _range(low: float, high: float) -> str:
    return "fixed" if low == high else f"{low:g} to {high:g}"


def _channel_table() -> str:
    rows = [
        f"| `{name}` | {', '.join(f'`{p}`' for _, p, _ in pulls if p) or 'its level'} |"
        for name, pulls in CHANNELS.items()
    ]
    return "\n".join(["## Channels of policy\n\n| channel | scaled by |\n|---|---|", *rows, ""])


def _rule_table() -> str:
    rows = [
        ("set off by", ", ".join(TRIGGERS)),
        ("acts on members", f"{', '.join(ACTIONS)}; on {', '.join(WHOM)}"),
        ("puts in force for a while", ", ".join(f"`{name}`" for name in LASTING)),
    ]
    table = [f"| {what} | {words} |" for what, words in rows]
    return "\n".join(["## Standing rules\n\n| a rule | may be |\n|---|---|", *table, ""])


def _stream_table() -> str:
    names = ("EXIT", "PURGE", "POSTING", "RETIRE", "EXPOSE", "FORGET", "REFILL", "LAPSE", "DISAFFECTION",
             "CALM", "EXPOSURE_AT_START", "RECALL", "ASSOCIATION", "SUCCESSION", "SUCCESSION_LENGTH", "PUBLICITY", "COUP",
             "CONTAGION", "RECOVERY", "DETAIN", "RESIST", "RULED", "PROMOTE")  # fmt: skip
    rows = [f"| {getattr(draw, name)} | {name.lower().replace('_', ' ')} |" for name in names]
    return "\n".join(["## Streams of chance\n\n| number | use |\n|---|---|", *rows, ""])


def _population_tables() -> str:
    """The elites assumed by regime, number by number."""
    lines = ["## Elites assumed by regime", ""]
    for code, elite in ELITES.items():
        lines += [f"{code}:", "", "| what | value | range | basis | source |", "|---|---|---|---|---|"]
        lines += [f"| {f.what} | {f.value} | {f.range} | {f.basis} | {f.source} |" for f in elite.figures]
        lines.append("")
    return "\n".join([*lines, f"Elsewhere: {GENERIC}", ""])


def _around() -> str:
    """Everything public of the room, from its own first sentence, signature and notes."""
    things = _public()
    rows, notes = [], []
    for name, thing in things.items():
        words = inspect.getdoc(thing) or ""
        first = words.split("\n\n")[0].replace("\n", " ").replace("|", "\\|")
        options = (
            "" if inspect.isclass(thing) else ", ".join(map(_option, inspect.signature(thing).parameters.values()))
        )
        rows.append(f"| `{name}` | {first} | {options} |")
        if "\nNotes\n-----\n" in words:
            text = re.split(r"\n\n[A-Z][a-z]+\n-{3,}\n", words.split("\nNotes\n-----\n")[1])[0]
            notes.append(f"`{name}`: {text.strip()}\n")
    head = "## Everything around the model\n\n| name | what it is | options and their defaults |\n|---|---|---|"
    return "\n".join([head, *rows, "", "## How each of these works", "", *notes])


def _public() -> dict[str, Callable[..., object]]:
    """What can be called of the room, of its clusters and of the pace of a record, by name."""
    room = import_module("ostraka.simulate")
    found = {name: getattr(room, name) for name in room.__all__ if callable(getattr(room, name))}
    for module in ("ostraka.simulate.cluster", "ostraka.hazard.pace"):
        inside = vars(import_module(module)).items()
        found |= {n: x for n, x in inside if callable(x) and x.__module__ == module and not n.startswith("_")}
    return dict(sorted(found.items(), key=lambda item: item[0].lower()))


def _option(parameter: inspect.Parameter) -> str:
    if parameter.default is inspect.Parameter.empty:
        return parameter.name
    return f"{parameter.name} = {parameter.default!r}"


_REFERENCES = """## References

- Centola & Macy (2007), Complex contagions and the weakness of long ties, American Journal of Sociology 113.
- Egorov & Sonin (2011), Dictators and their viziers: endogenizing the loyalty-competence trade-off, Journal of the
  European Economic Association 9. doi:10.1111/j.1542-4774.2011.01033.x
- Epstein (2002), Modeling civil violence: an agent-based computational approach, PNAS 99.
- Gibson & Bruck (2000), Efficient exact stochastic simulation of chemical systems with many species and many channels,
  J. Phys. Chem. A 104. doi:10.1021/jp993732q
- Gompertz (1825), On the nature of the function expressive of the law of human mortality, Philosophical Transactions
  of the Royal Society 115. doi:10.1098/rstl.1825.0026
- Grimm et al. (2020), The ODD protocol for describing agent-based and other simulation models: a second update,
  Journal of Artificial Societies and Social Simulation 23.
- Hirschman (1970), Exit, Voice, and Loyalty, Harvard University Press.
- Kuran (1991), Now out of never: the element of surprise in the East European revolution of 1989, World Politics 44.
- Lawless (1994), Adjustments for reporting delays and the prediction of occurred but not reported events, Canadian
  Journal of Statistics 22 (the hindcast).
- Salmon et al. (2011), Parallel random numbers: as easy as 1, 2, 3, SC '11. doi:10.1145/2063384.2063405
- White (1970), Chains of Opportunity: System Models of Mobility in Organizations, Harvard University Press.
- Wintrobe (1998), The Political Economy of Dictatorship, Cambridge University Press.
"""
