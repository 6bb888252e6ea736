"""The text of a PDF, taken by a child process with limits."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from ostraka.errors import Level, Problem

WALL_SECONDS = 60
_CHILD = Path(__file__).with_name("pdf_child.py")
_HYPHEN = re.compile(r"(?P<head>[^\W\d_]{1,40})-\n(?P<tail>[^\W\d_]{1,40})")


def pdf_text(path: Path, where: str) -> tuple[str | None, str, tuple[Problem, ...]]:
    """Text and title of a PDF.

    Parameters
    ----------
    path : Path
        The file.
    where : str
        What problems name as their place.

    Returns
    -------
    (str or None, str, tuple of Problem)
        Text with pages parted by blank lines, or None if the file has none; its title; what went wrong.
    """
    try:
        answer = _ask_child(path)
    except subprocess.TimeoutExpired:
        answer = {"error": f"it took longer than {WALL_SECONDS} seconds"}
    except ValueError:
        answer = {"error": "reading it went over the limits of time, memory or output"}
    if error := answer.get("error"):
        return None, "", (Problem(where, f"this PDF cannot be read: {error}", Level.ERROR),)
    return _result(answer, where)


def _ask_child(path: Path) -> dict[str, object]:
    with tempfile.TemporaryFile() as output:
        # Only our own script and a path are passed, never a shell; -I keeps the environment out.
        subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(_CHILD), str(path.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.DEVNULL,
            timeout=WALL_SECONDS,
            check=False,
        )
        output.seek(0)
        answer = json.loads(output.read().decode("ascii"))
    if not isinstance(answer, dict):
        raise TypeError("the child answers with an object")
    return answer


def _result(answer: dict[str, object], where: str) -> tuple[str | None, str, tuple[Problem, ...]]:
    pages = [str(page) for page in _items(answer.get("pages"))]
    text = unbroken("\n\n".join(page.strip() for page in pages if page.strip()))
    title = " ".join(str(answer.get("title", "")).split())[:500]
    n_pages, broken = _count(answer.get("n_pages")), _count(answer.get("broken"))
    if not text:
        message = f"this PDF has {n_pages} pages and no text (a scan?); run character recognition on it first"
        return None, title, (Problem(where, message, Level.ERROR),)
    problems = []
    if broken:
        problems.append(Problem(where, f"{broken} of {n_pages} pages could not be read and are missing"))
    if len(pages) + broken < n_pages:
        problems.append(Problem(where, f"only the first {len(pages)} of {n_pages} pages were read; split the file"))
    return text, title, tuple(problems)


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0


def unbroken(text: str) -> str:
    r"""Words divided at the end of a line put together; a capital word keeps its hyphen, as names have one.

    Examples
    --------
    >>> unbroken("the defec-\ntion of Thae Yong-\nho")
    'the defection of Thae Yong-ho'
    """

    def join(match: re.Match[str]) -> str:
        hyphen = "-" if match["head"][0].isupper() or match["tail"][0].isupper() else ""
        return match["head"] + hyphen + match["tail"]

    return _HYPHEN.sub(join, text)
