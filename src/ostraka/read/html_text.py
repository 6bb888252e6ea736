"""The words of a web page that a reader sees, and what the page says about itself.

A page is data: nothing in it is run, fetched or followed. The tokens are cut here in one pass instead of by
``html.parser``, whose unclosed comments and tags take quadratic time in the Python versions we support.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_RAW = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"))
_DROPPED = _words(
    "nav aside footer button select noscript template svg math object canvas audio video figcaption dialog menu"
)
_VOID = _words("area base br col embed hr img input link meta param source track wbr")
_BLOCK = _words(
    "p div section article main header h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table tr blockquote pre figure address"
    " details summary hr body center"
)
_DROPPED_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alert"))
_HIDDEN_STYLE = re.compile(
    r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|font-size\s{0,9}:\s{0,9}0(?![.\d]*[1-9])|opacity\s{0,9}:\s{0,9}0(?![.\d]*[1-9])",
    re.IGNORECASE,
)
_TAG_NAME = re.compile(r"/?[A-Za-z][A-Za-z0-9:-]{0,40}")
_TAG_STOP = re.compile(r">|=\s*([\"'])")
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]{1,60})(?:\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]{1,4000})))?")
_LONG_NUMBER = re.compile(r"&#[xX]?[0-9a-fA-F]{9,};?")
_DATE_NAMES = (
    *("article:published_time", "datepublished", "og:article:published_time", "parsely-pub-date", "sailthru.date"),
    *("citation_publication_date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "publish-date"),
    *("publishdate", "pubdate", "published_time", "date", "release_date"),
)
_DATE = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_MAX_LD = 200_000


@dataclass
class Page:
    """What a page shows and what it says about itself; dates are ISO text.

    `n_concealed` counts the characters that the page carries but hides from its readers by style or attribute.
    """

    text: str = ""
    title: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    lang: str = ""
    n_concealed: int = 0


@dataclass
class _State:
    """What has been seen while walking through a page."""

    parts: list[str] = field(default_factory=list)
    stack: list[tuple[str, tuple[bool, bool], int]] = field(default_factory=list)
    open_tags: Counter[str] = field(default_factory=Counter)
    hidden: int = 0
    concealing: int = 0
    n_concealed: int = 0
    verbatim: int = 0
    regions: list[tuple[int, int]] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    times: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)


def html_page(source: str) -> Page:
    r"""The visible text of a page and its own account of title, publisher, date, address and language.

    Parameters
    ----------
    source : str
        The decoded page.

    Returns
    -------
    Page
        Blocks of text are parted by blank lines. If the page marks its article (``article``, ``main``), only
        that is kept; navigation, forms, scripts, styles and hidden elements never are.

    Examples
    --------
    >>> html_page("<title>T</title><p>A <b>colonel</b> left.</p><script>alert(1)</script><p>He did.").text
    'A colonel left.\n\nHe did.'
    """
    state = _State()
    for kind, name, content in _tokens(source):
        if kind == "text":
            _take_text(state, content)
        elif kind == "raw":
            _take_raw(state, name, content)
        elif kind == "open":
            _open(state, name, content)
        else:
            _close(state, name)
    while state.stack:
        _pop(state)
    return Page(text=_article(state), n_concealed=state.n_concealed, **_account(state))


# --- tokens --------------------------------------------------------------------------------------------------


def _tokens(source: str) -> Iterator[tuple[str, str, str]]:
    """Pieces of a page: text, opening and closing tags, and the raw content of scripts and the like."""
    at, size = 0, len(source)
    while at < size:
        begin = source.find("<", at)
        if begin < 0:
            break
        if begin > at:
            yield "text", "", source[at:begin]
        at, token = _markup(source, begin)
        if token is not None:
            yield token
            if token[0] == "open" and token[1] in _RAW:
                close = re.compile(f"</{token[1]}(?=[\\s/>])", re.IGNORECASE).search(source, at)
                end = close.start() if close else size
                yield "raw", token[1], source[at:end]
                at = end
    if at < size:
        yield "text", "", source[at:]


def _markup(source: str, begin: int) -> tuple[int, tuple[str, str, str] | None]:
    """The token that begins with "<", and where the next one begins."""
    if source.startswith("<!--", begin):
        end = source.find("-->", begin + 4)
        return (end + 3 if end >= 0 else len(source)), None
    if source[begin + 1 : begin + 2] in {"!", "?"}:
        end = source.find(">", begin)
        subset = source.find("[", begin, end) if source.startswith("<!D", begin) else -1
        end = source.find("]>", subset) + 1 or -1 if subset >= 0 else end  # entities are declared in it; none is used
        return (end + 1 if end >= 0 else len(source)), None
    name = _TAG_NAME.match(source, begin + 1)
    if name is None:
        return begin + 1, ("text", "", "<")
    end = _tag_end(source, name.end())
    if name[0].startswith("/"):
        return end, ("close", name[0][1:].lower(), "")
    return end, ("open", name[0].lower(), source[name.end() : end - 1])


def _tag_end(source: str, at: int) -> int:
    """Offset behind the ">" of a tag, not one inside a quoted value; the end of the page if there is none."""
    while stop := _TAG_STOP.search(source, at):
        if stop[1] is None:
            return stop.end()
        close = source.find(stop[1], stop.end())
        at = close + 1 if close >= 0 else stop.end()
    return len(source)


def _unescaped(text: str) -> str:
    return html.unescape(_LONG_NUMBER.sub("\ufffd", text)) if "&" in text else text


def _attributes(content: str) -> dict[str, str]:
    """Attributes of a tag; the first of a name counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(content[:100_000]):
        value = next((group for group in match.groups()[1:] if group is not None), "")
        found.setdefault(match[1].lower(), _unescaped(value))
    return found


