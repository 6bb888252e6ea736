"""The scorer of ``ostraka.read.recogniser`` as torch fits it, a larger one that teaches it, and the table that the package ships."""

from __future__ import annotations

import json
import math
import random
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional

from ostraka.read.encoder import HEADS, unpacked
from ostraka.read.mentions import KINDS
from ostraka.read.pointing import FIELDS, STATUSES
from ostraka.read.recogniser import N_KNOWN
from ostraka.read.tying import N_GAPS, TIES

KIND, HIDDEN = 32, 256
SHIPPED = 6
"""Layers of the scorer, the lowest of the model from which it begins."""
N_KINDS, N_FIELDS = len(KINDS), len(FIELDS)
SPECIAL = ("[UNK]", "[CLS]", "[SEP]")
_ELSEWHERE = {"[CLS]": "<s>", "[SEP]": "</s>"}
"""What MPNet calls the signs for the beginning and the end."""
_SIGNS = "“”‘’–—…•€£°§·"
_BERT = {
    "ask": "attention.self.query",
    "offer": "attention.self.key",
    "gives": "attention.self.value",
    "give": "attention.output.dense",
    "norm": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "last_norm": "output.LayerNorm",
}
_MPNET = {
    **_BERT,
    "ask": "attention.attn.q",
    "offer": "attention.attn.k",
    "gives": "attention.attn.v",
    "give": "attention.attn.o",
    "norm": "attention.LayerNorm",
}
_LEANS = "encoder.relative_attention_bias.weight"
_FAR, _BUCKETS = 128, 32
DROPPED = 0.1
_MASKS = (torch.rand(40_000_000) > DROPPED).to(torch.bfloat16) / (1 - DROPPED)
"""Drawn once and used from a random place on: drawing anew would take a tenth of the time."""

Weights = dict[str, torch.Tensor]


def base_weights(folder: Path) -> Weights:
    """The weights of a BERT or an MPNet in the form of ``model.safetensors``."""
    data = (folder / "model.safetensors").read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    told = {k: v for k, v in json.loads(data[8 : 8 + length]).items() if k != "__metadata__" and v["dtype"] == "F32"}
    found = {}
    for name, row in told.items():
        start, stop = row["data_offsets"]
        raw = np.frombuffer(data[8 + length + start : 8 + length + stop], np.float32)
        found[name.removeprefix("bert.").removeprefix("mpnet.")] = torch.tensor(raw.reshape(row["shape"]))
    return found


