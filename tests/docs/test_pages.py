"""Every page is true: its code runs, its commands run, its links lead somewhere."""

from __future__ import annotations

import contextlib
import doctest
import io
import re
import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sybil import Example, Region
from sybil.document import Document
from sybil.evaluators.python import PythonEvaluator
from sybil.region import Lexeme

from ostraka.cli import main

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
FENCE = re.compile(r"^```(?P<lang>\w+)(?: (?P<name>[\w./-]+))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
# What a page may ask of a fresh machine; everything else has to run here.
SET_UP = re.compile(r"(git clone|cd|make|pip install|pip wheel|python3? -m venv|\.)( .*)?")


def fences(document: Document) -> Iterator[Region]:
    """The code blocks of a page that say how they are to be run.

    ``python`` runs, ``pycon`` runs as a doctest, ``console`` runs the lines that begin with ``$`` and compares
    what follows them; a block with a file name after its language becomes that file.
    """
    for match in FENCE.finditer(document.text):
        lang, name, body = match["lang"], match["name"], match["body"]
        if name:
            yield Region(match.start(), match.end(), (name, body), write_file)
        elif lang == "python":
            source = Lexeme(body, match.start("body"), 0)
            yield Region(match.start(), match.end(), source, PythonEvaluator())
        elif lang in {"pycon", "console"}:
            yield Region(match.start(), match.end(), body, run_session if lang == "pycon" else run_commands)


def write_file(example: Example) -> None:
    name, body = example.parsed
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(body, encoding="utf-8")


def run_session(example: Example) -> None:
    where = f"{example.path}, line {example.line}"
    test = doctest.DocTestParser().get_doctest(example.parsed, example.namespace, where, example.path, example.line)
    said = io.StringIO()
    failed = doctest.DocTestRunner(optionflags=FLAGS).run(test, out=said.write, clear_globs=False).failed
    example.namespace.update(test.globs)
    assert not failed, said.getvalue()


def run_commands(example: Example) -> None:
    for block in re.split(r"^\$ ", example.parsed, flags=re.MULTILINE)[1:]:
        command, _, expected = block.partition("\n")
        command, _, remark = command.partition("  # exit ")
        code, said = run(command)
        assert code == int(remark or 0), f"line {example.line}: {command}: exit {code}\n{said}"
        if expected.strip():
            same = doctest.OutputChecker().check_output(expected.strip(), said.strip(), FLAGS)
            assert same, f"line {example.line}: {command}\nexpected:\n{expected}\ngot:\n{said}"


def run(command: str) -> tuple[int, str]:
    """Exit code and output of one command line; ours run in this process, which is quicker."""
    words = shlex.split(command)
    if words[0] != "ostraka":
        done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr
    said, data = io.StringIO(), io.StringIO()
    target = words[words.index(">") + 1] if ">" in words else ""
    words = words[: words.index(">")] if target else words
    out = data if target else said
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said), pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", words)
        code = main(words[1:])
    if target:
        Path(target).write_text(data.getvalue(), encoding="utf-8")
    return code, said.getvalue()


def refuse(*_: object) -> None:
    """What the program promises: nothing leaves the machine."""
    raise AssertionError("a connection was opened")


def cost(page: Path) -> list[pytest.MarkDecorator]:
    """Pages that make a brief or run policies take seconds."""
    text = page.read_text(encoding="utf-8")
    return (
        [pytest.mark.slow]
        if re.search(r"^\$ ostraka (demo|brief|simulate)|make_brief\(|compare\(as_is", text, re.MULTILINE)
        else []
    )


@pytest.mark.parametrize(
    "page", [pytest.param(page, id=str(page.relative_to(ROOT)), marks=cost(page)) for page in PAGES]
)
def test_code_of_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    document = Document.parse(str(page), fences)
    for example in document.examples():
        example.evaluate()


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_set_up_of_page_is_short(page: Path) -> None:
    for match in FENCE.finditer(page.read_text(encoding="utf-8")):
        if match["lang"] == "sh":
            assert all(SET_UP.fullmatch(line) for line in match["body"].splitlines() if line.strip())


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_links_of_page_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'(?:src|href)="([^"]+)"', text):
        if not target.startswith(("http://", "https://", "#", "mailto:")):
            assert (page.parent / target.partition("#")[0]).exists(), target
