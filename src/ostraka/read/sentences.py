"""Where the sentences of a report begin and end.

One pass over terminators and line breaks; every decision looks at a bounded window, so the time is linear
in the length of the text whatever it holds. Nothing is copied or normalised: the offsets point into the
text as it is stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

MAX_SENTENCE = 5_000
"""Longest sentence in code points; a longer run without any terminator is cut at a space."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CLOSERS = "\"'”’»›)\\]}」』】）〉》"
_OPENERS = "\"'“‘«‹([{「『【（〈《¿¡"
_STOP = re.compile(r"[.!?…。！？؟۔｡\n\r\x0b\x0c\x85\u2028\u2029]")
"""What a sentence may end in: found much faster than the whole of what may follow it."""
_CANDIDATE = re.compile(
    rf"(?P<mark>[.!?…。！？؟۔｡]+)(?P<close>[{_CLOSERS}]{{0,4}})(?P<note>(?:\[\d{{1,3}}\]){{0,3}})(?P<space>\s*)"
    r"|(?P<line>[\n\r\x0b\x0c\x85\u2028\u2029]\s*)"
)
_BREAK = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_LAST_WORD = re.compile(r"[^\W_](?:[\w.’'-]*[^\W_])?\Z")
_FIRST_WORD = re.compile(r"[^\W_][\w’'-]*")
_DATE_GOES_ON = re.compile(r"\d{1,2}\.(?!\d)")
_DATE_SO_FAR = re.compile(r"\d{4}\.\s?\d{1,2}\.\s?\Z")
_CJK_MARKS = frozenset("。！？｡")
_BULLET = re.compile(r"(?:[-*•‣◦■□▲△○●◇◆–—]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")

_TITLES = _words(
    "mr mrs ms mx dr prof gen lt col maj capt cpt cdr cmdr comdr adm brig sgt cpl pvt pfc wo rep sen gov amb rev hon"
    " pres messrs msgr mme mlle fr st mt ft supt insp det atty dep asst vice ltcol ltgen majgen briggen radm vadm cmdt"
    " gens lts cols majs capts m.gen lt.gen lt.col maj.gen brig.gen sec.gen v.adm r.adm h.e"
)
_BEFORE_NUMBER = _words("no nos nr art arts sec sect para paras p pp vol ch fig figs dept rm ca approx bldg")
_NEVER_LAST = _words("e.g i.e cf vs v a.k.a aka viz incl esp al ed eds trans op f.k.a n.k.a")
_PERHAPS_LAST = _words(
    "inc corp co ltd jr sr etc bros univ intl int'l natl nat'l dept govt gov't assn ave blvd rd min est"
    " a.m p.m ph.d m.d b.a m.a esq n.b u.s u.k u.n e.u d.c u.s.a u.s.s.r d.p.r.k r.o.k p.r.c u.a.e"
)
_MONTHS = _words("jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun")
_STARTERS = _words(
    "the a an he she it they we you i his her its their our this that these those there here who what when where why how"
    " in on at by for from with without since until after before during while as if although though because however"
    " but and or so yet nor still then now later earlier meanwhile moreover also another both each every all some many"
    " most none nobody no not only one two three yesterday today asked according among despite under over once"
)
_SURE_STARTERS = _words("the they it but and we this these those there")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Sentences of a report, as offsets into its text.

    Parameters
    ----------
    text : str
        The stored text of a report. English news style is the first concern; Korean, Chinese, Japanese and
        Arabic terminators end sentences as well.

    Returns
    -------
    list of (int, int)
        Start and end (excluded) in code points, in order, without surrounding white space. Sentences never
        overlap, hold every character that is not white space, and are at most 5,000 code points long.

    Notes
    -----
    A full stop does not end a sentence after a title, rank or initial, inside a number, before a small
    letter, or after an abbreviation unless the next word often opens a sentence. A blank line, a bullet and
    a line break that is not the wrapping of a paragraph end one.

    Examples
    --------
    >>> text = 'Lt. Gen. Ri was dismissed, the U.S. said. "Nobody knows why." He has not been seen since Jan. 3.'
    >>> [text[start:end] for start, end in split_sentences(text)][1:]
    ['"Nobody knows why."', 'He has not been seen since Jan. 3.']
    """
    sentences: list[tuple[int, int]] = []
    start = 0
    for cut in _cuts(text):
        _add(sentences, text, start, cut)
        start = cut
    _add(sentences, text, start, len(text))
    return sentences


def _add(sentences: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Append without surrounding white space, in pieces where it is too long."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    while end - start > MAX_SENTENCE:
        space = text.rfind(" ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        cut = space if space > 0 else start + MAX_SENTENCE
        sentences.append((start, cut))
        start = cut + (space > 0)
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        sentences.append((start, end))


def _cuts(text: str) -> Iterator[int]:
    """Offsets at which one sentence has ended and the next may begin."""
    wraps = _wrapped_breaks(text)
    at = 0
    while (found := _STOP.search(text, at)) and (match := _CANDIDATE.match(text, found.start())):
        at = match.end()
        if at == len(text):
            return
        if _is_cut(text, match, wraps):
            yield at


def _is_cut(text: str, match: re.Match[str], wraps: frozenset[int]) -> bool:
    """Whether a sentence ends at this terminator or line break."""
    gap = match["space"] if match["line"] is None else match["line"]
    if line := _BREAK.search(gap):
        paragraph = gap.count("\n") > 1 or bool(_BULLET.match(text, match.end()))
        if paragraph or match.end() - len(gap) + line.start() not in wraps:
            return True
    return match["line"] is None and _ends(text, match)


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether a terminator ends its sentence."""
    mark, after = match["mark"], match.end()
    if mark[-1] in _CJK_MARKS:
        return not match["close"] or bool(match["space"]) or text[after] in _OPENERS
    if not match["space"]:
        return _glued(text, match)
    following = text[after + 1] if text[after] in _OPENERS and after + 1 < len(text) else text[after]
    if following.islower():
        return False
    if mark != ".":
        return True
    return not _abbreviation(text, match)


