"""The doors of the room: from a report, a text, a file or a folder to readings."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from ostraka.errors import InputError, Level, MissingExtra, Problem
from ostraka.model import Report
from ostraka.read.extract import extract
from ostraka.read.manifest import Known
from ostraka.read.reading import Reading
from ostraka.read.report import load_report, load_reports, make_report

Coder = Callable[[Report], tuple[Reading, tuple[Problem, ...]]]
"""Whoever reads one report: our grammar or a model."""


def read_report(report: Report) -> tuple[Reading, tuple[Problem, ...]]:
    """What one report says.

    Parameters
    ----------
    report : Report
        A source with its text; relative dates need its day of publication.

    Returns
    -------
    (Reading, tuple of Problem)
        Statements with exact quotes, and the persons, events, ties and claims they add up to; what could not
        be told.
    """
    statements, problems = extract(report)
    return Reading.of(report, statements), tuple(problems)


def read_quickly(report: Report) -> tuple[Reading, tuple[Problem, ...]]:
    """As :func:`read_report`, by the grammar alone: some ten times as fast, and much is missed.

    Parameters
    ----------
    report : Report

    Returns
    -------
    (Reading, tuple of Problem)
        The coder of its statements is ``grammar``, not ``reader``.
    """
    statements, problems = extract(report, quick=True)
    return Reading.of(report, statements), tuple(problems)


def read_text(
    text: str, *, published: date | None = None, title: str = "", publisher: str = "", url: str = "", lang: str = ""
) -> tuple[Reading, tuple[Problem, ...]]:
    """What a text in hand says.

    Parameters
    ----------
    text : str
        The words of a report; kept as they are, every span points into them.
    published : date, optional
        When it was printed; taken from its dateline if not given.
    title, publisher, url, lang : str, optional
        What is known of it.

    Returns
    -------
    (Reading, tuple of Problem)

    Examples
    --------
    >>> reading, problems = read_text("SEOUL, July 16, 2024 - An envoy has defected.")
    >>> reading.report.published
    datetime.date(2024, 7, 16)
    """
    report, warned = make_report(text, known=Known(published, url, title, publisher, lang))
    reading, problems = read_report(report)
    return reading, (*warned, *problems)


def read_file(
    path: str | os.PathLike[str], *, published: date | None = None, lang: str = ""
) -> tuple[Reading | None, tuple[Problem, ...]]:
    """What one file says: plain text, HTML or PDF.

    Parameters
    ----------
    path : path
        The file.
    published : date, optional
        When it was printed; taken from the page or the dateline if not given.
    lang : str, optional
        ISO 639-1 code of its language.

    Returns
    -------
    (Reading or None, tuple of Problem)
        None if there is nothing to read in it.

    Raises
    ------
    InputError
        If there is no such file.
    """
    report, warned = load_report(path, published=published, lang=lang)
    if report is None:
        return None, warned
    reading, problems = read_report(report)
    return reading, (*warned, *problems)


def read_paths(
    paths: Iterable[str | os.PathLike[str]],
    *,
    manifest: str | os.PathLike[str] | None = None,
    published: date | None = None,
    retrieved: date | None = None,
    coder: Coder | None = None,
) -> Iterator[tuple[str, Reading | None, tuple[Problem, ...]]]:
    """What files, folders and the rows of a manifest say, one at a time; nothing is kept in memory.

    Parameters
    ----------
    paths : iterable of path
        Files and folders.
    manifest : path, optional
        A CSV file with the columns ``path, published, url, title, publisher, lang, retrieved``; paths are
        relative to it.
    published, retrieved : date, optional
        When those without a date of their own were printed; when those of which the manifest does not say it
        were fetched.
    coder : callable, optional
        Who reads each report instead of :func:`read_report` (:func:`read_quickly`, :class:`ostraka.read.llm.ModelCoder`).

    Yields
    ------
    (str, Reading or None, tuple of Problem)

    Raises
    ------
    InputError
        At the call, if a path given by name or the manifest does not exist.
    """
    loaded = load_reports(paths, manifest=manifest, published=published, retrieved=retrieved)
    return (_read(where, report, problems, coder or read_report) for where, report, problems in loaded)


def _read(
    where: str, report: Report | None, warned: tuple[Problem, ...], coder: Coder
) -> tuple[str, Reading | None, tuple[Problem, ...]]:
    if report is None:
        return where, None, warned
    try:
        reading, problems = coder(report)
    except (InputError, MissingExtra):
        raise
    except Exception as error:  # noqa: BLE001 - a slip of ours on one report must not lose the other 99,999
        message = f"our reader failed on it ({type(error).__name__}: {error}); please report this as a bug"
        return where, None, (*warned, Problem(where, message, Level.ERROR))
    return where, reading, (*warned, *problems)
