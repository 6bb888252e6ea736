"""Train the learned scorer of the reader.

Run ``pip install torch`` and then, at the root of the repository::

    python training/fit.py --vectors vectors.npz

`vectors.npz` comes from ``training/vectors.py``. Prints how well reports are told that the scorer did not see, and writes
``src/ostraka/read/tables/recogniser.npz``.
"""

from __future__ import annotations

import argparse
import itertools
import pickle
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import corpus
import numpy as np
import torch
from corpus import HERE, Example, Read
from torch import nn

from ostraka.read.mentions import KINDS, N_TYPES, N_VIEWS
from ostraka.read.recogniser import MAX_ALL, MAX_BEFORE, N_KNOWN

TABLE = HERE.parent / "src" / "ostraka" / "read" / "tables" / "recogniser.npz"
N_KINDS = len(KINDS)
FEATURES, TYPE_SIZE, SECOND = 128, 8, 96
AT_ONCE, RATE, DECAY = 32, 3e-3, 1e-2
GOLD, SURE = 2, 8
"""How often a labelled report and a sentence of the tests is shown for each time a press report is."""
APART = 10
"""One in so many press reports is never learned from; figures are told of these."""


class Net(nn.Module):
    """The scorer of ``ostraka.read.recogniser`` with dropout, as torch wants it."""

    def __init__(self, vectors: np.ndarray) -> None:
        super().__init__()
        size = vectors.shape[1]
        self.vectors = nn.Embedding.from_pretrained(torch.tensor(vectors), freeze=True)
        self.types = nn.Embedding(N_TYPES, TYPE_SIZE)
        self.near = nn.Conv1d(size + TYPE_SIZE + N_KINDS, FEATURES, 5, padding=2)
        self.wide = nn.Conv1d(FEATURES, FEATURES, 3, padding=1)
        self.wider = nn.Conv1d(FEATURES, FEATURES, 3, padding=2, dilation=2)
        self.gates = nn.Parameter(torch.ones(N_VIEWS, FEATURES))
        self.kinds = nn.Linear(FEATURES, N_KINDS, bias=False)
        self.heed = nn.Linear(FEATURES, N_KINDS, bias=False)
        self.seen = nn.Parameter(torch.zeros(N_VIEWS, N_KINDS))
        self.known = nn.Linear(N_KNOWN, N_KINDS)
        nn.init.constant_(self.known.bias, -4.0)
        self.first = nn.Linear(2 * FEATURES + 2 * size + N_KNOWN, SECOND)
        self.last = nn.Linear(SECOND, N_KINDS)
        self.drop = nn.Dropout(0.3)

    def forward(self, rows, types, told, before, drift, sentences, view, known):  # noqa: PLR0917
        """Logits of each mention and kind."""
        if self.training:
            told = told * (torch.rand(*told.shape[:2], 1) > 0.3).float()
            known = known * (torch.rand(len(known), 1) > 0.3).float()
        mask = types >= 0
        own = torch.cat([self.vectors(rows), self.types(types.clamp(min=0)), told], -1) * mask.unsqueeze(-1)
        real = mask.unsqueeze(1)
        layer = torch.relu(self.near(self.drop(own.transpose(1, 2)))) * real
        layer = layer + torch.relu(self.wide(self.drop(layer))) * real
        layer = layer + torch.relu(self.wider(self.drop(layer))) * real
        features = self.drop(layer.transpose(1, 2))[sentences]
        outside = ~mask[sentences]
        shown = features * self.gates[view]
        scores = (self.kinds(shown) + self.seen[view]).masked_fill(outside.unsqueeze(-1), -30.0)
        heed = torch.softmax((self.heed(shown) + self.seen[view]).amax(-1).masked_fill(outside, -30.0), 1)
        drawn = (heed.unsqueeze(-1) * shown).sum(1)
        mine = (view == 1) & ~outside
        mine = (features * mine.unsqueeze(-1)).sum(1) / (mine.sum(1, keepdim=True) + 0.01)
        both = torch.cat([self._mean(before), self._mean(drift)], 1)[sentences]
        second = torch.relu(self.first(self.drop(torch.cat([drawn, mine, both, known], 1))))
        return torch.logsumexp(scores, 1) + self.known(self.drop(known)) + self.last(self.drop(second))

    def _mean(self, rows: torch.Tensor) -> torch.Tensor:
        return self.vectors(rows).sum(1) / ((rows > 0).sum(1, keepdim=True) + 1)


