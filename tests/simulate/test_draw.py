"""Counter-based chance: known answers, and laws of what is drawn."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from ostraka.simulate import draw


def words(*values: int) -> tuple[np.uint64, ...]:
    return tuple(np.uint64(value) for value in values)


@pytest.mark.parametrize(
    ("counter", "key", "answer"),
    [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_i6_random123_known_answers(
    counter: tuple[int, int, int, int], key: tuple[int, int], answer: tuple[int, int, int, int]
) -> None:
    assert tuple(int(word) for word in draw.philox(*words(*counter), *words(*key))) == answer
    plain = getattr(draw.philox, "py_func", draw.philox)
    assert tuple(int(word) for word in plain(*words(*counter), *words(*key))) == answer


def test_every_part_of_the_address_matters() -> None:
    base = (3, 5, 7, 2, 1)
    drawn = {draw.uniform(*base)}
    for place in range(5):
        other = list(base)
        other[place] += 1
        drawn.add(draw.uniform(*other))
    drawn.add(draw.uniform(3 + 2**40, 5, 7, 2, 1))
    assert len(drawn) == 7
    assert all(0 < u < 1 for u in drawn)


def test_draws_follow_their_laws() -> None:
    n = 4000
    assert stats.kstest([draw.uniform(1, 0, i, 0, 0) for i in range(n)], "uniform").pvalue > 1e-3
    assert stats.kstest([draw.exponential(1, 0, 0, 0, i) for i in range(n)], "expon").pvalue > 1e-3
    assert stats.kstest([draw.normal(1, i, 0, 0, 0) for i in range(n)], "norm").pvalue > 1e-3
    counts = np.bincount([draw.poisson(1, 0, i, 0, 0, 1.3) for i in range(n)], minlength=8)
    expected = n * stats.poisson(1.3).pmf(np.arange(counts.size))
    expected[-1] += n - expected.sum()
    keep = expected > 3
    assert stats.chisquare(counts[keep], expected[keep] * counts[keep].sum() / expected[keep].sum()).pvalue > 1e-3


def test_neighbouring_addresses_are_not_correlated() -> None:
    grid = np.array([[draw.uniform(1, r, i, 0, 0) for i in range(60)] for r in range(60)])
    for shifted in (grid[1:], grid[:, 1:]):
        same = grid[: shifted.shape[0], : shifted.shape[1]]
        assert abs(np.corrcoef(same.ravel(), shifted.ravel())[0, 1]) < 4 / np.sqrt(shifted.size)


def test_no_poisson_number_falls_when_its_mean_rises() -> None:
    means = np.linspace(0, 6, 40)
    for i in range(30):
        drawn = [draw.poisson(9, 0, i, 0, 0, mean) for mean in means]
        assert drawn == sorted(drawn)