# --- walking ---------------------------------------------------------------------------------------------------


def _take_text(state: _State, content: str) -> None:
    if state.concealing:
        state.n_concealed += len("".join(content.split()))
    if not state.hidden:
        text = _unescaped(content)
        state.parts.append(text.replace("\r\n", "\n") if state.verbatim else re.sub(r"[ \t\r\n\f\v]+", " ", text))


def _take_raw(state: _State, name: str, content: str) -> None:
    if name == "title" and "title" not in state.meta and "svg" not in state.open_tags:
        state.meta["title"] = _squeezed(content)
    elif name == "script" and "application/ld+json" in state.meta.get("script type", ""):
        state.linked.append(content[:_MAX_LD])


def _open(state: _State, name: str, content: str) -> None:
    attributes = _attributes(content) if content.strip() else {}
    _note(state, name, attributes)
    if name in _BLOCK:
        state.parts.append("\n\n")
    elif name == "br":
        state.parts.append("\n")
    elif name in {"td", "th"}:
        state.parts.append(" ")
    if name in _VOID or content.rstrip().endswith("/"):
        return
    if name == "p" and state.stack and state.stack[-1][0] == "p":
        _pop(state)
    dropped = name in _DROPPED or attributes.get("role", "").lower() in _DROPPED_ROLES
    conceals = not dropped and _conceals(attributes)
    state.stack.append((name, (dropped or conceals, conceals), len(state.parts)))
    state.open_tags[name] += 1
    state.hidden += dropped or conceals
    state.concealing += conceals
    state.verbatim += name == "pre"


def _conceals(attributes: dict[str, str]) -> bool:
    """Whether an element is hidden from the eye by an attribute or a style."""
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden", "").lower() == "true"
        or bool(_HIDDEN_STYLE.search(attributes.get("style", "")[:10_000]))
    )


def _close(state: _State, name: str) -> None:
    if name in _BLOCK:
        state.parts.append("\n\n")
    if state.open_tags[name] > 0:
        while state.stack[-1][0] != name:
            _pop(state)
        _pop(state)


