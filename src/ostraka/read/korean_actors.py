"""Whom and what a phrase of a Korean sentence speaks of: its words, its case, its actors."""

from __future__ import annotations

from dataclasses import dataclass, field

from ostraka.read.korean_words import LEADERS, Word

TOPIC, SUBJECT, OBJECT, OWNER, GOAL, SOURCE, WITH, BARE = "topic subject object owner goal source with bare".split()  # noqa: SIM905
CASES = {
    **dict.fromkeys(("은", "는", "씨는"), TOPIC),
    **dict.fromkeys(("이", "가", "도", "씨가", "씨도", "만", "마저", "조차"), SUBJECT),
    **dict.fromkeys(("을", "를", "씨를"), OBJECT),
    **dict.fromkeys(("의", "씨의"), OWNER),
    **dict.fromkeys(("에는", "으로는", "로는", "엔", "에", "로", "으로", "으로서", "로서"), GOAL),
    **dict.fromkeys(("에게", "에게는", "에게도", "씨에게"), GOAL),
    **dict.fromkeys(("에서", "으로부터", "에게서", "에서의", "에서는", "부터"), SOURCE),
    **dict.fromkeys(("와", "과", "씨와", "하고"), WITH),
}
"""The case that each particle gives to its phrase."""


@dataclass(slots=True)
class Actor:
    """Somebody a sentence speaks of: name or role, where they stand, and what part they play."""

    label: str
    start: int
    end: int
    named: bool = False
    role: str = ""
    role_at: tuple[int, int] | None = None
    tier: int = 9
    case: str = BARE
    phrase: tuple[int, int] = (0, 0)
    told: bool = False

    @property
    def acts(self) -> bool:
        """Whether it is the topic or the subject of something."""
        return self.case in {TOPIC, SUBJECT}


@dataclass(slots=True)
class Phrase:
    """Words up to a particle, a verb or a mark, and whether "and" joins it to the next one."""

    words: list[Word] = field(default_factory=list)
    case: str = BARE
    actors: list[Actor] = field(default_factory=list)
    joined: bool = False

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where it ends, particle and all."""
        return self.words[-1].end

    @property
    def stop(self) -> int:
        """Where it ends without its particle."""
        last = self.words[-1]
        return last.start + len(last.stem)


def may_act(actor: Actor) -> bool:
    """Whether something may happen to somebody: no ruler, nobody who only tells."""
    return actor.label not in LEADERS and not actor.told
