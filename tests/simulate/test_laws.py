"""The engine against analytic results; `test_dN` is answer DN of the design."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats
from scipy.linalg import expm
from scipy.sparse import csc_array, lil_array
from scipy.sparse.linalg import expm_multiply

from ostraka.simulate import Parameters, Policy, Roster, Scenario, replay, simulate


def z_of(sample: NDArray[np.float64], mean: float) -> float:
    return float((sample.mean() - mean) / (sample.std(ddof=1) / math.sqrt(sample.size)))


def lone(n: int, *, years: float = 10.0, thresholds: tuple[float, ...] = (0.5,), **values: float) -> Scenario:
    roster = Roster.make(n, post=1)
    return Scenario("lone", roster, Parameters().neutral().set(**values), years=years, thresholds=thresholds)


def test_d15_competing_exponentials() -> None:
    rates = np.array([0.1, 0.2, 0.3])  # leaving, purge, retirement
    scenario = lone(300, base=math.log(rates[0]), purge=rates[1], retire=rates[2], years=5.0)
    runs = simulate(scenario, replicates=100, rng=3)
    total = rates.sum()
    fired = 1 - math.exp(-total * 5)
    left, purged = runs.total()[:, -1] / 300, runs.purges[:, -1] / 300
    gone = 1 - runs.coalition[:, -1]
    assert abs(z_of(left, rates[0] / total * fired)) < 4
    assert abs(z_of(purged, rates[1] / total * fired)) < 4
    assert abs(z_of(gone, fired)) < 4


def test_d16_pure_death_until_the_coalition_breaks() -> None:
    scenario = lone(300, base=math.log(0.05), years=60.0, thresholds=(0.6,))
    when = simulate(scenario, replicates=600, rng=5).crossed[:, 0]
    assert stats.kstest(1 - np.exp(-0.05 * when), stats.beta(121, 180).cdf).pvalue > 1e-3
    assert abs((when.mean() - 10.305434) / (0.947255 / math.sqrt(600))) < 4


def test_a_trigger_releases_everyone_tied_to_it_at_one_rate() -> None:
    n, rate, base = 40, 0.7, -40.0
    hub = (np.zeros(n - 1, int), np.zeros(n - 1, int), np.arange(1, n), np.ones(n - 1))
    values = {"base": base, "contagion_kin": math.log(rate) - base, "complex_at": 1.0}
    roster = Roster.make(n, post=1, ties=hub)
    trigger = Policy("trigger", "departure", start=1.0, member=0)
    scenario = Scenario("star", roster, Parameters().neutral().set(**values), (trigger,), years=2.0)
    counts = simulate(scenario, replicates=4000, rng=8).total()[:, -1] - 1
    seen = np.bincount(counts, minlength=n)
    expected = 4000 * stats.binom(n - 1, 1 - math.exp(-rate)).pmf(np.arange(n))
    keep = expected > 5
    chi = ((seen[keep] - expected[keep]) ** 2 / expected[keep]).sum()
    assert stats.chi2(keep.sum()).sf(chi) > 1e-3


D19 = pytest.mark.parametrize(("post", "defects", "purges"), [(0, 0.062433, 0.092264), (1, 0.095182, 0.089711)])


def check_d19(post: int, defects: float, purges: float, replicates: int) -> None:
    roster = Roster.make(1000, post=post, mobile=1.0)
    values = {"base": math.log(0.02), "access_home": 0.2, "purge": 0.01, "posting_out": 0.10, "posting_back": 0.33}
    scenario = Scenario("one", roster, Parameters().neutral().set(**values), years=10.0, n_edges=1)
    runs = simulate(scenario, replicates=replicates, rng=11)
    assert abs(z_of(runs.total()[:, -1] / 1000, defects)) < 4
    assert abs(z_of(runs.purges[:, -1] / 1000, purges)) < 4


@D19
def test_d19_posting_and_competing_risks(post: int, defects: float, purges: float) -> None:
    check_d19(post, defects, purges, 200)


@pytest.mark.slow
@D19
def test_d19_with_two_million_members(post: int, defects: float, purges: float) -> None:
    check_d19(post, defects, purges, 2000)


def test_d19_share_abroad_without_exits() -> None:
    roster = Roster.make(1000, mobile=1.0)
    scenario = Scenario("posted", roster, Parameters().neutral().set(base=-60, posting_out=0.10, posting_back=0.33))
    share = simulate(scenario, replicates=200, rng=2).abroad[:, -1] / 1000
    assert abs(z_of(share, 0.1 / 0.43 * (1 - math.exp(-4.3)))) < 4


TRAITS = (1.5, 0.5, 2.0, 1.0, 0.0)
TIES = ((0, 1), (0, 2), (1, 2), (2, 3), (3, 4))


def chain(abroad: float) -> csc_array:
    """Generator of the exact chain: 4 states (home, abroad, left, purged) to the 5 members."""
    q = lil_array((1024, 1024))
    for s in range(1024):
        states = [(s // 4**i) % 4 for i in range(5)]
        for i in range(5):
            if states[i] >= 2:
                continue
            gone = sum(states[a + b - i] == 2 for a, b in TIES if i in (a, b))
            leave = 0.02 * (0.2, abroad)[states[i]] * math.exp(TRAITS[i] + math.log(1.5) * gone)
            for to, rate in ((2, leave), (3, 0.01), (1 - states[i], (0.10, 0.33)[states[i]])):
                q[s, s + (to - states[i]) * 4**i] += rate
                q[s, s] -= rate
    return csc_array(q)


@pytest.mark.slow
@pytest.mark.parametrize(("switch", "replicates"), [(1.0, 3_000_000), (0.5, 250_000), (3.0, 250_000)])
def test_d20_the_exact_chain_of_1024_states_with_a_policy_switch(switch: float, replicates: int) -> None:
    posts = (1, 0, 1, 0, 1)
    p = np.zeros(1024)
    p[sum(post * 4**i for i, post in enumerate(posts))] = 1.0
    p = expm_multiply(chain(switch).T * 8.0, expm_multiply(chain(1.0).T * 2.0, p))
    law = np.zeros((6, 6))
    for s in range(1024):
        states = [(s // 4**i) % 4 for i in range(5)]
        law[states.count(2), states.count(3)] += p[s]
    a, b = np.array(TIES).T
    roster = Roster.make(5, offset=TRAITS, post=posts, mobile=1.0, ties=(np.zeros(5, int), a, b, np.ones(5)))
    values = {"base": math.log(0.02), "access_home": 0.2, "contagion_kin": math.log(1.5), "saturation": 8.0}
    values |= {"purge": 0.01, "posting_out": 0.10, "posting_back": 0.33}
    policy = Policy("switch", "exit_rate", start=2.0, level=math.log(switch), posts=("abroad",))
    scenario = Scenario("chain", roster, Parameters().neutral().set(**values), (policy,), n_edges=1, thresholds=())
    if switch == 1.0:
        assert np.arange(6) @ law.sum(axis=1) == pytest.approx(1.34947, abs=1e-5)
    seen = np.zeros((6, 6))
    for part in range(0, replicates, 500_000):
        runs = simulate(scenario, replicates=min(500_000, replicates), rng=17 + part)
        np.add.at(seen, (runs.total()[:, -1], runs.purges[:, -1]), 1)
    expected = law * replicates
    keep = expected > 10
    rest = replicates - seen[keep].sum(), replicates - expected[keep].sum()
    assert rest[1] < 200
    chi = ((seen[keep] - expected[keep]) ** 2 / expected[keep]).sum() + (rest[0] - rest[1]) ** 2 / max(rest[1], 1)
    assert stats.chi2(keep.sum()).sf(chi) > 1e-3


def test_lognormal_frailty() -> None:
    scenario = lone(1000, base=math.log(0.05), disaffection_sd=1.0)
    left = simulate(scenario, replicates=200, rng=4).total()[:, -1] / 1000
    nodes, weights = np.polynomial.hermite_e.hermegauss(80)
    survive = (weights * np.exp(-0.05 * np.exp(nodes) * 10)).sum() / math.sqrt(2 * math.pi)
    assert abs(z_of(left, 1 - survive)) < 4


def test_d23_gamma_frailty_given_as_offsets() -> None:
    n = 20_000
    frailty = np.random.default_rng(1).gamma(2.0, 0.5, n)
    stays = np.exp(-0.05 * 10 * frailty)
    assert abs(z_of(stays, 0.64)) < 4
    roster = Roster.make(n, post=1, offset=np.log(frailty))
    scenario = Scenario("frail", roster, Parameters().neutral().set(base=math.log(0.05)))
    left = simulate(scenario, replicates=40, rng=4).total()[:, -1].mean()
    # The same members in all replicates, so that only their luck is left.
    assert abs(left - (1 - stays).sum()) < 4 * math.sqrt((stays * (1 - stays)).sum() / 40)


def test_d24_piecewise_policy() -> None:
    steps = (Policy("a", "exit_rate", 1.0, 3.0, math.log(2.0)), Policy("b", "exit_rate", 2.0, 6.0, math.log(0.25)))
    scenario = lone(1000, base=math.log(0.05)).under(*steps)
    used = 0.05 * (1 + 2.0 + 0.5 + 0.25 * 3 + 4)
    left = simulate(scenario, replicates=200, rng=4).total()[:, -1] / 1000
    assert abs(z_of(left, 1 - math.exp(-used))) < 4


@pytest.mark.parametrize(("rate", "years", "share", "p"), [(0.05, 5.0, 0.8, 0.768345), (0.05, 10.0, 0.6, 0.400918)])
def test_d25_rank_weighted_collapse_is_a_convolution_of_binomials(
    rate: float, years: float, share: float, p: float
) -> None:
    weight = np.repeat([1, 2, 4], [219, 69, 12])
    roster = Roster.make(300, post=1, weight=weight)
    values = Parameters().neutral().set(base=math.log(rate), coalition_threshold=share)
    scenario = Scenario("ranks", roster, values, years=years, thresholds=(share,))
    runs = simulate(scenario, replicates=6000, rng=6)
    broke = np.isfinite(runs.crossed[:, 0])
    assert (np.isfinite(runs.collapse) == broke).all()
    assert abs((broke.mean() - p) / math.sqrt(p * (1 - p) / 6000)) < 4


def test_information_is_an_immigration_and_death_process() -> None:
    values: dict[str, Any] = {
        "base": math.log(0.02),
        "information": math.log(2.0),
        "exposure_abroad": 1.5,
        "forgetting": 0.5,
    }
    left = simulate(lone(1000, years=4.0, **values), replicates=200, rng=9).total()[:, -1] / 1000
    size = 60
    q = np.zeros((size + 1, size + 1))
    for k in range(size):
        leave = 0.02 * 2.0 ** min(k, 40)
        q[k, k + 1 if k + 1 < size else k] += 1.5
        q[k, max(k - 1, 0)] += 0.5 * k
        q[k, size] += leave
        q[k, k] -= 1.5 + 0.5 * k + leave
    start = np.append(stats.poisson(3.0).pmf(np.arange(size)), 0.0)
    assert abs(z_of(left, (start @ expm(q * 4.0))[-1])) < 4


def test_succession_comes_at_its_rate_and_lasts_two_steps() -> None:
    scenario = lone(1, base=-60, succession=0.5, succession_years=1.0, years=4.0)
    logs = [replay(scenario, r, root=3) for r in range(400)]
    first = np.array([log["year"].iloc[0] if len(log) else np.inf for log in logs])
    assert stats.kstest(first[first < 4], stats.truncexpon(b=2.0, scale=2.0).cdf).pvalue > 1e-3
    began = [log["year"].to_numpy()[:2] for log in logs if len(log) > 1 and log["year"].iloc[0] < 1]
    length = np.array([t[1] - t[0] for t in began])
    assert (
        stats.kstest(
            length[length < 3], lambda t: stats.gamma(2, scale=0.5).cdf(t) / stats.gamma(2, scale=0.5).cdf(3)
        ).pvalue
        > 1e-3
    )


def test_coup_hazard_at_full_coalition() -> None:
    scenario = lone(1, base=-60, coup=0.3, coup_slope=2.0, coalition_threshold=0.9, years=8.0)
    when = simulate(scenario, replicates=3000, rng=3).coup
    p = 1 - math.exp(-0.3 * math.exp(-2.0 * 0.1) * 8)
    assert abs((np.isfinite(when).mean() - p) / math.sqrt(p * (1 - p) / 3000)) < 4


def test_refilled_seats_reach_their_balance() -> None:
    scenario = lone(1000, base=-60, retire=0.5, refill=1.5, years=12.0)
    held = simulate(scenario, replicates=60, rng=1).coalition[:, -1]
    assert abs(z_of(held, 1.5 / 2.0)) < 4


def test_a_lapsed_departure_moves_nobody() -> None:
    ties = (np.zeros(1, int), np.array([0]), np.array([1]), np.ones(1))
    roster = Roster.make(2, post=1, ties=ties)
    values = {"base": -50.0, "contagion_kin": 50.0 + math.log(2.0), "saturation": 1.0, "memory": 1.0}
    trigger = Policy("trigger", "departure", member=0)
    scenario = Scenario("pair", roster, Parameters().neutral().set(**values), (trigger,), years=60.0)
    followed = simulate(scenario, replicates=4000, rng=2).total()[:, -1] - 1
    assert abs(z_of(followed.astype(float), 2 / 3)) < 4


def test_d29_time_rescaling_makes_gaps_exponential() -> None:
    # Without moves or purges the total intensity between departures is constant: its product with each gap is Exp(1).
    n = 60
    chance = np.random.default_rng(3)
    pairs = np.array([(i, j) for i in range(n) for j in range(i + 1, n) if chance.random() < 0.1])
    roster = Roster.make(
        n, post=1, offset=chance.normal(0, 0.8, n), ties=(np.zeros(len(pairs), int), *pairs.T, np.ones(len(pairs)))
    )
    values = {"base": 0.0, "contagion_kin": math.log(1.5), "saturation": 8.0}
    scenario = Scenario("gaps", roster, Parameters().neutral().set(**values), years=2000.0)
    neighbours = [set(pairs[pairs[:, 0] == i, 1]) | set(pairs[pairs[:, 1] == i, 0]) for i in range(n)]
    gaps = []
    for r in range(12):
        log = replay(scenario, r, root=5)
        gone: set[int] = set()
        before = 0.0
        for year, member in zip(log["year"], log["member"], strict=True):
            hazards = [
                math.exp(roster.offset[i] + math.log(1.5) * min(len(neighbours[i] & gone), 8))
                for i in range(n)
                if i not in gone
            ]
            gaps.append(sum(hazards) * (year - before))
            before = year
            gone.add(member)
    assert len(gaps) == 12 * n
    assert stats.kstest(gaps, "expon").pvalue > 1e-3


def test_offspring_of_one_departure_on_a_tree_follow_the_branching_law() -> None:
    # Each departure releases each of its two children with probability 1/2 before it lapses: a Galton-Watson process.
    depth = 9
    n = 2**depth - 1
    child = np.arange(1, n)
    ties = (np.zeros(n - 1, int), (child - 1) // 2, child, np.ones(n - 1))
    roster = Roster.make(n, post=1, ties=ties)
    values = {"base": -50.0, "contagion_kin": 50.0, "saturation": 1.0, "memory": 3.0}
    trigger = Policy("trigger", "departure", member=0)
    scenario = Scenario("tree", roster, Parameters().neutral().set(**values), (trigger,), years=100.0, n_edges=1)
    total = simulate(scenario, replicates=3000, rng=4).total()[:, -1].astype(float)
    # Siblings share the lapse of their parent: P(child follows) = 1/(1+3), independent in the mean.
    mean = sum((2 * 0.25) ** k for k in range(depth))
    assert abs(z_of(total, mean)) < 4
