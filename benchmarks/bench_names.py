"""How fast names are compared, and how fast a new name meets a register of 10⁴, 10⁵ and 10⁶ names.

Usage: ``python benchmarks/bench_names.py [LARGEST]``. Names are invented: Korean in several spellings, Arabic,
Russian and Chinese. Recall is the share of asked names whose own entry, filed in another spelling, is found.
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
import time
from collections.abc import Iterator

from ostraka.read.names import compare_names
from ostraka.read.names_index import NameIndex

KOREAN_FAMILIES = [
    ("Kim", "김"),
    ("Ri", "리"),
    ("Pak", "박"),
    ("Choe", "최"),
    ("Jong", "정"),
    ("Kang", "강"),
    ("Jo", "조"),
    ("Han", "한"),
    ("O", "오"),
    ("Thae", "태"),
]
KOREAN_GIVEN = [
    ("Yong", "영"), ("Chol", "철"), ("Song", "성"), ("Il", "일"), ("Nam", "남"), ("Su", "수"), ("Myong", "명"), ("Hyok", "혁"),
    ("Kil", "길"), ("Pong", "봉"), ("Kwang", "광"), ("Hun", "훈"), ("Sik", "식"), ("Hui", "희"), ("Ok", "옥"), ("Kyong", "경"),
    ("Mi", "미"), ("Hae", "해"), ("Tok", "덕"), ("Won", "원"), ("Jun", "준"), ("Thaek", "택"), ("Ho", "호"), ("Ryong", "룡"),
    ("Un", "은"), ("Sok", "석"), ("Ju", "주"), ("Hyon", "현"), ("Tong", "동"), ("Phyong", "평"), ("Kun", "근"), ("Rim", "림"),
]  # fmt: skip
ARABIC = [
    ("Mohammed", "محمد"), ("Ahmad", "أحمد"), ("Hassan", "حسن"), ("Hussein", "حسين"), ("Mustafa", "مصطفى"), ("Walid", "وليد"),
    ("Khaled", "خالد"), ("Nabil", "نبيل"), ("Riyad", "رياض"), ("Faruq", "فاروق"), ("Salim", "سليم"), ("Manaf", "مناف"),
    ("Jamil", "جميل"), ("Bashar", "بشار"), ("Omar", "عمر"), ("Tariq", "طارق"),
]  # fmt: skip
ARABIC_FAMILIES = [("Tlass", "طلاس"), ("Shihabi", "الشهابي"), ("Kanaan", "كنعان"), ("Makdissi", "مقدسي"), ("Hijab", "حجاب"), ("Barabandi", "بربندي"), ("Samarrai", "السامرائي"), ("Dabbagh", "الدباغ"), ("Turayki", "التريكي"), ("Jalloud", "جلود")]  # fmt: skip
ROOTS = [
    "Bel",
    "Gor",
    "Pen",
    "Mit",
    "Kal",
    "Lev",
    "Shev",
    "Nos",
    "Yur",
    "Khokh",
    "Zap",
    "Bond",
    "Lat",
    "Tsep",
    "Chub",
    "Mol",
]
MIDDLES = ["en", "ov", "ach", "kov", "rok", "ug", "ch", "chen", "at", "al", "or", "ar", "ush", "ets"]
PINYIN = [
    "li",
    "jun",
    "xiao",
    "ping",
    "guo",
    "feng",
    "ze",
    "dong",
    "en",
    "lai",
    "biao",
    "yong",
    "kang",
    "bo",
    "wen",
    "hua",
    "zheng",
    "cai",
]


def invented(chance: random.Random) -> tuple[str, str]:
    """A name as it is filed and as it is asked for."""
    draw = chance.random()
    if draw < 0.5:
        parts = [chance.choice(KOREAN_FAMILIES), chance.choice(KOREAN_GIVEN), chance.choice(KOREAN_GIVEN)]
        return f"{parts[0][0]} {parts[1][0]}-{parts[2][0].lower()}", "".join(hangul for _, hangul in parts)
    if draw < 0.75:
        words = [chance.choice(ARABIC), chance.choice(ARABIC), chance.choice(ARABIC_FAMILIES)]
        return " ".join(latin for latin, _ in words), " ".join(arabic for _, arabic in words)
    if draw < 0.9:
        family = (
            chance.choice(ROOTS)
            + chance.choice(MIDDLES)
            + chance.choice(MIDDLES)
            + chance.choice(["ov", "enko", "sky", "in"])
        )
        given = chance.choice(
            ["Sergei", "Viktor", "Oleg", "Yuri", "Igor", "Pavel", "Mikhail", "Nikolai", "Andrei", "Dmitry"]
        )
        return f"{given} {family}", f"{given.upper()} {family.lower().capitalize()}"
    family, first, second = (chance.choice(PINYIN) for _ in range(3))
    return f"{family.capitalize()} {(first + second).capitalize()}", f"{family.upper()} {first.capitalize()}-{second}"


def many(n: int, seed: int) -> Iterator[tuple[str, str]]:
    chance = random.Random(seed)  # noqa: S311 - invented names, not results
    return (invented(chance) for _ in range(n))


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def compare_speed() -> None:
    pairs = [(a, c) for (a, _), (_, c) in zip(many(4000, 1), many(4000, 2), strict=True)]
    start = time.perf_counter()
    for a, b in pairs:
        compare_names(a, b)
    print(f"compare_names, names not seen before: {(time.perf_counter() - start) / len(pairs) * 1e3:.3f} ms a pair")


def index_speed(n: int) -> None:
    index = NameIndex()
    start = time.perf_counter()
    for place, (name, _) in enumerate(many(n, 3)):
        index.add(place, name)
    filed = time.perf_counter() - start
    asked = [(place, other) for place, (_, other) in enumerate(many(n, 3)) if place % max(1, n // 500) == 0]
    index.candidates(asked[0][1])
    times, found, sizes = [], 0, []
    for place, other in asked:
        start = time.perf_counter()
        candidates = index.candidates(other)
        times.append((time.perf_counter() - start) * 1e3)
        found += place in candidates
        sizes.append(len(candidates))
    print(
        f"{n:>9,} names: filed {n / filed:,.0f} a second; lookup median {statistics.median(times):.2f} ms, "
        f"95 % {statistics.quantiles(times, n=20)[18]:.2f} ms; candidates median {statistics.median(sizes):.0f}; "
        f"recall {found / len(asked):.3f}; peak memory {memory():.0f} MB"
    )


if __name__ == "__main__":
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    compare_speed()
    for size in (10_000, 100_000, 1_000_000):
        if size <= largest:
            index_speed(size)