class Rows:
    """Examples with words as numbers."""

    def __init__(self, reads: Sequence[Read], words: dict[str, int]) -> None:
        self._words = words
        self.examples = [(row, *self._numbers(row)) for read in reads for row in read.examples]

    def _numbers(self, row: Example) -> tuple[list[int], list[int], list[int]]:
        def number(low: str) -> int:
            low = low.replace("’", "'")
            return self._words.get(low) or self._words.get(low.rpartition("-")[2], 0)

        own, before, drift = ([number(low) for low in words] for words in (row.low, row.before, row.drift))
        return own, [k for k in before if k][:MAX_BEFORE], [k for k in drift if k][:MAX_ALL]

    def batches(self, size: int, rng: random.Random | None) -> Iterator[tuple]:
        """Sentences of like length together, the batches in random order; or all in their order."""
        order = self.examples
        if rng is not None:
            order = sorted(order, key=lambda row: len(row[1]) + 10 * rng.random())
        groups = [order[k : k + size] for k in range(0, len(order), size)]
        if rng is not None:
            rng.shuffle(groups)
        return map(_tensors, groups)


def _tensors(group: Sequence[tuple]) -> tuple:
    longest = max(len(own) for _, own, _, _ in group)
    rows, types = np.zeros((len(group), longest), np.int64), np.full((len(group), longest), -1)
    told = np.zeros((len(group), longest, N_KINDS), np.float32)
    before, drift = (_padded([row[k] for row in group]) for k in (2, 3))
    for k, (example, own, _, _) in enumerate(group):
        rows[k, : len(own)], types[k, : len(own)] = own, example.types
        for word, kind in example.told:
            told[k, word, kind] = 1.0
    mentions = [(k, mention) for k, row in enumerate(group) for mention in row[0].mentions]
    view = np.zeros((len(mentions), longest), np.int64)
    for row, (_, mention) in zip(view, mentions, strict=True):
        row[: len(mention.view)] = mention.view
    known = np.array([mention.known for _, mention in mentions], np.float32)
    wanted = np.array([[k in mention.kinds for k in range(N_KINDS)] for _, mention in mentions], np.float32)
    weight = np.array([[float(mention.counts)] for _, mention in mentions], np.float32)
    inputs = (rows, types, told, before, drift, np.array([k for k, _ in mentions]), view, known)
    return tuple(map(torch.as_tensor, inputs)), torch.tensor(wanted), torch.tensor(weight)


def _padded(rows: Sequence[Sequence[int]]) -> np.ndarray:
    padded = np.zeros((len(rows), max(1, *map(len, rows), 1)), np.int64)
    for line, row in zip(padded, rows, strict=True):
        line[: len(row)] = row
    return padded


