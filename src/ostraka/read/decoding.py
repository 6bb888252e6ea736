"""From the bytes of a report to its text: encodings, and characters that are not what they seem.

Nothing is repaired: the text is stored as decoded, without Unicode normalisation, and what is odd about it
becomes a :class:`~ostraka.errors.Problem`.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator

from ostraka.errors import Level, Problem

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"PK\x03\x04", "a zip archive or an office document; save it as PDF, HTML or plain text"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as PDF, HTML or plain text"),
    (b"{\\rtf", "rich text (RTF); save it as PDF, HTML or plain text"),
    (b"\x1f\x8b", "compressed (gzip); unpack it first"),
    (b"BZh", "compressed (bzip2); unpack it first"),
    (b"\xfd7zXZ", "compressed (xz); unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it first"),
    (b"\x89PNG", "a picture (PNG); its text needs character recognition first"),
    (b"\xff\xd8\xff", "a picture (JPEG); its text needs character recognition first"),
    (b"GIF8", "a picture (GIF); its text needs character recognition first"),
    (b"II*\x00", "a picture (TIFF); its text needs character recognition first"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
_COMMON = {"cp1251": "оеаинтсрвлОЕАИНТСРВЛ", "cp1256": "اليمنرتبوهدعسفقكةح", "cp1253": "αοιετσνηυρΑΟΙΕΤΣΝΗΥΡ"}
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_DECLARED = re.compile(rb"(?i)(?:charset|encoding)\s{0,5}=\s{0,5}[\"']?([a-z0-9_.:-]{2,40})")


def binary_kind(data: bytes) -> str:
    """What a file that holds no text is, in words with the remedy; empty if it may be text."""
    for signature, words in _SIGNATURES:
        if data.startswith(signature):
            return words
    return ""


def declared_charset(data: bytes) -> str:
    """The encoding an HTML or XML file names in its first 2,048 bytes; empty if none or unknown."""
    found = _DECLARED.search(data[:2048])
    name = found[1].decode("ascii") if found else ""
    try:
        codec = codecs.lookup(name) if name else None
    except LookupError:
        return ""
    # The WHATWG rule: pages that say latin-1 or euc-kr are written in the Windows supersets.
    supersets = {"iso8859-1": "cp1252", "ascii": "cp1252", "euc_kr": "cp949"}
    return supersets.get(codec.name, codec.name) if codec and getattr(codec, "_is_text_encoding", True) else ""


def decode(data: bytes, where: str, *, declared: str = "") -> tuple[str | None, tuple[Problem, ...]]:
    """The text of some bytes, and what had to be assumed.

    Parameters
    ----------
    data : bytes
        The whole file.
    where : str
        What problems name as their place.
    declared : str
        The encoding the file itself names; empty if none.

    Returns
    -------
    (str or None, tuple of Problem)
        None if the bytes are no text in any encoding we can tell.

    Examples
    --------
    >>> decode("Überläufer".encode("cp1252"), "a.txt")[0]
    'Überläufer'
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _strict(data, name, where)
    if wide := _wide(data):
        return _assumed(data, wide, where)
    for name in filter(None, (declared, "utf-8")):
        text = _try(data, name)
        if text is not None:
            return _unless_binary(text, where)
    if nearly := _nearly_utf8(data, where):
        return nearly
    if name := _eight_bit(data):
        return _assumed(data, name, where)
    return None, (Problem(where, "not text in any encoding that could be told; save it as UTF-8", Level.ERROR),)


def _try(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, LookupError):
        return None


def _strict(data: bytes, name: str, where: str) -> tuple[str | None, tuple[Problem, ...]]:
    text = _try(data, name)
    if text is None:
        message = f"begins as {name.upper().removesuffix('-SIG')} but breaks off; save it again as UTF-8"
        return None, (Problem(where, message, Level.ERROR),)
    return _unless_binary(text, where)


def _assumed(data: bytes, name: str, where: str) -> tuple[str | None, tuple[Problem, ...]]:
    text = _try(data, name)
    if text is None:
        return None, (Problem(where, "not text in any encoding that could be told; save it as UTF-8", Level.ERROR),)
    text, problems = _unless_binary(text, where)
    message = f"not UTF-8; read as {name}, which is a guess; save it as UTF-8 to be sure"
    return text, (*problems, Problem(where, message)) if text is not None else problems


