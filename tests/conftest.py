"""What every test may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]

# Speed is measured in benchmarks, never in a test: a busy machine must not fail a property.
settings.register_profile("ostraka", deadline=None)
settings.load_profile("ostraka")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Material that is not ours to ship; it lies beside the checkout where there is any."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the shared material beside the checkout")
    return folder
