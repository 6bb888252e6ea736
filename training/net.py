"""The scorer of ``ostraka.read.recogniser`` as torch fits it, and the table that the package ships."""

from __future__ import annotations

import json
import random
import struct
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from ostraka.read.encoder import HEADS
from ostraka.read.mentions import KINDS
from ostraka.read.pointing import FIELDS
from ostraka.read.recogniser import N_KNOWN

WIDE, INNER, LAYERS, KIND, HIDDEN = 384, 1536, 6, 32, 256
SHIPPED = 4
"""Layers that are left for the last fit, the lowest: two thirds of the time of six."""
N_KINDS, N_FIELDS = len(KINDS), len(FIELDS)
SPECIAL = ("[UNK]", "[CLS]", "[SEP]")
_SIGNS = "“”‘’–—…•€£°§·"
_PARTS = {
    "ask": "attention.self.query",
    "offer": "attention.self.key",
    "gives": "attention.self.value",
    "give": "attention.output.dense",
    "norm": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "last_norm": "output.LayerNorm",
}
DROPPED = 0.1
_MASKS = (torch.rand(40_000_000) > DROPPED).to(torch.bfloat16) / (1 - DROPPED)
"""Drawn once and used from a random place on: drawing anew would take a tenth of the time."""


def base_weights(folder: Path) -> dict[str, torch.Tensor]:
    """The weights of a BERT in the form of ``model.safetensors``."""
    data = (folder / "model.safetensors").read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    told = {k: v for k, v in json.loads(data[8 : 8 + length]).items() if k != "__metadata__" and v["dtype"] == "F32"}
    found = {}
    for name, row in told.items():
        start, stop = row["data_offsets"]
        raw = np.frombuffer(data[8 + length + start : 8 + length + stop], np.float32)
        found[name.removeprefix("bert.")] = torch.tensor(raw.reshape(row["shape"]))
    return found


def kept(folder: Path) -> list[str]:
    """The pieces of the vocabulary that the scorer knows: no placeholders, no other scripts."""
    lines = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    plain = [line for line in lines if line and all(ord(letter) < 128 or letter in _SIGNS for letter in line)]
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


