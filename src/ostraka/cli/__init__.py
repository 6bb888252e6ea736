"""The command line: one verb for each stage, data to stdout, talk to stderr.

Exit codes
----------
0 done · 1 something found (``check``, ``verify``) · 2 wrong usage · 3 unusable input · 4 the register refuses ·
5 no estimate · 6 an optional part is missing · 130 interrupted
"""

from __future__ import annotations

import sys

import click

from ostraka.cli import answers, exchange, outlook, reading, record, scores, simulation, store, watching
from ostraka.cli.talk import say
from ostraka.errors import FitError, InputError, MissingExtra, OstrakaError, RegisterError

EXIT_USAGE, EXIT_INTERRUPTED = 2, 130
EXIT_CODES: dict[type[OstrakaError], int] = {InputError: 3, RegisterError: 4, FitError: 5, MissingExtra: 6}


def exit_code(error: OstrakaError) -> int:
    """The exit code of an error of ours."""
    return next((code for kind, code in EXIT_CODES.items() if isinstance(error, kind)), 3)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="ostraka", message="%(prog)s %(version)s")
def cli() -> None:
    """From reports of elite defection to a defended answer.

    Who left, is it more than usual, what follows under which policy, how near is the regime to breaking:
    every figure leads back to a sentence or a seed.
    """


for verb in (
    answers.demo,
    answers.brief,
    reading.read,
    record.evaluate,
    record.check,
    record.freeze,
    watching.watch,
    simulation.fit,
    simulation.simulate,
    outlook.forecast,
    scores.score,
    scores.defections,
    *exchange.VERBS,
    store.queue,
    store.judge,
    store.erase,
    store.verify,
    outlook.data,
    answers.show_config,
):
    cli.add_command(verb)


def main(arguments: list[str] | None = None) -> int:
    """Run a command line; return its exit code."""
    try:
        result = cli.main(args=arguments, prog_name="ostraka", standalone_mode=False)
    except click.exceptions.Abort:
        say("interrupted")
        return EXIT_INTERRUPTED
    except click.ClickException as error:
        error.show()
        return EXIT_USAGE
    except OstrakaError as error:
        say(f"error: {error}")
        return exit_code(error)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    return result if isinstance(result, int) else 0
