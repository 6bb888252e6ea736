"""Scenario files, rosters from elsewhere, and the page written from the code."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ostraka.simulate
from ostraka.case import Case
from ostraka.errors import InputError
from ostraka.model import Event, Person, Tie, TieKind
from ostraka.simulate import (
    CHANNELS,
    Parameters,
    Policy,
    Roster,
    Rule,
    Scenario,
    elite_roster,
    load_scenario,
    roster_from_case,
    roster_from_graph,
    roster_from_graphml,
    scenario_from_toml,
    scenario_to_toml,
)
from ostraka.simulate.elites import ELITES
from ostraka.simulate.layout import PARAMETER_NAMES
from ostraka.simulate.odd import odd_page
from ostraka.simulate.rule import LASTING, TRIGGERS

BASE = Scenario("as is", Roster.make(6, organ=[0, 0, 1, 1, 1, 1], rank=[0, 1, 2, 0, 1, 2], organs=("a", "b")), years=5)
ROOT = Path(__file__).resolve().parents[2]


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    start = draw(st.floats(0, 4))
    return Policy(
        draw(st.text(min_size=1, max_size=12)),
        draw(st.sampled_from(["monitor", "recall", "terror", "screen", "privilege"])),
        start,
        draw(st.just(math.inf) | st.floats(0.1, 5).map(lambda x: start + x)),
        draw(st.floats(0, 1)),
        organs=draw(st.sampled_from([(), ("a",), ("a", "b")])),
        posts=draw(st.sampled_from([(), ("home",), ("home", "abroad")])),
        ranks=draw(st.sampled_from([(), (0, 2)])),
        cost=draw(st.floats(0, 9)),
    )


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    return Rule(
        draw(st.text(min_size=1, max_size=12)),
        draw(st.sampled_from(["departure", "purge", "known departure"])),
        draw(st.sampled_from(["recall", "purge", "detain"])),
        draw(st.sampled_from(["kin", "colleague", "organ", "everybody"])),
        draw(st.floats(0, 1)),
        draw(st.floats(0, 500)),
        draw(st.just(math.inf) | st.floats(1, 500)),
        from_organs=draw(st.sampled_from([(), ("a",)])),
        from_rank=draw(st.integers(0, 1)),
        ranks=draw(st.sampled_from([(), (0, 2)])),
    )


@given(
    st.lists(policies(), max_size=3),
    st.lists(rules(), max_size=2),
    st.text(max_size=20),
    st.floats(0, 2),
    st.floats(0.1, 3),
)
def test_a_scenario_survives_its_file(
    made: list[Policy], standing: list[Rule], name: str, low: float, width: float
) -> None:
    table = Parameters().set(purge=(low, low + width), memory=low)
    scenario = Scenario(name, BASE.roster, table, tuple(made), years=5, note=name, rules=tuple(standing))
    again = scenario_from_toml(scenario_to_toml(scenario), Scenario("other", BASE.roster, years=2))
    assert again.policies == scenario.policies
    assert again.rules == scenario.rules
    assert (again.name, again.note, again.years) == (name, name, 5.0)
    assert [(e.low, e.high) for e in again.parameters.entries.values()] == [
        (e.low, e.high) for e in table.entries.values()
    ]


def test_dates_in_a_file_are_years_of_the_run(tmp_path: Path) -> None:
    base = Scenario("as is", BASE.roster, years=5, begin=date(2016, 1, 1))
    file = tmp_path / "s.toml"
    file.write_text('[[policy]]\nname = "w"\nchannel = "monitor"\nstart = 2017-01-01\n', encoding="utf-8")
    assert load_scenario(file, base).policies[0].start == pytest.approx(366 / 365.25)
    with pytest.raises(InputError, match="calendar"):
        load_scenario(file, BASE)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("years = [", "not TOML"),
        ("yeers = 3", "unknown key 'yeers'"),
        ('years = "3"', "years: '3' is not a number"),
        ("[parameters]\nfear = 1", "unknown parameter 'fear'"),
        ("[parameters]\npurge = [1]", "a range has two numbers"),
        ("[parameters]\npurge = [2, 1]", "low <= high"),
        ("[parameters]\npurge = nan", "finite"),
        ('[policy]\nname = "x"', "two brackets"),
        ('[[policy]]\nname = "x"', "policy 1: needs the keys name, channel"),
        ('[[policy]]\nname = "x"\nchannel = "spell"', "channel 'spell' is unknown"),
        ('[[policy]]\nname = "x"\nchannel = "monitor"\nstart = 3\nend = 2', "before it begins"),
        ('[[policy]]\nname = "x"\nchannel = "monitor"\nlevle = 3', "unknown key 'levle'"),
        ('[[policy]]\nname = "x"\nchannel = "recall"\nlevel = 3', "share from 0 to 1"),
        ('[[policy]]\nname = "x"\nchannel = "monitor"\norgans = ["c"]', "no organ c"),
        ('[[policy]]\nname = "x"\nchannel = "monitor"\nranks = [9]', "match nobody"),
        ('[[policy]]\nname = "x"\nchannel = "departure"\nmember = 77', "no seat 77"),
        ('[rule]\nname = "x"', r"under \[\[rule\]\], with two"),
        ('[[rule]]\nname = "x"\non = "purge"', "rule 1: needs the keys name, on, then"),
        ('[[rule]]\nname = "x"\non = "rain"\nthen = "monitor"', "'x', on: 'rain' is unknown"),
        ('[[rule]]\nname = "x"\non = "purge"\nthen = "departure"', "then: 'departure' is unknown"),
        ('[[rule]]\nname = "x"\non = "purge"\nthen = "purge"\nwhom = "friends"', "whom: 'friends' is unknown"),
        ('[[rule]]\nname = "x"\non = "purge"\nthen = "purge"\nlevel = 2', "share from 0 to 1, not 2"),
        ('[[rule]]\nname = "x"\non = "purge"\nthen = "terror"\ndelay_days = -1', "delay_days"),
        ('[[rule]]\nname = "x"\non = "purge"\nthen = "terror"\ndays = 0', "days: a number of days above 0"),
        ('[[rule]]\nname = "x"\non = "purge"\nthen = "terror"\ndays = nan', "days: a number of days above 0"),
        ('[[rule]]\nname = "x"\non = "purge"\nthen = "terror"\nwhom = "kin"', "for whole groups"),
        ('[[rule]]\nname = "x"\non = "succession"\nthen = "purge"\nwhom = "kin"', "nobody sets a succession off"),
        ('[[rule]]\nname = "x"\non = "purge"\nthen = "terror"\norgans = ["c"]', "rule 'x': no organ c"),
        ('[[rule]]\nname = "x"\non = "purge"\nthen = "terror"\nranks = [9]', "match nobody"),
        ('[[rule]]\nname = "x"\non = "purge"\nthen = "terror"\nfrom_rank = 9', "from_rank match nobody"),
        ('[[rule]]\nname = "x"\non = "purge"\nthen = "terror"\nfrom_posts = ["moon"]', "from_posts: posts are"),
    ],
)
def test_a_bad_file_says_what_is_wrong(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        scenario_from_toml(text, BASE, where="bad.toml")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_scenario(tmp_path / "none.toml", BASE)


GRAPHML = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="d0" for="node" attr.name="organ"/><key id="d1" for="edge" attr.name="kind"/><key id="d2" attr.name="post"/>
<graph><node id="x"><data key="d0">army</data><data key="d2">abroad</data></node><node id="y"/>
<edge source="x" target="y"><data key="d1">patron</data></edge></graph></graphml>"""


