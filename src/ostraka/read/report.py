"""From a file to a :class:`~ostraka.model.Report`: plain text, HTML or PDF, told by content.

A report is data. A file that cannot be read becomes a :class:`~ostraka.errors.Problem`, never an exception,
and one bad file never stops a folder. What a caller names and is not there is a wrong call.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ostraka.errors import InputError, Level, Problem
from ostraka.model import Report
from ostraka.read import manifest as manifests
from ostraka.read.datelines import dateline_date, guess_language
from ostraka.read.decoding import binary_kind, declared_charset, decode, odd_characters
from ostraka.read.html_text import html_page
from ostraka.read.pdf_text import pdf_text

MAX_BYTES = 50_000_000
SUFFIXES = frozenset((".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".pdf", ""))
READ_LANGUAGES = frozenset(("en", "ko"))

Loaded = tuple[Report | None, tuple[Problem, ...]]


def load_report(
    path: str | os.PathLike[str],
    *,
    published: date | None = None,
    url: str = "",
    title: str = "",
    publisher: str = "",
    lang: str = "",
) -> Loaded:
    """One file as a report.

    Parameters
    ----------
    path : path
        Plain text, HTML or PDF; what it is is told by its content.
    published : date, optional
        When it was printed; taken from the page or the dateline if not given.
    url, title, publisher, lang : str, optional
        What is known of it; what the file says of itself fills the gaps.

    Returns
    -------
    (Report or None, tuple of Problem)
        None if there is nothing to read in it; the problems say why, and what was assumed.

    Raises
    ------
    InputError
        If there is no such file.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "a.txt"
    ...     _ = file.write_text("SEOUL, July 16, 2024 - An envoy has left his post.")
    ...     report, problems = load_report(file)
    >>> report.published, report.lang, problems
    (datetime.date(2024, 7, 16), 'en', ())
    """
    file = _existing(path)
    if file.is_dir():
        raise InputError(f"{file} is a folder; give one report, or use load_reports for all in it")
    known = manifests.Known(published=published, url=url, title=title, publisher=publisher, lang=lang)
    return _load(file, str(path), known)


def load_reports(
    paths: Iterable[str | os.PathLike[str]],
    *,
    manifest: str | os.PathLike[str] | None = None,
    published: date | None = None,
    retrieved: date | None = None,
) -> Iterator[tuple[str, Report | None, tuple[Problem, ...]]]:
    """Files, folders and the rows of a manifest as reports, one at a time.

    Parameters
    ----------
    paths : iterable of path
        Files, and folders that are searched to the bottom in the order of names. Links that lead out of a
        folder and files that are no reports are left out and named.
    manifest : path, optional
        A CSV file with the columns ``path, published, url, title, publisher, lang, retrieved``; paths are
        relative to it.
    published : date, optional
        When those without a date of their own were printed.
    retrieved : date, optional
        When those of which the manifest does not say it were fetched; a file does not know.

    Yields
    ------
    (str, Report or None, tuple of Problem)
        The path as given, the report, and its problems.

    Raises
    ------
    InputError
        At the call, if a path given by name or the manifest does not exist.
    """
    roots = [(_existing(path), str(path)) for path in paths]
    table = manifests.Manifest.open(manifest) if manifest is not None else None
    return _stream(roots, table, manifests.Known(published=published, retrieved=retrieved))


def count_files(paths: Iterable[str | os.PathLike[str]], *, manifest: str | os.PathLike[str] | None = None) -> int:
    """How many files :func:`load_reports` has to look at, for who waits; none is opened but the manifest."""
    rows = sum(1 for _ in manifests.Manifest.open(manifest).rows()) if manifest is not None else 0
    roots = [Path(path) for path in paths]
    return rows + sum(sum(1 for _ in _walk(root, {})) if root.is_dir() else 1 for root in roots)


def _existing(path: str | os.PathLike[str]) -> Path:
    try:
        file = Path(path)
        if file.exists():
            return file
    except (OSError, ValueError) as error:
        raise InputError(f"{str(path)!r} cannot be a path: {error}") from None
    raise InputError(f"no such file or folder: {path}; check the spelling, or the folder you are in")


def _stream(
    roots: list[tuple[Path, str]], table: manifests.Manifest | None, known: manifests.Known
) -> Iterator[tuple[str, Report | None, tuple[Problem, ...]]]:
    if table is not None:
        for entry in table.rows():
            if entry.path is None:
                yield entry.where, None, entry.problems
            else:
                report, problems = _load_within(entry.path, entry.where, entry.known.or_else(known))
                yield entry.where, report, (*entry.problems, *problems)
    for root, name in roots:
        if root.is_dir():
            yield from _folder(root, known)
        else:
            report, problems = _load(root, name, known)
            yield name, report, problems


# --- folders -------------------------------------------------------------------------------------------------


def _folder(root: Path, known: manifests.Known) -> Iterator[tuple[str, Report | None, tuple[Problem, ...]]]:
    """Every report below a folder; what is left out is counted and named at the end."""
    left_out: dict[str, int] = {}
    n_reports = 0
    for entry in _walk(root, left_out):
        if isinstance(entry, Problem):
            yield entry.where, None, (entry,)
        else:
            n_reports += 1
            report, problems = _load_within(entry, str(entry), known)
            yield str(entry), report, problems
    for reason, count in sorted(left_out.items()):
        yield str(root), None, (Problem(str(root), f"{count} left out: {reason}", Level.NOTE),)
    if not n_reports:
        message = "no reports in this folder; put plain text, HTML or PDF files there"
        yield str(root), None, (Problem(str(root), message, Level.ERROR),)


def _walk(root: Path, left_out: dict[str, int]) -> Iterator[Path | Problem]:
    """Files below a folder in the order of names, without following links out of it or round in circles."""
    inside = root.resolve()
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield Problem(str(folder), f"cannot be listed: {error.strerror or error}", Level.ERROR)
            continue
        below = []
        for entry in entries:
            reason = _reason_to_leave(entry, inside)
            if reason:
                left_out[reason] = left_out.get(reason, 0) + 1
            elif entry.is_dir():
                below.append(Path(entry.path))
            else:
                yield Path(entry.path)
        waiting.extend(reversed(below))


def _reason_to_leave(entry: os.DirEntry[str], inside: Path) -> str:
    """Why a folder entry is no report; empty if it may be one."""
    if entry.name.startswith("."):
        return "hidden files"
    if entry.is_symlink() and (reason := _reason_not_to_follow(entry, inside)):
        return reason
    if entry.is_dir():
        return ""
    if not entry.is_file():
        return "neither file nor folder"
    suffix = Path(entry.name).suffix.lower()
    return "" if suffix in SUFFIXES else f"files with the suffix {suffix}"


def _reason_not_to_follow(link: os.DirEntry[str], inside: Path) -> str:
    """Why a link is left alone; empty if it names a file inside the folder."""
    try:
        target = Path(link.path).resolve(strict=True)
    except (OSError, RuntimeError):  # a loop is a RuntimeError before Python 3.13
        return "links that lead nowhere"
    if target.is_dir():
        return "links to folders"
    return "" if target.is_relative_to(inside) else "links that lead out of the folder"


# --- one file --------------------------------------------------------------------------------------------------


def _load_within(file: Path, where: str, known: manifests.Known) -> Loaded:
    """As :func:`_load`; a file that has gone is a problem here, not a wrong call."""
    if not file.exists():
        return None, (Problem(where, "no such file", Level.ERROR),)
    if file.is_dir():
        return None, (Problem(where, "a folder, not a report", Level.ERROR),)
    return _load(file, where, known)


def _load(file: Path, where: str, known: manifests.Known) -> Loaded:
    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            message = f"{size / 1e6:,.0f} MB is more than the {MAX_BYTES / 1e6:.0f} MB read at once; split it"
            return None, (Problem(where, message, Level.ERROR),)
        with file.open("rb") as handle:
            data = handle.read(MAX_BYTES + 1)
    except OSError as error:
        return None, (Problem(where, f"cannot be read: {error.strerror or error}", Level.ERROR),)
    if len(data) > MAX_BYTES:
        return None, (Problem(where, f"more than {MAX_BYTES / 1e6:.0f} MB; split it", Level.ERROR),)
    if not data.strip():
        return None, (Problem(where, "empty; there is nothing to read", Level.ERROR),)
    content = _content(file, data, where)
    if content.text is None:
        return None, content.problems
    return _finished(content, known, where=where, sha256=hashlib.sha256(data).hexdigest())


_NOTHING = manifests.Known()


@dataclass(frozen=True, slots=True)
class _Content:
    """What a file holds."""

    text: str | None
    problems: tuple[Problem, ...]
    says: manifests.Known = _NOTHING


def _content(file: Path, data: bytes, where: str) -> _Content:
    """Text by the kind of content: PDF, HTML or plain."""
    if b"%PDF-" in data[:1024]:
        text, title, problems = pdf_text(file, where)
        return _Content(text, problems, manifests.Known(title=title))
    if kind := binary_kind(data):
        return _Content(None, (Problem(where, f"not text: {kind}", Level.ERROR),))
    declared = declared_charset(data) if _looks_like_html(file, data) else ""
    decoded, problems = decode(data, where, declared=declared)
    if decoded is None:
        return _Content(None, problems)
    if _looks_like_html(file, decoded[:2048].encode("utf-8", "replace")):
        return _page(decoded, where, problems)
    return _Content(decoded, problems)


def _looks_like_html(file: Path, data: bytes) -> bool:
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml", b"<article", b"<div", b"<p>")):
        return True
    return file.suffix.lower() in {".html", ".htm", ".xhtml"} or b"<html" in head


def _page(source: str, where: str, problems: tuple[Problem, ...]) -> _Content:
    page = html_page(source)
    if not page.text.strip():
        message = "this page shows no text (built by a script?); save it from a browser as text"
        return _Content(None, (*problems, Problem(where, message, Level.ERROR)))
    published, wrong = manifests.to_date(page.published, where)
    if page.n_concealed:
        message = f"{page.n_concealed} characters are hidden on this page and left out"
        wrong = (*wrong, Problem(where, message, Level.NOTE))
    says = manifests.Known(published, page.url, page.title, page.publisher, page.lang)
    return _Content(page.text, (*problems, *wrong), says)


def _finished(content: _Content, known: manifests.Known, *, where: str, sha256: str) -> Loaded:
    """The report, with what its caller, its file and its text say, in this order."""
    text = content.text or ""
    says = known.or_else(content.says)
    lang = (known.lang or guess_language(text) or content.says.lang).lower()
    published = says.published or dateline_date(text, lang)
    report = Report(
        text,
        title=says.title,
        publisher=says.publisher,
        url=says.url,
        published=published,
        retrieved=known.retrieved,
        lang=lang,
        path=where,
        sha256=sha256,
    )
    return report, (*content.problems, *report_problems(report, where))


def report_problems(report: Report, where: str = "text") -> tuple[Problem, ...]:
    """What a reader of a report should be warned of: no date, another language, deceptive characters."""
    problems = list(odd_characters(report.text, where))
    if report.published is None:
        problems.append(Problem(where, "no publication date: relative dates stay open; give --published"))
    if report.lang not in READ_LANGUAGES:
        language = f"language {report.lang!r}" if report.lang else "language unknown"
        problems.append(Problem(where, f"{language}: read for English and Korean only, little will be found"))
    return tuple(problems)


def make_report(text: str, *, known: manifests.Known, where: str = "text") -> tuple[Report, tuple[Problem, ...]]:
    """A report from text in hand, with the date and language it states."""
    lang = (known.lang or guess_language(text)).lower()
    known = replace(known, lang=lang, published=known.published or dateline_date(text, lang))
    report = Report(
        text,
        title=known.title,
        publisher=known.publisher,
        url=known.url,
        published=known.published,
        retrieved=known.retrieved,
        lang=lang,
    )
    return report, report_problems(report, where)
