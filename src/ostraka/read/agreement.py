"""How far two coders agree beyond chance: Krippendorff's alpha."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from itertools import permutations
from typing import Any, Literal

Metric = Literal["nominal", "interval"]

_DISTANCES: dict[str, Callable[[Any, Any], float]] = {
    "nominal": lambda a, b: float(a != b),
    "interval": lambda a, b: float((a - b) ** 2),
}


def krippendorff_alpha(units: Sequence[Sequence[Hashable | None]], *, metric: Metric = "nominal") -> float | None:
    r"""Agreement of two or more coders on a set of units, corrected for chance.

    Parameters
    ----------
    units : sequence of sequence
        For each unit what each coder said; None where a coder said nothing. Units with fewer than two values
        are left out.
    metric : {"nominal", "interval"}
        Whether two different values are just different, or as far apart as the square of their difference.

    Returns
    -------
    float or None
        1 for perfect agreement, 0 for what chance would give, negative for less; None if there are no two
        values to compare, or no variation, so that chance agreement is undefined.

    Notes
    -----
    .. math:: \alpha = 1 - \frac{D_o}{D_e}

    with :math:`D_o` the mean distance of pairs within a unit, each unit of :math:`m` values weighing
    :math:`1/(m-1)`, and :math:`D_e` the mean distance of all pairs of values.

    References
    ----------
    Krippendorff, K. (2004). *Content Analysis: An Introduction to Its Methodology*, 2nd ed., chapter 11.

    Examples
    --------
    >>> krippendorff_alpha([("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")])
    0.5333333333333333
    """
    distance = _DISTANCES[metric]
    paired = [[value for value in unit if value is not None] for unit in units]
    paired = [values for values in paired if len(values) > 1]
    n = sum(map(len, paired))
    if not n:
        return None
    observed = sum(sum(distance(a, b) for a, b in permutations(values, 2)) / (len(values) - 1) for values in paired)
    totals = Counter(value for values in paired for value in values)
    expected: float
    if metric == "nominal":  # many values, such as names: without a look at each two of them
        expected = n * n - sum(count * count for count in totals.values())
    else:
        expected = sum(count * other * distance(a, b) for a, count in totals.items() for b, other in totals.items())
    return 1 - (n - 1) * observed / expected if expected else None
