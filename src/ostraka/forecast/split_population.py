"""Split-population durations: some units never face the event; covariates may change from period to period."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ostraka.chance import RNG, root_seed, stream
from ostraka.errors import FitError, InputError
from ostraka.forecast.split_likelihood import Sample, value_and_gradient
from ostraka.forecast.split_result import Family, Mode, SplitPopulation, with_ones
from ostraka.provenance import Provenance

Array = npt.NDArray[np.float64]

_SAME_MODE, _SAME_PLACE = 1e-3, 0.05
"""Peaks closer than this in log-likelihood and in standardised coefficients are one mode."""
_FLAT = 1e-3
"""Largest slope of the log-likelihood, on standardised covariates, at what counts as a mode."""
_FAR = 20.0
"""A standardised coefficient beyond this has run off to the edge: the cured part is all or nothing."""


def fit_split_population(
    duration: npt.ArrayLike,
    event: npt.ArrayLike,
    *,
    timing: npt.ArrayLike,
    risk: npt.ArrayLike,
    entry: npt.ArrayLike | None = None,
    timing_names: Sequence[str] | None = None,
    risk_names: Sequence[str] | None = None,
    family: Family = "weibull",
    n_starts: int = 40,
    rng: RNG = None,
) -> SplitPopulation:
    r"""Fit durations of a population of which a part never faces the event.

    Parameters
    ----------
    duration : array_like of shape (n_rows,)
        Periods survived at the end of each row, 1 or more (:func:`ostraka.forecast.spells.spells_of` counts them).
    event : array_like of shape (n_rows,)
        1 where the event ends the spell in this row.
    timing, risk : array_like of shape (n_rows, n_covariates)
        Covariates of when it happens and of whether it can, without intercepts; may change from row to row.
    entry : array_like of shape (n_rows,), optional
        Periods survived at the start of each row (delayed entry); by default ``duration - 1``.
    timing_names, risk_names : sequence of str, optional
        Names of the covariates.
    family : {"weibull", "loglogistic"}
        Distribution of durations of those at risk.
    n_starts : int
        Starting points: the plain duration fit with an even split, as published software uses alone, and random ones.
    rng : int, SeedSequence, Generator or None
        Chance of the starting points.

    Returns
    -------
    SplitPopulation
        The highest mode, and every other mode found.

    Raises
    ------
    InputError
        If shapes differ, values are missing, a duration is not above its entry, or a covariate is constant.
    FitError
        If no event happened, or no starting point led to a maximum.

    Notes
    -----
    With :math:`\pi=\mathrm{logit}^{-1}(z'\gamma)` at risk and survival :math:`S(t)` of those at risk with rate
    :math:`e^{-x'\beta}` and shape :math:`e^{-p}`, a row from :math:`t_0` to :math:`t` contributes
    :math:`\log\{1-\pi+\pi S(t)\}-\log\{1-\pi+\pi S(t_0)\}`, or with an event
    :math:`\log\{\pi f(t)\}-\log\{1-\pi+\pi S(t_0)\}`. The likelihood has several maxima; a published fit can sit at a
    lower one, so all that are found are returned.

    References
    ----------
    Schmidt, P. and Witte, A. D. (1989). Predicting criminal recidivism using split population survival time models.
    Journal of Econometrics 40(1): 141-159.

    Beger, A., Hill, D. W., Metternich, N. W., Minhas, S. and Ward, M. D. (2017). Splitting it up: the spduration
    split-population duration regression package. The R Journal 9(2): 474-486.

    Examples
    --------
    >>> random = np.random.default_rng(1)
    >>> x = random.normal(size=(400, 1))
    >>> fit = fit_split_population(random.integers(1, 9, 400), random.integers(0, 2, 400), timing=x, risk=x,
    ...                            entry=np.zeros(400), n_starts=3, rng=1)
    >>> fit.names[-1], len(fit.coef)
    ('-log shape', 5)
    """
    sample = _sample(duration, event, entry, timing=timing, risk=risk)
    names = _names(sample, timing_names, risk_names)
    if n_starts < 1:
        raise InputError(f"expected at least one starting point, got {n_starts}")
    root = root_seed(rng)
    scaled, back = _standardise(sample)
    found = [_climb(scaled, start, family) for start in _starts(scaled, family, n_starts, root=root)]
    peaks = [peak for peak in found if peak is not None]
    if not peaks:
        raise FitError(f"none of {n_starts} starting points led to a maximum; drop covariates or give more starts")
    modes = _distinct(peaks, scaled, back=back, family=family)
    provenance = Provenance("forecast.fit_split_population", {"family": family, "n_starts": n_starts}, seed=root)
    n_events = int(sample.event.sum())
    return SplitPopulation(
        names, modes, family, sample.timing.shape[1], len(sample.event), n_events, n_starts, provenance
    )


def _sample(
    duration: npt.ArrayLike,
    event: npt.ArrayLike,
    entry: npt.ArrayLike | None,
    *,
    timing: npt.ArrayLike,
    risk: npt.ArrayLike,
) -> Sample:
    """The rows, checked."""
    t, y = np.asarray(duration, dtype=float), np.asarray(event, dtype=float)
    before = t - 1 if entry is None else np.asarray(entry, dtype=float)
    if t.ndim != 1 or t.shape != y.shape or t.shape != before.shape:
        raise InputError(
            f"expected one duration, entry and event per row, got shapes {t.shape}, {before.shape}, {y.shape}"
        )
    for name, values in (("duration", t), ("entry", before), ("event", y)):
        if not np.isfinite(values).all():
            raise InputError(f"row {int(np.flatnonzero(~np.isfinite(values))[0])}: {name} is missing; drop the row")
    if not (t > before).all() or (before < 0).any():
        row = int(np.flatnonzero((t <= before) | (before < 0))[0])
        raise InputError(f"row {row}: the spell ends at {t[row]} before it enters at {before[row]}")
    if not np.isin(y, (0.0, 1.0)).all():
        raise InputError(f"row {int(np.flatnonzero(~np.isin(y, (0, 1)))[0])}: the event is neither 0 nor 1")
    if not y.any():
        raise FitError(f"no event in {len(y)} rows: nothing can be learned about durations")
    return Sample(_design(timing, len(t), "timing"), _design(risk, len(t), "risk"), t, before, y)


def _names(sample: Sample, *given: Sequence[str] | None) -> tuple[str, ...]:
    """Names of all coefficients; unnamed covariates are numbered."""
    labels = []
    for design, names, what in zip((sample.timing, sample.risk), given, ("timing", "risk"), strict=True):
        own = [f"x{ix}" for ix in range(1, design.shape[1])] if names is None else list(names)
        if len(own) != design.shape[1] - 1:
            raise InputError(f"expected {design.shape[1] - 1} {what} names, got {len(own)}")
        labels += [f"{what}: {name}" for name in ("intercept", *own)]
    return (*labels, "-log shape")


def _design(values: npt.ArrayLike, n_rows: int, what: str) -> Array:
    try:
        design = with_ones(values, n_rows)
    except ValueError as error:
        raise InputError(f"{what} covariates do not fit {n_rows} rows: {error}") from error
    if not np.isfinite(design).all():
        row, column = np.argwhere(~np.isfinite(design))[0]
        raise InputError(f"row {row}: {what} covariate {column} is missing; fill it or drop the row")
    constant = np.flatnonzero(np.ptp(design[:, 1:], axis=0) == 0)
    if constant.size:
        raise InputError(
            f"{what} covariate {int(constant[0]) + 1} is constant; drop it (the intercept is there already)"
        )
    return design


def _standardise(sample: Sample) -> tuple[Sample, Array]:
    """Covariates with mean 0 and spread 1, and the matrix that takes coefficients back."""
    blocks, designs = [], []
    for design in (sample.timing, sample.risk):
        centre, spread = design[:, 1:].mean(axis=0), design[:, 1:].std(axis=0)
        designs.append(np.column_stack([design[:, 0], (design[:, 1:] - centre) / spread]))
        block = np.diag(np.r_[1.0, 1 / spread])
        block[0, 1:] = -centre / spread
        blocks.append(block)
    size = sum(len(block) for block in blocks) + 1
    back = np.eye(size)
    first = len(blocks[0])
    back[:first, :first], back[first:-1, first:-1] = blocks
    return Sample(designs[0], designs[1], sample.duration, sample.entry, sample.event), back


def _starts(sample: Sample, family: Family, n_starts: int, *, root: int) -> list[Array]:
    """The plain duration fit with an even split, then points spread over signs, shares and shapes."""
    from scipy.optimize import minimize  # noqa: PLC0415 - heavy, and only wanted here

    n_timing, n_risk = sample.timing.shape[1], sample.risk.shape[1]

    def everyone_at_risk(theta: Array) -> tuple[float, Array]:
        full = np.r_[theta[:-1], 30.0, np.zeros(n_risk - 1), theta[-1]]
        value, gradient = value_and_gradient(full, sample, family)
        return -value, -np.r_[gradient[:n_timing], gradient[-1]]

    plain = minimize(everyone_at_risk, np.zeros(n_timing + 1), jac=True, method="BFGS").x
    starts = [np.r_[plain[:-1], np.zeros(n_risk), plain[-1]]]
    random = stream(root, "forecast.split_starts")
    for _ in range(n_starts - 1):
        beta = np.r_[plain[0] + random.normal(0, 1.5), random.normal(0, 1.5, n_timing - 1)]
        gamma = np.r_[random.normal(0, 2.5), random.normal(0, 1.5, n_risk - 1)]
        starts.append(np.r_[beta, gamma, random.normal(0, 0.5)])
    return starts


def _climb(sample: Sample, start: Array, family: Family) -> tuple[Array, float] | None:
    """The maximum uphill of a point, or None where the slope never vanished."""
    from scipy.optimize import minimize  # noqa: PLC0415 - heavy, and only wanted here

    def loss(theta: Array) -> tuple[float, Array]:
        value, gradient = value_and_gradient(theta, sample, family)
        return -value / len(sample.event), -gradient / len(sample.event)

    with np.errstate(all="ignore"):
        found = minimize(loss, start, jac=True, method="BFGS", options={"gtol": 1e-8, "maxiter": 500})
        value, gradient = value_and_gradient(found.x, sample, family)
    if not np.isfinite(value) or np.abs(gradient).max() > _FLAT * max(1.0, float(sample.event.sum()) ** 0.5):
        return None
    return found.x, value


def _distinct(peaks: list[tuple[Array, float]], sample: Sample, *, back: Array, family: Family) -> tuple[Mode, ...]:
    """Peaks of the same height and place, and all that ran off to the edge, as one mode each, highest first."""
    groups: list[list[tuple[Array, float]]] = []
    for peak in sorted(peaks, key=lambda pair: -pair[1]):
        for group in groups:
            both_at_edge = _at_edge(group[0][0]) and _at_edge(peak[0])
            same = abs(group[0][1] - peak[1]) < _SAME_MODE and np.abs(group[0][0] - peak[0]).max() < _SAME_PLACE
            if same or both_at_edge:
                group.append(peak)
                break
        else:
            groups.append([peak])
    modes = [_mode(group, sample, back=back, family=family) for group in groups]
    return tuple(mode for mode in modes if mode is not None)


def _at_edge(theta: Array) -> bool:
    return bool(np.abs(theta).max() > _FAR)


def _mode(group: list[tuple[Array, float]], sample: Sample, *, back: Array, family: Family) -> Mode | None:
    """A mode on the scale of the data; None for a saddle."""
    theta, value = group[0]
    information = -_hessian(theta, sample, family)
    heights = np.linalg.eigvalsh(information)
    edge = _at_edge(theta) or bool(heights.min() < 1e-6 * heights.max())
    if heights.min() < -1e-3 * heights.max():
        return None
    variance = np.full(len(theta), np.nan)
    if not edge:
        variance = np.diag(back @ np.linalg.inv(information) @ back.T)
    return Mode(back @ theta, np.sqrt(variance), float(value), len(group), edge)


def _hessian(theta: Array, sample: Sample, family: Family) -> Array:
    """Central differences of the exact gradient."""
    step = 1e-5
    columns = []
    for ix in range(len(theta)):
        shift = np.zeros(len(theta))
        shift[ix] = step
        up, down = (value_and_gradient(theta + sign * shift, sample, family)[1] for sign in (1, -1))
        columns.append((up - down) / (2 * step))
    matrix = np.array(columns)
    return np.asarray((matrix + matrix.T) / 2)