def _unless_binary(text: str, where: str) -> tuple[str | None, tuple[Problem, ...]]:
    """Text, unless more than one character in fifty is a control; a handful is a slip, not a program."""
    controls = len(_CONTROL.findall(text))
    if controls > max(4, len(text) // 50):
        return None, (Problem(where, "binary, not text; give plain text, HTML or PDF", Level.ERROR),)
    return text, ()


def _wide(data: bytes) -> str:
    """UTF-16 without a mark at its head shows as zeros in every other byte."""
    head = data[:4096]
    half = max(len(head) // 2, 1)
    zeros_even, zeros_odd = head[::2].count(0), head[1::2].count(0)
    if zeros_odd > 0.4 * half and zeros_even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if zeros_even > 0.4 * half and zeros_odd < 0.05 * half else ""


def _nearly_utf8(data: bytes, where: str) -> tuple[str, tuple[Problem, ...]] | None:
    """UTF-8 with a few broken bytes keeps them as U+FFFD."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for _ in re.finditer(r"[^\x00-\x7f\ufffd]", text))
    if broken * 20 > whole:
        return None
    return text, (Problem(where, f"{broken} places are not UTF-8 and show as \ufffd; save it again as UTF-8"),)


def _eight_bit(data: bytes) -> str:
    """The likeliest encoding of bytes that are not UTF-8; empty if none fits."""
    runs = [len(run) for run in _HIGH_RUN.findall(data)]
    if sum(runs) < 1.3 * len(runs):  # letters with accents and curly quotes stand alone
        return "cp1252" if _try(data, "cp1252") is not None else ""
    korean = _try(data, "cp949")
    if korean is not None and _share(korean, "[가-힣]") > 0.6:
        return "cp949"
    scores = {name: _frequent(_try(data, name), letters) for name, letters in _COMMON.items()}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > 0.4 else ""


def _share(text: str, wanted: str) -> float:
    """Share of the characters outside ASCII that match."""
    beyond = re.findall(r"[^\x00-\x7f]", text)
    return len(re.findall(wanted, text)) / len(beyond) if beyond else 0.0


def _frequent(text: str | None, letters: str) -> float:
    """Share of the characters outside ASCII that are among the most frequent letters of a language."""
    return _share(text, f"[{letters}]") if text else 0.0


# --- what is odd about a text --------------------------------------------------------------------------------

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_ZERO_WIDTH = re.compile(r"[\u200b-\u200d\u2060\ufeff\u00ad]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_TAGS = re.compile(r"[\U000e0000-\U000e007f]")
_ODD = (
    (_CONTROL, "control characters"),
    (_BIDI, "marks that turn the direction of writing"),
    (_ZERO_WIDTH, "characters without width"),
    (_SURROGATE, "halves of characters (lone surrogates)"),
    (_TAGS, "invisible tag characters"),
)
_MIXED = re.compile(r"[A-Za-z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][A-Za-z]")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]{0,20}\Z")
_LETTERS = re.compile(r"[^\W\d_]{0,20}")
_ARABIC = re.compile(r"[\u0600-\u06ff]")


def odd_characters(text: str, where: str) -> Iterator[Problem]:
    r"""Problems for characters that deceive the eye or break tools; the text itself is left as it is.

    Examples
    --------
    >>> [problem.message[:38] for problem in odd_characters("\u041aim Jong-un", "a.txt")]
    ['1 word mixes alphabets that look alike']
    """
    if text.isascii() and not _CONTROL.search(text):
        return
    for pattern, words in _ODD:
        if pattern is _ZERO_WIDTH and _ARABIC.search(text):
            continue  # Persian and Urdu spelling needs the zero-width non-joiner
        count = sum(1 for _ in pattern.finditer(text))
        if count:
            first = pattern.search(text)
            at = first.start() if first else 0
            code = f"U+{ord(text[at]):04X}"
            yield Problem(where, f"{count} {words}, the first {code} at offset {at}; kept, but check what is shown")
    mixed = list(dict.fromkeys(_word_around(text, match) for match in _MIXED.finditer(text)))
    if mixed:
        names = ", ".join(_spelled(word) for word in mixed[:3])
        number = "1 word mixes" if len(mixed) == 1 else f"{len(mixed)} words mix"
        yield Problem(where, f"{number} alphabets that look alike: {names}; a name may not be what it seems")


def _word_around(text: str, match: re.Match[str]) -> str:
    """The letters around a place where two alphabets meet, at most twenty on each side."""
    before = _LETTERS_BEFORE.search(text, max(0, match.start() - 20), match.start())
    after = _LETTERS.match(text, match.start())
    return (before[0] if before else "") + (after[0] if after else "")


def _spelled(word: str) -> str:
    """A word with its foreign letters named."""
    foreign = next(letter for letter in word if not letter.isascii())
    return f"{word[:40]!r} has {unicodedata.name(foreign, 'an unknown letter').lower()}"
