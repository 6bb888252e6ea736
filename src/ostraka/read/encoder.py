"""A small transformer that reads word pieces in their company, in plain numpy.

The layers are those of BERT (Devlin et al., 2019, doi:10.18653/v1/N19-1423); the weights began as MiniLM (Wang et al., 2020,
arXiv:2002.10957) and were fitted to reports of our own by ``training/fit.py``. They are kept as whole numbers of eight bits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.int8]
HEADS = 12
NEARLY_NOTHING = np.float32(1e-12)


@dataclass(frozen=True, slots=True)
class Line:
    """A step of the scorer: numbers in, weighed and shifted, numbers out.

    Parameters
    ----------
    weights : array, shape (in, out)
    bias : array, shape (out,)
    """

    weights: Floats
    bias: Floats

    def __call__(self, rows: Floats) -> Floats:
        """The rows weighed, shape (..., out)."""
        weighed: Floats = rows @ self.weights + self.bias
        return weighed


@dataclass(frozen=True, slots=True)
class Layer:
    """Attention and a step forward; H numbers for each piece, I within the step.

    Parameters
    ----------
    draw : array, shape (H, 3 * H)
        What a piece asks, offers and gives.
    give : array, shape (H, H)
    up, down : arrays, shapes (H, I), (I, H)
    draw_bias, give_bias, up_bias, down_bias : arrays
    norm, last_norm : arrays, shape (2, H)
        Scale and shift after each half.
    """

    draw: Floats
    draw_bias: Floats
    give: Floats
    give_bias: Floats
    norm: Floats
    up: Floats
    up_bias: Floats
    down: Floats
    down_bias: Floats
    last_norm: Floats

    def __call__(self, rows: Floats, ends: Sequence[int]) -> Floats:
        """The rows after the layer; a piece sees those of its own run, which ends at one of `ends`."""
        drawn = rows @ self.draw + self.draw_bias
        mixed = np.empty_like(rows)
        start = 0
        for end in ends:
            mixed[start:end] = _attend(drawn[start:end])
            start = end
        rows = _normed(rows + mixed @ self.give + self.give_bias, self.norm)
        return _normed(rows + gelu(rows @ self.up + self.up_bias) @ self.down + self.down_bias, self.last_norm)


@dataclass(frozen=True, slots=True)
class Encoder:
    """What every piece of a text means in its company.

    Parameters
    ----------
    words : array of int8, shape (pieces, H)
    scale : array, shape (pieces,)
        Each row of `words` times its scale is the vector of a piece.
    places : array, shape (most pieces of a run, H)
    norm : array, shape (2, H)
    layers : sequence of Layer
    """

    words: Bytes
    scale: Floats
    places: Floats
    norm: Floats
    layers: Sequence[Layer]

    @property
    def longest(self) -> int:
        """Pieces that a run may have."""
        return len(self.places)

    def __call__(self, runs: Sequence[Sequence[int]]) -> Floats:
        """The features of all pieces, one run after the other, shape (sum of lengths, H).

        Parameters
        ----------
        runs : sequence of sequence of int
            Rows of pieces; a run does not see another.
        """
        ids = np.concatenate([np.asarray(run, np.int64) for run in runs])
        lengths = [len(run) for run in runs]
        places = np.concatenate([self.places[:n] for n in lengths])
        vectors: Floats = self.words[ids] * self.scale[ids, None] + places
        rows = _normed(vectors, self.norm)
        ends = np.cumsum(lengths).tolist()
        for layer in self.layers:
            rows = layer(rows, ends)
        return rows


def _attend(drawn: Floats) -> Floats:
    """What each piece of a run takes from the others, shape (T, H), from what they ask, offer and give, shape (T, 3 * H)."""
    n = len(drawn)
    asks, offers, gives = drawn.reshape(n, 3, HEADS, -1).transpose(1, 2, 0, 3)
    weights = asks @ offers.transpose(0, 2, 1)
    weights *= np.float32(asks.shape[-1] ** -0.5)
    weights -= weights.max(axis=-1, keepdims=True)
    np.exp(weights, out=weights)
    weights /= weights.sum(axis=-1, keepdims=True)
    taken: Floats = np.asarray(weights @ gives, np.float32).transpose(1, 0, 2).reshape(n, -1)
    return taken


def _normed(rows: Floats, norm: Floats) -> Floats:
    centred: Floats = rows - rows.mean(axis=1, keepdims=True)
    centred /= np.sqrt(np.square(centred).mean(axis=1, keepdims=True) + NEARLY_NOTHING)
    centred *= norm[0]
    centred += norm[1]
    return centred


def gelu(rows: Floats) -> Floats:
    """X Φ(x), by tanh (Hendrycks & Gimpel, 2016, arXiv:1606.08415)."""
    inner = rows * rows
    inner *= np.float32(0.044715)
    inner += np.float32(1.0)
    inner *= rows
    inner *= np.float32(0.7978845608)
    np.tanh(inner, out=inner)
    inner += np.float32(1.0)
    inner *= rows
    inner *= np.float32(0.5)
    return inner


def unpacked(table: Mapping[str, npt.NDArray[np.generic]], name: str) -> Floats:
    """A matrix kept as whole numbers with a scale for each column."""
    packed = table[name]
    if packed.dtype != np.int8:
        return packed.astype(np.float32)
    numbers: Floats = packed.astype(np.float32) * table[f"{name}_scale"].astype(np.float32)
    return numbers


def line_of(table: Mapping[str, npt.NDArray[np.generic]], name: str) -> Line:
    """The line kept in a table under a name."""
    return Line(unpacked(table, name), table[f"{name}_bias"].astype(np.float32))


def encoder_of(table: Mapping[str, npt.NDArray[np.generic]]) -> Encoder:
    """The encoder kept in a table: ``words``, ``scale``, ``places``, ``norm`` and the fields of each layer with its number."""
    fields = Layer.__dataclass_fields__
    count = sum(name.startswith("draw_bias") for name in table)
    layers = [Layer(**{name: unpacked(table, f"{name}{k}") for name in fields}) for k in range(count)]
    words = np.asarray(table["words"], np.int8)
    rest = {name: np.asarray(table[name], np.float32) for name in ("scale", "places", "norm")}
    return Encoder(words=words, layers=layers, **rest)
