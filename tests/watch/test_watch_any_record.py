"""Any record at all gives an answer that means something: finite numbers, laws that sum to one, or "not enough data"."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ostraka.case import Case
from ostraka.dates import When
from ostraka.model import Claim, Confidence, Event, Operator, Span
from ostraka.watch import ClaimVerdict, check_claims, watch

START = date(2000, 1, 1)


@st.composite
def records(draw: Any) -> Case:
    """Windows from a day to forty years; vague, unreported, misreported and doubtful departures."""
    length = draw(st.sampled_from([1, 20, 400, 4000, 14_600]))
    events = []
    for i in range(draw(st.integers(0, 12))):
        first = START + timedelta(days=draw(st.integers(-30, length + 30)))
        last = first + timedelta(days=draw(st.sampled_from([0, 0, 30, 365, 9000])))
        told = draw(st.sampled_from([None, 0, 40, 3000, -20]))
        events.append(
            Event(
                id=f"E{i}",
                when=When(first if draw(st.booleans()) else None, last),
                reported=When() if told is None else When.on(last + timedelta(days=told)),
                sector=draw(st.sampled_from(["", "diplomatic", "security"])),
                tier=draw(st.sampled_from([None, 1, 4])),
                confidence=draw(st.sampled_from(list(Confidence))),
                n_high=draw(st.sampled_from([1, None])),
                may_be=("E0",) if i and draw(st.booleans()) else (),
            )
        )
    end = START + timedelta(days=length - 1)
    as_of = end + timedelta(days=draw(st.sampled_from([0, 200])))
    return Case.make("Ruritania", start=START, end=end, as_of=as_of, events=events)


@pytest.mark.slow
@given(records())
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_record_has_an_answer(case: Case) -> None:
    alarms = watch(case, rng=1, n_draws=3)
    json.dumps(alarms.to_json(), allow_nan=False)
    assert alarms.unreported.sum() == pytest.approx(1.0, abs=1e-3)
    for outlook in alarms.outlooks:
        assert outlook.pmf.sum() == pytest.approx(1.0, abs=1e-3)
    for each in alarms.reckonings:
        low, high = each.base_rate.jeffreys
        assert 0 <= low < high < np.inf
        assert 0 <= each.end_scan.p <= 1
    if alarms.band is not None:
        assert (alarms.band.low90 <= alarms.band.high90 + 1e-9).all()
    assert alarms.summary()


@pytest.mark.slow
@given(records())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_record_can_be_held_against_a_claim(case: Case) -> None:
    words = Span("r", 0, 1, "x")
    period = When(START, None)
    asked = [
        Claim(words, "claim", "x", "number", low=2.0, operator=operator, unit="defections", period=period, per=per)
        for operator in (Operator.AT_LEAST, Operator.EXACTLY, Operator.HIGHEST_SINCE, Operator.FIRST_SINCE)
        for per in ("", "year")
    ]
    for check in check_claims(case, asked, rng=1):
        assert check.verdict in set(ClaimVerdict)
        assert all(0 <= tally.p_true + tally.p_beyond <= 1 + 1e-6 for tally in check.then.tallies)
        json.dumps(check.to_json(), allow_nan=False)
