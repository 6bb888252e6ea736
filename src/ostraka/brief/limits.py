"""What a brief cannot show, said for this case."""

from __future__ import annotations

from ostraka.brief.dossier import Dossier
from ostraka.brief.happenings import departures
from ostraka.model import Confidence


def limits(dossier: Dossier) -> list[str]:
    """The limits of this brief, the gravest first."""
    case, record = dossier.case, dossier.record
    known = departures(record)
    left_out = [event for event in known if not event.counted]
    low = [event for event in known if event.counted and event.confidence is Confidence.LOW]
    undated = [event for event in known if event.reported.latest is None]
    delay = dossier.alarms.delay
    lines = [
        "It is about rates, groups and policies. It says nothing about who will leave next, and must not be used to that end.",
        "The record holds what became public. A year without a row is a year without reports; departures that were never reported are in no number here, except where their share is assumed and said.",
        f"{len(low)} of the {len(known)} recorded departures are of low confidence and {len(left_out)} are left out of counts (disputed, failed, or not of the elite); the denominators show what that changes.",
        f"Departures become known late: half of {delay.n_delays} known delays lie above {_median_days(dossier)} days, and only cases that did become public have a delay. The last year of any record is undercounted.",
        "More attention, a change of government abroad or a press campaign makes more reports without more departures. Unless effort is given, it is taken to be constant.",
        "Motives are what ministries, reporters and those who left have said.",
        "The simulated elite is invented; what its members do rests mostly on assumed mechanisms, listed with their ranges.",
        "The forecast of breakdown uses no event of this record, and is only as young as the cross-national data.",
    ]
    if undated:
        lines.insert(
            4,
            f"{len(undated)} departures have no known first report; they enter today's record, not the view as of {case.as_of}.",
        )
    return lines


def _median_days(dossier: Dossier) -> int:
    delays = dossier.alarms.departures
    days = sorted(float(days) for days in delays.reported_day - delays.middle_day if days >= 0)
    return round(days[len(days) // 2]) if days else 0
