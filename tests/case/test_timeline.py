"""Timelines print their own epochs."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostraka.case.timeline import Step, Timeline
from ostraka.errors import InputError

DAYS = st.dates(date(2000, 1, 1), date(2010, 12, 31))


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    names = draw(st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=5))
    steps = []
    for name in names:
        start = draw(DAYS)
        days = draw(st.none() | st.integers(1, 4000))
        end = None if days is None else start + timedelta(days=days)
        steps.append(Step(name, start, end, instant=draw(st.booleans())))
    return Timeline(tuple(steps), date(2002, 1, 1), date(2008, 1, 1))


@given(timelines())
def test_epochs_fill_the_window_without_gaps(line: Timeline) -> None:
    epochs = line.epochs()
    assert epochs[0].start == line.start
    assert epochs[-1].end == line.end
    assert all(before.end == after.start for before, after in pairwise(epochs))
    assert all(epoch.start < epoch.end for epoch in epochs)


@given(timelines(), st.dates(date(2002, 1, 1), date(2007, 12, 31)))
def test_what_holds_on_a_day_is_what_its_epoch_says(line: Timeline, day: date) -> None:
    epoch = next(epoch for epoch in line.epochs() if epoch.start <= day < epoch.end)
    assert set(epoch.in_force) == {step.name for step in line.steps if step.holds(day)}


def test_text_and_html_name_what_is_new_and_escape_it() -> None:
    line = Timeline(
        (Step("<b>watch</b>", date(2001, 1, 1), date(2002, 1, 1)), Step("heir", date(2001, 6, 1), instant=True)),
        date(2000, 1, 1),
        date(2003, 1, 1),
    )
    assert line.text().splitlines() == [
        "2000-01-01 to 2001-01-01  nothing in force",
        "2001-01-01 to 2001-06-01  <b>watch</b> (new)",
        "2001-06-01 to 2002-01-01  <b>watch</b>; heir (that day)",
        "2002-01-01 to 2003-01-01  nothing in force",
    ]
    assert "<b>" not in line.html()
    assert line.html().count("<tr>") == 5
    assert line.to_json()[2]["begins"] == ["heir"]


def test_the_order_of_steps_does_not_matter() -> None:
    a, b = Step("a", date(2001, 1, 1)), Step("b", date(2001, 1, 1), date(2002, 1, 1))
    frame = (date(2000, 1, 1), date(2003, 1, 1))
    assert Timeline((a, b), *frame) == Timeline((b, a), *frame)


def test_backward_dates_and_empty_names_are_refused() -> None:
    with pytest.raises(InputError, match="swap"):
        Step("a", date(2001, 1, 1), date(2001, 1, 1))
    with pytest.raises(InputError, match="name"):
        Step(" ", date(2001, 1, 1))
    with pytest.raises(InputError, match="swap"):
        Timeline((), date(2001, 1, 1), date(2000, 1, 1))


def test_rules_are_printed_after_the_epochs() -> None:
    line = Timeline((), date(2001, 1, 1), date(2002, 1, 1), rules=("whenever there is a <purge>: watched, at once",))
    assert line.text().splitlines()[-1] == "whenever there is a <purge>: watched, at once"
    assert '<ul class="rules"><li>whenever there is a &lt;purge&gt;: watched, at once</li></ul>' in line.html()
