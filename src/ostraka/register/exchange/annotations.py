"""W3C Web Annotation: every statement with its quote, its place in the report and who coded it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ostraka.model import Claim, Report, Statement, plain
from ostraka.provenance import software
from ostraka.read.reading import Reading
from ostraka.register.sealing import AROUND

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def annotate(readings: Iterable[Reading], *, leave_out: Callable[[str], bool] | None = None) -> dict[str, Any]:
    """Statements as one annotation collection (W3C Recommendation of 23 February 2017).

    Parameters
    ----------
    readings : iterable of Reading
    leave_out : callable, optional
        Says of a text whether it names somebody who must not be named; such statements are left out.

    Returns
    -------
    dict
        JSON-LD. Each target has a quote selector with what stands before and after it, and a position
        selector in code points of the text as read.
    """
    items = [
        _annotation(statement, reading.report)
        for reading in readings
        for statement in reading.statements
        if leave_out is None or not any(map(leave_out, _texts(statement, reading.report)))
    ]
    page = {"type": "AnnotationPage", "startIndex": 0, "items": items}
    return {"@context": CONTEXT, "type": "AnnotationCollection", "total": len(items), "first": page}


def _texts(statement: Statement, report: Report) -> tuple[str, ...]:
    """All words that an annotation of a statement would carry."""
    start, end = statement.span.start, statement.span.end
    own = (value for value in plain(statement).values() if isinstance(value, str))
    return (*own, report.text[max(0, start - AROUND) : end + AROUND], report.title, report.url)


def _annotation(statement: Statement, report: Report) -> dict[str, Any]:
    span = statement.span
    web = report.url.startswith(("http://", "https://"))
    body = {
        "type": "Dataset",
        "format": "application/json",
        "value": {name: value for name, value in plain(statement).items() if name not in {"span", "id"}},
    }
    if isinstance(statement, Claim):
        body["purpose"] = "assessing"
    return {
        "id": f"urn:ostraka:{statement.id}",
        "type": "Annotation",
        "motivation": "describing",
        "creator": {"type": "Person" if statement.coder.startswith("human") else "Software", "name": statement.coder},
        "generator": {"type": "Software", "name": software()},
        "body": body,
        "target": {
            "source": report.url if web else f"urn:ostraka:{report.id}",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": span.quote,
                    "prefix": report.text[max(0, span.start - AROUND) : span.start],
                    "suffix": report.text[span.end : span.end + AROUND],
                },
                {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            ],
        },
    }