def _pop(state: _State) -> None:
    name, (hides, conceals), begin = state.stack.pop()
    state.open_tags[name] -= 1
    state.hidden -= hides
    state.concealing -= conceals
    state.verbatim -= name == "pre"
    if name in {"article", "main"} and not state.hidden:
        state.regions.append((begin, len(state.parts)))


def _note(state: _State, name: str, attributes: dict[str, str]) -> None:
    """Keep what a tag says about the page."""
    if name == "meta":
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        state.meta.setdefault(key.lower().strip(), attributes.get("content", "").strip())
    elif name == "html":
        state.meta.setdefault("html lang", attributes.get("lang", ""))
    elif name == "link" and attributes.get("rel", "").lower() == "canonical":
        state.meta.setdefault("canonical", attributes.get("href", ""))
    elif name == "time":
        state.times.append(attributes.get("datetime", ""))
    elif name == "script":
        state.meta["script type"] = attributes.get("type", "").lower()
    elif "datepublished" in attributes.get("itemprop", "").lower():
        state.times.insert(0, attributes.get("content") or attributes.get("datetime", ""))


# --- results ---------------------------------------------------------------------------------------------------


def _article(state: _State) -> str:
    """The longest marked article if it holds a good part of what is visible, else everything visible."""
    sizes = [0, *accumulate(len(part) for part in state.parts)]
    begin, end = max(state.regions, key=lambda region: sizes[region[1]] - sizes[region[0]], default=(0, 0))
    if sizes[end] - sizes[begin] >= max(120, sizes[-1] // 5):
        return _joined(state.parts[begin:end])
    return _joined(state.parts)


def _joined(parts: list[str]) -> str:
    lines = (line.strip(" \t\r\f\v\u00a0") for line in "".join(parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(re.sub(r"[ \t]{2,}", " ", line) for line in lines)).strip("\n")


def _squeezed(text: str) -> str:
    return " ".join(_unescaped(text).split())[:500]


def _account(state: _State) -> dict[str, str]:
    linked = _linked(state.linked)
    meta = state.meta
    published = [meta.get(name, "") for name in _DATE_NAMES]
    dates = filter(_DATE.search, [published[0], linked.get("published", ""), *published[1:], *state.times])
    found = _DATE.search(next(dates, ""))
    return {
        "title": _squeezed(meta.get("og:title") or linked.get("title", "") or meta.get("title", "")),
        "publisher": _squeezed(meta.get("og:site_name") or linked.get("publisher", "")),
        "published": f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else "",
        "url": _address(meta.get("canonical") or meta.get("og:url", "")),
        "lang": (meta.get("html lang") or linked.get("lang", ""))[:2].lower(),
    }


def _address(text: str) -> str:
    """A web address, nothing that a browser would run."""
    return _squeezed(text) if text.lower().startswith(("https://", "http://")) else ""


def _linked(blocks: list[str]) -> dict[str, str]:
    """Date, title, publisher and language from the JSON-LD of a page."""
    for block in blocks[:20]:
        try:
            items = json.loads(block)
        except (ValueError, RecursionError):
            continue
        for item in _objects(items):
            if "datePublished" in item:
                publisher = item.get("publisher")
                name = publisher.get("name", "") if isinstance(publisher, dict) else ""
                return {
                    "published": _word(item["datePublished"]),
                    "title": _word(item.get("headline")),
                    "publisher": _word(name),
                    "lang": _word(item.get("inLanguage")),
                }
    return {}


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Objects of a JSON value, two levels deep as publishers write them."""
    items = value if isinstance(value, list) else [value]
    for item in items[:100]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (part for part in graph[:100] if isinstance(part, dict)) if isinstance(graph, list) else ()


def _word(value: Any) -> str:
    return value if isinstance(value, str) else ""