def test_a_graphml_file_becomes_a_roster(tmp_path: Path) -> None:
    file = tmp_path / "g.graphml"
    file.write_text(GRAPHML, encoding="utf-8")
    roster, names = roster_from_graphml(file)
    assert names == ("x", "y")
    assert roster.organs == ("army", "elite")
    assert roster.to_json()["ties"]["patron"] == 1
    assert roster.n_abroad == 1
    for bad, says in (
        (GRAPHML.replace('target="y"', 'target="z"'), "does not exist"),
        (GRAPHML.replace("patron", "friend"), "friend"),
        (GRAPHML.replace("abroad", "away"), "away"),
        ("<!DOCTYPE a>" + GRAPHML, "document type"),
        ("<a", "cannot be read"),
        ("<a/>", "no node"),
    ):
        file.write_text(bad, encoding="utf-8")
        with pytest.raises(InputError, match=says):
            roster_from_graphml(file)


def test_graphs_of_networkx_and_igraph_are_known_by_their_shape() -> None:
    nodes, edges = [("x", {"rank": 2}), ("y", {})], [("x", "y", {"weight": 2.5})]

    def told(rows: list[object]) -> Callable[..., list[object]]:
        return lambda **data: rows if data else []

    nx = SimpleNamespace(adjacency=None, nodes=told([*nodes]), edges=told([*edges]))
    roster, _ = roster_from_graph(nx)
    assert roster.rank.tolist() == [2, 0]
    assert roster.tie_weight.tolist() == [2.5, 2.5]
    vertex = [SimpleNamespace(index=k, attributes=dict) for k in range(2)]
    edge = [SimpleNamespace(source=0, target=1, attributes=lambda: {"kind": "comrade"})]
    assert roster_from_graph(SimpleNamespace(vs=vertex, es=edge))[0].to_json()["ties"]["comrade"] == 1
    with pytest.raises(InputError, match="networkx or igraph"):
        roster_from_graph([1, 2])