def train(data: Rows, vectors: np.ndarray, *, epochs: int, seed: int) -> Net:
    """A scorer fitted to examples."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    net = Net(vectors)
    free = [weights for weights in net.parameters() if weights.requires_grad]
    steps = epochs * -(-len(data.examples) // AT_ONCE)
    optimiser = torch.optim.AdamW(free, lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps + 1)
    net.train()
    for _ in range(epochs):
        for inputs, wanted, weight in data.batches(AT_ONCE, rng):
            losses = nn.functional.binary_cross_entropy_with_logits(net(*inputs), wanted, reduction="none")
            loss = (losses * weight).sum(1).mean()
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(free, 2.0)
            optimiser.step()
            schedule.step()
    return net.eval()


def shares(data: Rows, net: Net) -> np.ndarray:
    """How likely each kind befell each mention, in their order."""
    with torch.no_grad():
        return np.concatenate([torch.sigmoid(net(*inputs)).numpy() for inputs, _, _ in data.batches(128, None)])


def told(name: str, reads: Sequence[Read], own: np.ndarray) -> None:
    """Print precision, recall and F1 of the rules and of the scorer at several limits."""
    likely: list[dict[tuple[str, int], float]] = []
    at = 0
    for read in reads:
        best: dict[tuple[str, int], float] = {}
        for mention in (mention for example in read.examples for mention in example.mentions):
            for kind, share in enumerate(own[at]):
                best[mention.label, kind] = max(best.get((mention.label, kind), 0.0), float(share))
            at += 1
        likely.append(best)
    print(f"{name}: {len(reads)} reports, rules {_f1(reads, [read.rules for read in reads])}")
    limits = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
    print(
        "  ",
        *(f"{x}: {_f1(reads, [{k for k, v in best.items() if v >= x} for best in likely])}" for x in limits),
        flush=True,
    )


def _f1(reads: Sequence[Read], found: Sequence[set[tuple[str, int]]]) -> str:
    right = false = wanted = 0
    for read, own in zip(reads, found, strict=True):
        used = set()
        for kind, hits in read.events:
            hit = {(label, k) for label, k in own if k == kind and label in hits}
            right, used = right + bool(hit), used | hit
        wanted += len(read.events) + read.lost
        false += len(own - used)
    p, r = right / max(right + false, 1), right / max(wanted, 1)
    return f"{p:.3f}/{r:.3f}/{2 * p * r / max(p + r, 1e-9):.3f}"


def write(net: Net, words: Sequence[str], table: dict[str, np.ndarray], path: Path) -> None:
    """The table that the package ships."""
    half = {name: weights.detach().numpy().astype(np.float16) for name, weights in net.named_parameters()}
    layers = {
        name: half[f"{name}.weight"].transpose(2, 1, 0).reshape(-1, FEATURES) for name in ("near", "wide", "wider")
    }
    lines = {name: half[f"{name}.weight"].T for name in ("kinds", "heed", "known", "first", "last")}
    biases = {f"{name}_bias": half[f"{name}.bias"] for name in ("near", "wide", "wider", "first", "last")}
    rest = {"types": half["types.weight"], "gates": half["gates"], "seen": half["seen"], "bias": half["known.bias"]}
    np.savez_compressed(
        path,
        words="\n".join(words),
        vectors=table["vectors"],
        scale=table["scale"],
        **layers,
        **lines,
        **biases,
        **rest,
    )


def read_all(cache: Path | None) -> tuple[list[Read], list[Read], list[Read]]:
    """Press reports, labelled ones and sentences of the tests, laid out."""
    if cache is not None and cache.exists():
        return pickle.loads(cache.read_bytes())
    count = itertools.count()
    press = [
        read for path in sorted((HERE / "press").glob("*.txt")) for read in corpus.press(path, lambda: next(count))
    ]
    gold = list(corpus.labelled(HERE.parent / "gold", lambda: next(count)))
    sure = list(corpus.sure(HERE.parent / "tests" / "read", lambda: next(count)))
    if cache is not None:
        cache.write_bytes(pickle.dumps((press, gold, sure)))
    return press, gold, sure


def is_sealed(name: str) -> bool:
    """Whether a labelled report is kept for the last look."""
    return 401 <= int(name) <= 482 or 701 <= int(name) <= 730


def main() -> None:
    """Train, say how well, write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--vectors", type=Path, required=True)
    options.add_argument("--cache", type=Path)
    options.add_argument("--epochs", type=int, default=10)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--out", type=Path, default=TABLE)
    given = options.parse_args()
    table = np.load(given.vectors)
    words = [str(word) for word in table["words"]]
    number = {word: k for k, word in enumerate(words, 1)}
    vectors = np.vstack([np.zeros((1, table["vectors"].shape[1])), table["vectors"] * table["scale"]]).astype(
        np.float32
    )
    press, gold, sure = read_all(given.cache)
    sealed = [read for read in gold if is_sealed(read.id)]
    gold = [read for read in gold if not is_sealed(read.id)]
    apart = press[::APART]
    press = [read for k, read in enumerate(press) if k % APART]
    print(len(press), "press reports,", len(gold), "labelled ones", flush=True)
    first = train(Rows([*press, *sure], number), vectors, epochs=given.epochs, seed=given.seed)
    own = shares(Rows(gold, number), first)
    told("labelled, before they are learned from", gold, own)
    at = 0
    for read in gold:
        n = sum(len(example.mentions) for example in read.examples)
        corpus.likeliest(read, own[at : at + n])
        at += n
    net = train(Rows([*press, *GOLD * gold, *SURE * sure], number), vectors, epochs=given.epochs, seed=given.seed)
    for name, reads in (("press, left out", apart), ("sealed", sealed)):
        told(name, reads, shares(Rows(reads, number), net))
    write(net, words, {key: table[key] for key in ("vectors", "scale")}, given.out)


if __name__ == "__main__":
    main()
