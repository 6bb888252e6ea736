"""One brief of the shipped example for all tests of the page."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from ostraka.brief import Brief, make_brief

EXAMPLES = Path(str(files("ostraka.data") / "examples"))


@pytest.fixture(scope="session")
def example() -> Brief:
    """The brief of `make demo` with few replicates."""
    return make_brief(
        [EXAMPLES / "london-2016.txt"],
        regime="North Korea",
        manifest=EXAMPLES / "manifest.csv",
        replicates=200,
        rng=20160819,
        command="ostraka demo",
    )


@pytest.fixture(scope="session")
def page_file(example: Brief, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page as a file."""
    path = tmp_path_factory.mktemp("brief") / "brief.html"
    path.write_text(example.html, encoding="utf-8")
    return path
