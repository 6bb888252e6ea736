"""Promises about the whole: public names, imports, docstrings, verbs."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

import ostraka
from ostraka.cli import EXIT_CODES, cli, exit_code
from ostraka.errors import FitError, InputError, MissingExtra, OstrakaError, RegisterError

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "src" / "ostraka").rglob("*.py"))


def test_public_names_are_sorted_few_and_there() -> None:
    assert ostraka.__all__ == sorted(ostraka.__all__)
    assert len(ostraka.__all__) <= 25
    assert all(getattr(ostraka, name) is not None for name in ostraka.__all__)
    assert set(ostraka.__all__) <= set(dir(ostraka))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = ostraka.nothing


def test_public_names_are_the_same_for_type_checkers() -> None:
    tree = ast.parse((ROOT / "src/ostraka/__init__.py").read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    named = {
        alias.asname or alias.name for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert named == set(ostraka.__all__)


def test_rooms_can_be_called() -> None:
    for room in ("watch", "simulate", "forecast"):
        module = import_module(f"ostraka.{room}")
        assert callable(module)
        assert callable(getattr(module, room))


def test_importing_the_package_imports_nothing_heavy() -> None:
    heavy = "numpy scipy pandas numba sqlalchemy jinja2 pypdf"
    code = f"import sys, ostraka, ostraka.cli; print([name for name in {heavy.split()} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_room_is_called_by_a_word_that_says_nothing() -> None:
    empty = {"utils", "helpers", "common", "manager", "base", "misc"}
    assert not [path for path in SOURCES if path.stem in empty]


def test_no_file_outgrew_its_noun() -> None:
    long = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: length for name, length in long.items() if length > 400} == {}


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield f"{path.relative_to(ROOT)}:{node.name}", node


def test_functions_are_short() -> None:
    long = {}
    for name, node in functions():
        first = node.body[1 if ast.get_docstring(node) and len(node.body) > 1 else 0]
        if (length := (node.end_lineno or 0) - first.lineno + 1) > 50:
            long[name] = length
    assert long == {}


def test_public_functions_take_few_positions() -> None:
    agreed = {"threshold_cascade"}  # its four arrays are fixed, so that others can check it
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    wide = {}
    for room in ("case", "read", "register", "watch", "simulate", "forecast", "brief"):
        module = import_module(f"ostraka.{room}")
        for name in module.__all__:
            thing = getattr(module, name)
            if inspect.isfunction(thing) and name not in agreed:
                places = [p.name for p in inspect.signature(thing).parameters.values() if p.kind in positional]
                if len(places) > 3:
                    wide[f"{room}.{name}"] = places
    assert wide == {}


def test_public_functions_with_parameters_say_what_they_take() -> None:
    silent = []
    for name in ostraka.__all__:
        thing = getattr(ostraka, name)
        if inspect.isfunction(thing) and inspect.signature(thing).parameters:
            doc = inspect.getdoc(thing) or ""
            if "Parameters\n----------" not in doc:
                silent.append(name)
    assert silent == []


def test_each_error_has_its_exit_code_and_no_other_file_knows_it() -> None:
    assert {exit_code(kind("x")) for kind in (InputError, RegisterError, FitError)} == {3, 4, 5}
    assert exit_code(MissingExtra("arrow", "Parquet")) == 6
    assert set(EXIT_CODES) == set(OstrakaError.__subclasses__())


@pytest.mark.parametrize("verb", sorted(cli.commands))
def test_every_verb_explains_itself_and_is_in_the_docs(verb: str) -> None:
    command = cli.commands[verb]
    assert command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option) and option.name != "help")
    page = (ROOT / "docs/reference/cli.md").read_text(encoding="utf-8")
    assert f"ostraka {verb}" in page


def test_nothing_of_this_machine_is_committed() -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    pattern = re.compile(r"(?:^|[^A-Za-z0-9_.])/(?:[w]ork|[r]oot)/|/[s]imple/|files\.[p]ythonhosted")
    found = []
    for name in filter(None, tracked.stdout.split("\0")):
        path = ROOT / name
        if (
            path.suffix in {".py", ".toml", ".txt", ".md", ".json", ".cff", ""}
            and path.is_file()
            and path.stat().st_size < 2_000_000
        ):
            found += [
                name for line in path.read_text(encoding="utf-8", errors="ignore").splitlines() if pattern.search(line)
            ]
    assert found == []


def test_no_sentence_of_the_seed_is_committed(shared: Path) -> None:
    words = re.findall(r"[a-z']+", (shared / "seed/editorial.txt").read_text(encoding="utf-8").lower())
    seed = {" ".join(words[i : i + 8]) for i in range(len(words) - 7)}
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    for name in filter(None, tracked.split("\0")):
        path = ROOT / name
        if not path.is_file() or path.stat().st_size > 2_000_000:
            continue
        text = re.findall(r"[a-z']+", path.read_text(encoding="utf-8", errors="ignore").lower())
        assert not seed.intersection(" ".join(text[i : i + 8]) for i in range(len(text) - 7)), name