def _glued(text: str, match: re.Match[str]) -> bool:
    """A terminator without a space behind it: a slip of the source, or Korean, Arabic and the like."""
    before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 2]
    if match["close"] or len(before) < 2:
        return bool(match["note"])
    if "가" <= before[-1] <= "힣":
        return before[-1] in "다요까죠음함" and ("가" <= after[0] <= "힣" or after[0] in _OPENERS)
    return before.islower() and after[0].isupper() and after[1:].islower() and before.isalpha()


def _abbreviation(text: str, match: re.Match[str]) -> bool:
    """Whether a single full stop, with a space and no small letter behind it, belongs to its word."""
    at, after = match.start(), match.end()
    if match["close"]:
        return match["close"] == ")" and "(" in text[max(0, at - 8) : at]
    found = _LAST_WORD.search(text, max(0, at - 24, text.rfind(" ", max(0, at - 24), at) + 1), at)
    if found is None:
        return False
    word = found[0].lower()
    next_found = _FIRST_WORD.match(text, after + (text[after] in _OPENERS))
    follower = next_found[0] if next_found else ""
    if word.isdigit():
        return _numbering(text, found.start(), after)
    return _belongs(found[0], word, follower)


def _belongs(written: str, word: str, follower: str) -> bool:
    opens = follower.lower() in _STARTERS
    if word in _BEFORE_NUMBER or word in _MONTHS:
        return follower[:1].isdigit() or (word in _PERHAPS_LAST and not opens)
    if word in _NEVER_LAST:
        return True
    if word in _TITLES or word.rpartition("-")[2] in _TITLES:
        return follower.lower() not in _SURE_STARTERS
    if written in {"b", "d", "c", "r"} and follower[:1].isdigit():
        return True
    if len(written) == 1:
        return written.isupper() and written != "I" and not opens
    dotted = "." in word and all(len(part) == 1 for part in word.split("."))
    return (word in _PERHAPS_LAST or dotted) and not opens


def _numbering(text: str, start: int, after: int) -> bool:
    """A number that opens a line ("1. Kim fled"), or part of a date such as 2016. 7. 15."""
    before = text[max(0, start - 10) : start]
    _, newline, line = before.rpartition("\n")
    if not line.strip() and (newline or start < 10):
        return True
    return bool(_DATE_GOES_ON.match(text, after, after + 4) or _DATE_SO_FAR.search(before))


def _wrapped_breaks(text: str) -> frozenset[int]:
    """Offsets of line breaks that only wrap a paragraph."""
    wraps: set[int] = set()
    block: list[tuple[int, int]] = []
    at = 0
    for line in text.splitlines(keepends=True):
        end = at + len(line.rstrip())
        if end > at:
            block.append((at, end))
        else:
            wraps.update(_wraps_of(text, block))
            block = []
        at += len(line)
    wraps.update(_wraps_of(text, block))
    return frozenset(wraps)


def _wraps_of(text: str, block: list[tuple[int, int]]) -> Iterator[int]:
    """Breaks of one block of lines at which the next word did not fit, or the sentence plainly runs on."""
    if len(block) < 2:
        return
    width = max(end - start for start, end in block)
    pairs = list(pairwise(block))
    full = [end - start + 1 + _first_length(text, follower) > width for (start, end), follower in pairs]
    filled = len(pairs) > 1 and 40 <= width <= 140 and sum(full) >= 0.7 * len(pairs)
    for ((_, end), (begin, _)), fits in zip(pairs, full, strict=True):
        runs_on = text[begin].islower() or text[end - 1] in ",;–—-"
        if (runs_on or (filled and fits)) and not _BULLET.match(text, begin):
            found = _BREAK.search(text, end)
            yield found.start() if found else end


def _first_length(text: str, line: tuple[int, int]) -> int:
    return len(text[line[0] : line[1]].split(maxsplit=1)[0])