def test_a_case_becomes_a_roster_of_those_it_names() -> None:
    people = [Person(id=f"p{k}", name=f"N{k}") for k in range(3)]
    case = Case.make(
        "Ruritania",
        start=date(2000, 1, 1),
        end=date(2001, 1, 1),
        as_of=date(2001, 1, 1),
        people=people,
        ties=[Tie(ego="p0", alter="p1", kind=TieKind.KIN), Tie(ego="p0", alter="nobody", kind=TieKind.PATRON)],
        events=[Event(person="p2", sector="security", tier=1)],
    )
    roster, ids, problems = roster_from_case(case)
    assert ids == ("p0", "p1", "p2")
    assert roster.rank.tolist() == [0, 0, 3]
    assert roster.organs[roster.organ[2]] == "security"
    assert roster.n_ties == 1
    assert len(problems) == 1
    with pytest.raises(InputError, match="names nobody"):
        roster_from_case(case.remake(people=(), ties=(), events=()))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"ties": ([0], [0], [0], [1.0])}, "row 0 .0 to 0.: ties a member to himself"),
        ({"ties": ([0, 0], [0, 0], [1, 9], [1.0, 1.0])}, "row 1 .0 to 9."),
        ({"ties": ([0], [0], [1], [-1.0])}, "weight above 0"),
        ({"ties": ([0], [0], [1], [math.nan])}, "weight above 0"),
        ({"ties": ([7], [0], [1], [1.0])}, "kind"),
        ({"offset": [0.0, math.nan]}, "offset, row 1"),
        ({"weight": [1.5, 1.0]}, "whole numbers"),
        ({"weight": [-1, 1]}, "weight, row 0"),
        ({"kin_held": [0.0, 1.2]}, "kin_held, row 1"),
        ({"rank": [1, 2, 3]}, "one value per member"),
        ({"weight": 0}, "weighs nothing"),
        ({"security": ("navy",)}, "navy"),
    ],
)
def test_a_bad_roster_names_the_row(change: dict[str, object], says: str) -> None:
    with pytest.raises(InputError, match=says):
        Roster.make(2, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize("make", [Roster.make, elite_roster])
@pytest.mark.parametrize(("n", "says"), [(0, "at least one member"), (10**9, "needs about 931 GiB")])
def test_an_elite_that_is_empty_or_too_large_is_refused_before_it_is_made(
    make: Callable[..., Roster], n: int, says: str
) -> None:
    with pytest.raises(InputError, match=says):
        make(n)


def test_the_page_in_the_docs_is_what_the_code_says() -> None:
    page = (ROOT / "docs" / "explanation" / "simulate.md").read_text(encoding="utf-8")
    written = page.split("do not edit below -->\n", 1)[1]
    one_level_down = odd_page().replace("\n## ", "\n### ").replace("# The simulator", "## The simulator", 1)
    assert written == one_level_down, "run: python tools/build_odd_page.py"


def test_the_page_names_every_parameter_and_everything_public() -> None:
    page = odd_page()
    names = [
        *PARAMETER_NAMES,
        *(set(ostraka.simulate.__all__) - {"CHANNELS"}),
        *CHANNELS,
        "cluster_map",
        "changing_pace",
        *LASTING,
        *TRIGGERS,
    ]
    missing = [name for name in names if f"`{name}`" not in page and name not in page.replace("`", "")]
    assert missing == []
    for words in ("Epstein", "Sobol", "lost with a worker", "reporting delays", "Laplace"):
        assert words.lower() in page.lower(), words


def test_every_number_assumed_of_a_regime_has_a_basis_and_a_source() -> None:
    for elite in ELITES.values():
        assert {figure.basis for figure in elite.figures} <= {"published", "record", "assumed"}
        assert all(figure.source for figure in elite.figures)
        assert sum(figure.basis == "published" for figure in elite.figures) >= 3


def test_a_graph_of_networkx_itself_and_its_graphml_give_one_roster(tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx", reason="networkx is not installed")
    graph = networkx.Graph()
    graph.add_node("x", organ="army", rank=2, post="abroad", weight=4)
    graph.add_node("y", organ="security", kin_held=0.5)
    graph.add_edge("x", "y", kind="patron", weight=2.0)
    networkx.write_graphml(graph, tmp_path / "g.graphml")
    (one, names), (two, again) = roster_from_graph(graph), roster_from_graphml(tmp_path / "g.graphml")
    assert names == again == ("x", "y")
    assert one.digest == two.digest
    assert one.security == ("security",)


def test_a_graph_of_igraph_itself_gives_a_roster() -> None:
    igraph = pytest.importorskip("igraph", reason="igraph is not installed")
    graph = igraph.Graph(edges=[(0, 1), (1, 2)])
    graph.vs["rank"], graph.es["kind"] = [0, 1, 2], ["kin", "colleague"]
    roster, names = roster_from_graph(graph)
    assert names == (0, 1, 2)
    assert roster.rank.tolist() == [0, 1, 2]
    assert roster.to_json()["ties"]["colleague"] == 1


def test_policies_that_cut_an_elite_into_too_many_groups_for_memory_are_refused_before_it_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    roster = Roster.make(1000, rank=np.arange(1000) % 50)
    aimed = [Policy(f"rank {rank}", "monitor", ranks=(rank,)) for rank in range(50)]
    one = Scenario("one group", roster, years=1.0)
    monkeypatch.setattr("ostraka.simulate.roster._MAX_BYTES", 700_000)
    assert ostraka.simulate.ensemble(one, replicates=1, rng=1).replicates == 1
    for run in (ostraka.simulate.simulate, ostraka.simulate.ensemble):
        with pytest.raises(InputError, match=r"1000 members .* 50 groups need about"):
            run(one.under(*aimed), replicates=1, rng=1)
