"""Write the page of the command line from its own help.

    python tools/build_cli_page.py

A test compares the committed page with what this makes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from ostraka.cli import cli

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "cli.md"
WIDTH = 100
HEAD = """# The command line

Written by `tools/build_cli_page.py` from `ostraka --help`. Exit codes stand in [errors](errors.md); settings that every
verb shares are read from the command line, then `OSTRAKA_*` variables, then `ostraka.toml` in the working folder, and
`ostraka config` shows where each value comes from.
"""


def page() -> str:
    """The whole page."""
    verbs = "".join(f"\n## {name}\n\n```text\n{text}\n```\n" for name, text in helps(cli, "ostraka", None))
    return HEAD + verbs


def helps(command: click.Command, name: str, parent: click.Context | None) -> Iterator[tuple[str, str]]:
    """Name and help of a command and of everything below it."""
    settings = {**command.context_settings, "terminal_width": WIDTH, "max_content_width": WIDTH}
    context = click.Context(command, info_name=name.rpartition(" ")[2], parent=parent, **settings)
    yield name, command.get_help(context)
    if isinstance(command, click.Group):
        for verb in command.list_commands(context):
            below = command.get_command(context, verb)
            if below is not None and not below.hidden:
                yield from helps(below, f"{name} {verb}", context)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE.name)