class Layer(nn.Module):
    """Attention and a step forward."""

    def __init__(self) -> None:
        super().__init__()
        self.ask, self.offer, self.gives, self.give = (nn.Linear(WIDE, WIDE) for _ in range(4))
        self.up, self.down = nn.Linear(WIDE, INNER), nn.Linear(INNER, WIDE)
        self.norm, self.last_norm = nn.LayerNorm(WIDE, 1e-12), nn.LayerNorm(WIDE, 1e-12)

    def forward(self, rows: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The rows after the layer, shape (reports, pieces, WIDE)."""
        parts = (line(rows).unflatten(2, (HEADS, -1)).transpose(1, 2) for line in (self.ask, self.offer, self.gives))
        asks, offers, gives = parts
        scores = (asks * (WIDE // HEADS) ** -0.5) @ offers.transpose(2, 3) + mask.to(asks.dtype)
        mixed = (torch.softmax(scores, -1).to(gives.dtype) @ gives).transpose(1, 2).flatten(2)
        rows = self.norm(rows + dropped(self.give(mixed), learns=self.training))
        return self.last_norm(rows + dropped(self.down(gelu(self.up(rows))), learns=self.training))


class Net(nn.Module):
    """Encoder, kinds that befell mentions, fields of events."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        base = base_weights(folder)
        lines = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
        self.pieces = kept(folder)
        rows = base["embeddings.word_embeddings.weight"][[lines.index(piece) for piece in self.pieces]]
        places = base["embeddings.position_embeddings.weight"] + base["embeddings.token_type_embeddings.weight"][0]
        self.words = nn.Embedding.from_pretrained(rows, freeze=True)
        self.places = nn.Embedding.from_pretrained(places, freeze=False)
        self.norm = nn.LayerNorm(WIDE, 1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        begins = {self.norm: "embeddings.LayerNorm"}
        for k, layer in enumerate(self.layers):
            begins.update({getattr(layer, name): f"encoder.layer.{k}.{part}" for name, part in _PARTS.items()})
        for part, name in begins.items():
            part.weight.data, part.bias.data = base[f"{name}.weight"].clone(), base[f"{name}.bias"].clone()
        self.heed = nn.Linear(WIDE, WIDE)
        self.first, self.last = nn.Linear(3 * WIDE + N_KNOWN, HIDDEN), nn.Linear(HIDDEN, N_KINDS)
        self.kinds, self.asks = nn.Embedding(N_KINDS, KIND), nn.Linear(2 * WIDE + KIND, HIDDEN)
        self.begin, self.end = (nn.Linear(HIDDEN, N_FIELDS * WIDE) for _ in range(2))
        self.rest = nn.Dropout(0.2)
        nn.init.constant_(self.last.bias, -3.0)

    def cut(self) -> None:
        """Leave the lowest layers only."""
        self.layers = self.layers[:SHIPPED]

    def encode(self, pieces: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
        """Features of pieces, shape (reports, pieces, WIDE)."""
        rows = self.norm(self.words(pieces) + self.places(torch.arange(pieces.shape[1])))
        rows = dropped(rows, learns=self.training)
        mask = torch.zeros(real.shape).masked_fill(~real, -1e4)[:, None, None, :]
        for layer in self.layers:
            rows = layer(rows, mask)
        return rows.float()

    def forward(self, batch: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        """Logits: of kinds by mention, of edges by event and field."""
        rows = self.encode(batch["pieces"], batch["real"])
        own = torch.bmm(batch["own"], rows)
        heed = torch.bmm(self.heed(own).float(), rows.transpose(1, 2)) * WIDE**-0.5 + batch["said"]
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
                edges = line(asked).unflatten(1, (N_FIELDS, WIDE)).float()
                found[name] = torch.einsum("nfh,nth->nft", edges, rows[report]) * WIDE**-0.5 + outside
        return found

    def table(self) -> dict[str, np.ndarray]:
        """What the package ships: matrices in whole numbers of eight bits, the small ones in half precision."""
        own = {name: weights.detach().float().numpy() for name, weights in self.state_dict().items()}
        scale = np.abs(own["words.weight"]).max(1) / 127
        found = {
            "pieces": np.array("\n".join(self.pieces)),
            "words": np.round(own["words.weight"] / scale[:, None]).astype(np.int8),
            "scale": scale,
            "places": own["places.weight"],
            "norm": np.stack([own["norm.weight"], own["norm.bias"]]),
            "kinds": own["kinds.weight"].astype(np.float16),
        }
        for k in range(len(self.layers)):
            at = f"layers.{k}."
            draw = [at + name for name in ("ask", "offer", "gives")]
            found |= _packed(f"draw{k}", np.concatenate([own[f"{name}.weight"] for name in draw]).T)
            found[f"draw_bias{k}"] = np.concatenate([own[f"{name}.bias"] for name in draw])
            for name in ("give", "up", "down"):
                found |= _packed(f"{name}{k}", own[f"{at}{name}.weight"].T)
                found[f"{name}_bias{k}"] = own[f"{at}{name}.bias"]
            for name in ("norm", "last_norm"):
                found[f"{name}{k}"] = np.stack([own[f"{at}{name}.weight"], own[f"{at}{name}.bias"]])
        for name, line in (("heed", "heed"), ("ask", "asks"), ("begin", "begin"), ("end", "end")):
            found |= _packed(name, own[f"{line}.weight"].T)
            found[f"{name}_bias"] = own[f"{line}.bias"]
        for name in ("first", "last"):
            found[name], found[f"{name}_bias"] = own[f"{name}.weight"].T.astype(np.float16), own[f"{name}.bias"]
        return found


def _packed(name: str, weights: np.ndarray) -> dict[str, np.ndarray]:
    """A matrix in whole numbers, with a scale for each column."""
    scale = np.maximum(np.abs(weights).max(0), 1e-9) / 127
    return {name: np.round(weights / scale).astype(np.int8), f"{name}_scale": scale.astype(np.float32)}
