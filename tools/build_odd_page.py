"""Write the ODD description of the simulator, made from the code, into its page.

python tools/build_odd_page.py
"""

from __future__ import annotations

from pathlib import Path

from ostraka.simulate.odd import odd_page

PAGE = Path(__file__).resolve().parents[1] / "docs" / "explanation" / "simulate.md"
MARK = "do not edit below -->\n"


def one_level_down() -> str:
    """The page as a part of a longer one."""
    return odd_page().replace("\n## ", "\n### ").replace("# The simulator", "## The simulator", 1)


if __name__ == "__main__":
    head = PAGE.read_text(encoding="utf-8").split(MARK, 1)[0]
    PAGE.write_text(head + MARK + one_level_down(), encoding="utf-8")