def vocabulary(folder: Path) -> list[str]:
    """The word pieces of a model, in the order of their rows."""
    return (folder / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")


def kept(folder: Path) -> list[str]:
    """The pieces of the vocabulary that the scorer knows: no placeholders, no other scripts."""
    plain = [line for line in vocabulary(folder) if all(ord(letter) < 128 or letter in _SIGNS for letter in line)]
    return [line for line in plain if line in SPECIAL or line == "[" or not line.startswith("[")]


def dropped(rows: torch.Tensor, *, learns: bool) -> torch.Tensor:
    """The rows, a tenth of the numbers put to nought while learning."""
    if not learns:
        return rows
    start = random.randrange(len(_MASKS) - rows.numel())
    return rows * _MASKS[start : start + rows.numel()].view(rows.shape)


def gelu(rows: torch.Tensor) -> torch.Tensor:
    """As the package has it."""
    return functional.gelu(rows, approximate="tanh")


@dataclass(frozen=True)
class Size:
    """How large an encoder is; `leans` where a piece heeds another by how far off it stands."""

    width: int
    inner: int
    layers: int
    pieces: int
    places: int
    nearly_nothing: float = 1e-12
    leans: bool = False


class Layer(nn.Module):
    """Attention and a step forward."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        wide = size.width
        self.ask, self.offer, self.gives, self.give = (nn.Linear(wide, wide) for _ in range(4))
        self.up, self.down = nn.Linear(wide, size.inner), nn.Linear(size.inner, wide)
        self.norm, self.last_norm = (nn.LayerNorm(wide, size.nearly_nothing) for _ in range(2))

    def forward(self, rows: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The rows after the layer, shape (reports, pieces, width)."""
        parts = (line(rows).unflatten(2, (HEADS, -1)).transpose(1, 2) for line in (self.ask, self.offer, self.gives))
        asks, offers, gives = parts
        scores = (asks * asks.shape[-1] ** -0.5) @ offers.transpose(2, 3) + mask.to(asks.dtype)
        mixed = (torch.softmax(scores, -1).to(gives.dtype) @ gives).transpose(1, 2).flatten(2)
        rows = self.norm(rows + dropped(self.give(mixed), learns=self.training))
        return self.last_norm(rows + dropped(self.down(gelu(self.up(rows))), learns=self.training))


class Net(nn.Module):
    """Encoder, kinds that befell mentions, fields of events."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.size, wide = size, size.width
        self.words = nn.Embedding(size.pieces, wide)
        self.words.weight.requires_grad = False
        self.places = nn.Embedding(size.places, wide)
        self.norm = nn.LayerNorm(wide, size.nearly_nothing)
        self.layers = nn.ModuleList(Layer(size) for _ in range(size.layers))
        self.leans = nn.Embedding(_BUCKETS, HEADS) if size.leans else None
        self.heed = nn.Linear(wide, wide)
        self.first, self.last = nn.Linear(3 * wide + N_KNOWN, HIDDEN), nn.Linear(HIDDEN, N_KINDS)
        self.kinds, self.asks = nn.Embedding(N_KINDS, KIND), nn.Linear(2 * wide + KIND, HIDDEN)
        self.begin, self.end = (nn.Linear(HIDDEN, N_FIELDS * wide) for _ in range(2))
        self.stands = nn.Linear(HIDDEN, len(STATUSES))
        self.meet, self.gaps = nn.Linear(2 * wide, 4 * HIDDEN), nn.Embedding(N_GAPS, HIDDEN)
        self.ruled, self.bind = nn.Linear(2 * len(TIES), HIDDEN, bias=False), nn.Linear(HIDDEN, len(TIES))
        self.rest = nn.Dropout(0.2)
        nn.init.constant_(self.last.bias, -3.0)
        nn.init.constant_(self.bind.bias, -5.0)

    def encode(self, pieces: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
        """Features of pieces, shape (reports, pieces, width)."""
        rows = self.norm(self.words(pieces) + self.places(torch.arange(pieces.shape[1])))
        rows = dropped(rows, learns=self.training)
        mask = torch.zeros(real.shape).masked_fill(~real, -1e4)[:, None, None, :]
        if self.leans is not None:
            mask = mask + self.leans(_how_far(pieces.shape[1])).permute(2, 0, 1)[None]
        for layer in self.layers:
            rows = layer(rows, mask)
        return rows.float()

    def forward(self, batch: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        """Logits: of kinds by mention, of edges by event and field, of statuses by event, of ties by pair of mentions."""
        rows, wide = self.encode(batch["pieces"], batch["real"]), self.size.width
        own = torch.bmm(batch["own"], rows)
        heed = torch.bmm(self.heed(own).float(), rows.transpose(1, 2)) * wide**-0.5 + batch["said"]
        said = torch.bmm(torch.softmax(heed, -1), rows)
        report, at = batch["mentions"].T
        seen = torch.cat([own[report, at], said[report, at], rows[report, 0], batch["known"]], 1)
        found = {"kinds": self.last(self.rest(gelu(self.first(seen)))).float()}
        if len(batch["points"]):
            report, at, kind = batch["points"].T
            asked = torch.cat([own[report, at], said[report, at], self.kinds(kind)], 1)
            asked = self.rest(gelu(self.asks(asked)))
            outside = torch.zeros(batch["real"].shape).masked_fill(~batch["real"], -1e4)[report][:, None]
            for name, line in (("begin", self.begin), ("end", self.end)):
                edges = line(asked).unflatten(1, (N_FIELDS, wide)).float()
                found[name] = torch.einsum("nfh,nth->nft", edges, rows[report]) * wide**-0.5 + outside
            found["stands"] = self.stands(asked).float()
        if len(batch["pairs"]):
            report, one, other, gap = batch["pairs"].T
            ones, others, as_one, as_other = self.meet(self.rest(torch.cat([own, said], 2))).float().chunk(4, 2)
            inner = ones[report, one] + others[report, other] + as_one[report, one] * as_other[report, other]
            inner = inner + self.gaps(gap) + self.ruled(batch["marks"]).float()
            found["ties"] = self.bind(self.rest(gelu(inner))).float()
        return found


def _how_far(n: int) -> torch.Tensor:
    """By how far off a piece stands, as MPNet tells it (Song et al., 2020, arXiv:2004.09297): exact when near, then in logarithms."""
    off = torch.arange(n)[:, None] - torch.arange(n)[None, :]
    half, exact = _BUCKETS // 2, _BUCKETS // 4
    far = off.abs().float().clamp(min=1)
    steps = exact + (torch.log(far / exact) / math.log(_FAR / exact) * (half - exact)).long()
    near = torch.where(off.abs() < exact, off.abs(), steps.clamp(max=half - 1))
    return (off < 0).long() * half + near


def begun(folder: Path, pieces: Sequence[str], layers: int | None = None) -> Net:
    """A net that begins from a BERT or an MPNet, with the rows of the pieces given and the lowest layers."""
    base, rows = base_weights(folder), {piece: row for row, piece in enumerate(vocabulary(folder))}
    leans = _LEANS in base
    own = [rows[piece] if piece in rows else rows[_ELSEWHERE[piece]] for piece in pieces]
    words, places = base["embeddings.word_embeddings.weight"][own], base["embeddings.position_embeddings.weight"]
    places = places[2:] if leans else places + base["embeddings.token_type_embeddings.weight"][0]
    deep = layers or 1 + max(int(name.split(".")[2]) for name in base if name.startswith("encoder.layer."))
    inner = len(base["encoder.layer.0.intermediate.dense.bias"])
    net = Net(Size(words.shape[1], inner, deep, len(words), len(places), 1e-5 if leans else 1e-12, leans))
    told = {"words.weight": words, "places.weight": places}
    names = {"norm": "embeddings.LayerNorm"}
    for k in range(deep):
        parts = _MPNET if leans else _BERT
        names |= {f"layers.{k}.{own}": f"encoder.layer.{k}.{name}" for own, name in parts.items()}
    told |= {f"{own}.{part}": base[f"{name}.{part}"] for own, name in names.items() for part in ("weight", "bias")}
    if leans:
        told["leans.weight"] = base[_LEANS]
    net.load_state_dict(net.state_dict() | told)
    return net


Table = Mapping[str, npt.NDArray[np.generic]]
_LINES = {
    "heed": "heed",
    "ask": "asks",
    "begin": "begin",
    "end": "end",
    "stands": "stands",
    "meet": "meet",
    "bind": "bind",
    "first": "first",
    "last": "last",
}
_PARTS = ("ask", "offer", "gives")


def pieces_of(table: Table) -> list[str]:
    """The pieces that a table knows."""
    return str(table["pieces"]).split("\n")


def taken_up(table: Table, folder: Path, layers: int = 0) -> Net:
    """The net of a table, to be fitted further; layers that it has not, if more are wanted, as in the model of a folder."""
    deep = sum(name.startswith("draw_bias") for name in table)
    net = begun(folder, pieces_of(table), max(deep, layers))
    told: dict[str, npt.NDArray[np.generic]] = {
        "words.weight": table["words"] * table["scale"][:, None],
        "places.weight": table["places"],
        "kinds.weight": table["kinds"],
        "gaps.weight": table["gaps"],
        "ruled.weight": table["ruled"].T,
    }
    norms = {"norm": "norm"}
    lines = {own: (name, f"{name}_bias") for name, own in _LINES.items()}
    for k in range(deep):
        drawn, shifts = np.split(unpacked(table, f"draw{k}"), 3, axis=1), np.split(table[f"draw_bias{k}"], 3)
        for name, weights, shift in zip(_PARTS, drawn, shifts, strict=True):
            told |= {f"layers.{k}.{name}.weight": weights.T, f"layers.{k}.{name}.bias": shift}
        lines |= {f"layers.{k}.{name}": (f"{name}{k}", f"{name}_bias{k}") for name in ("give", "up", "down")}
        norms |= {f"layers.{k}.{name}": f"{name}{k}" for name in ("norm", "last_norm")}
    for own, (name, bias) in lines.items():
        told |= {f"{own}.weight": unpacked(table, name).T, f"{own}.bias": table[bias]}
    for own, name in norms.items():
        told |= {f"{own}.weight": table[name][0], f"{own}.bias": table[name][1]}
    known = {name: torch.tensor(np.array(rows, np.float32)) for name, rows in told.items()}
    net.load_state_dict(net.state_dict() | known)
    return net


def table_of(net: Net, pieces: Sequence[str]) -> dict[str, npt.NDArray[np.generic]]:
    """What the package ships: matrices in whole numbers of eight bits, the small ones in half precision."""
    own = {name: weights.detach().float().numpy() for name, weights in net.state_dict().items()}
    scale = np.abs(own["words.weight"]).max(1) / 127
    found = {
        "pieces": np.array("\n".join(pieces)),
        "words": np.round(own["words.weight"] / scale[:, None]).astype(np.int8),
        "scale": scale,
        "places": own["places.weight"],
        "norm": np.stack([own["norm.weight"], own["norm.bias"]]),
        "kinds": own["kinds.weight"].astype(np.float16),
        "gaps": own["gaps.weight"].astype(np.float16),
        "ruled": own["ruled.weight"].T.astype(np.float16),
    }
    for k in range(len(net.layers)):
        at = f"layers.{k}."
        draw = [at + name for name in _PARTS]
        found |= _packed(f"draw{k}", np.concatenate([own[f"{name}.weight"] for name in draw]).T)
        found[f"draw_bias{k}"] = np.concatenate([own[f"{name}.bias"] for name in draw])
        for name in ("give", "up", "down"):
            found |= _packed(f"{name}{k}", own[f"{at}{name}.weight"].T)
            found[f"{name}_bias{k}"] = own[f"{at}{name}.bias"]
        for name in ("norm", "last_norm"):
            found[f"{name}{k}"] = np.stack([own[f"{at}{name}.weight"], own[f"{at}{name}.bias"]])
    for name, line in _LINES.items():
        weights, found[f"{name}_bias"] = own[f"{line}.weight"].T, own[f"{line}.bias"]
        found |= (
            {name: weights.astype(np.float16)}
            if name in {"first", "last", "stands", "bind"}
            else _packed(name, weights)
        )
    return found


def _packed(name: str, weights: npt.NDArray[np.float32]) -> dict[str, npt.NDArray[np.generic]]:
    """A matrix in whole numbers, with a scale for each column."""
    scale = np.maximum(np.abs(weights).max(0), 1e-9) / 127
    return {name: np.round(weights / scale).astype(np.int8), f"{name}_scale": scale.astype(np.float32)}
