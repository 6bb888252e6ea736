"""PROV-JSON: from which reports, by whom and by what a case came to be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ostraka.case import Case
from ostraka.model import Judgement
from ostraka.provenance import content_id, software
from ostraka.read.reading import Reading


def prov_json(case: Case, readings: Iterable[Reading] = (), judgements: Iterable[Judgement] = ()) -> dict[str, Any]:
    """The provenance of a case (W3C PROV-DM in the JSON serialisation of the 2013 member submission).

    Parameters
    ----------
    case : Case
    readings : iterable of Reading
        Reports it rests on; their texts are not exported, only their addresses and hashes.
    judgements : iterable of Judgement

    Returns
    -------
    dict
        The case and each source are entities; freezing, each reading and each judgement are activities;
        the program, the coders and the judges are agents.
    """
    made = _Document(case)
    for source in case.sources:
        made.source(source.id, {"prov:location": source.url, "ostraka:published": str(source.published or "")})
    for reading in readings:
        made.reading(reading)
    for judgement in judgements:
        made.judgement(judgement)
    return made.done()


class _Document:
    def __init__(self, case: Case) -> None:
        self.case = f"ostraka:case-{case.digest[:16]}"
        self.freeze = f"ostraka:freeze-{case.digest[:16]}"
        facts = {"ostraka:regime": case.regime, "ostraka:asOf": case.as_of.isoformat(), "ostraka:sha256": case.digest}
        self.parts: dict[str, dict[str, Any]] = {
            "entity": {self.case: facts},
            "activity": {self.freeze: {"prov:type": "ostraka:freeze"}},
            "agent": {"ostraka:software": {"prov:type": "prov:SoftwareAgent", "prov:label": software()}},
        }
        self.relate("wasGeneratedBy", {"prov:entity": self.case, "prov:activity": self.freeze})
        self.relate("wasAssociatedWith", {"prov:activity": self.freeze, "prov:agent": "ostraka:software"})

    def relate(self, kind: str, ends: dict[str, str]) -> None:
        """Add a relation under an id made of its ends."""
        self.parts.setdefault(kind, {})[f"_:{content_id('rel', [kind, ends])}"] = ends

    def source(self, item: str, facts: dict[str, str]) -> None:
        """A page that the case rests on."""
        self.parts["entity"][f"ostraka:{item}"] = {name: value for name, value in facts.items() if value}
        self.relate("wasDerivedFrom", {"prov:generatedEntity": self.case, "prov:usedEntity": f"ostraka:{item}"})

    def reading(self, reading: Reading) -> None:
        """A report and the reading of it."""
        report, act = reading.report, f"ostraka:reading-{reading.report.id}"
        published = report.published.isoformat() if report.published else ""
        self.source(
            report.id, {"prov:location": report.url, "ostraka:published": published, "ostraka:sha256": report.sha256}
        )
        self.parts["activity"][act] = {"prov:type": "ostraka:reading", "ostraka:statements": len(reading.statements)}
        self.relate("used", {"prov:activity": act, "prov:entity": f"ostraka:{report.id}"})
        self.relate("wasInformedBy", {"prov:informed": self.freeze, "prov:informant": act})
        for coder in sorted({statement.coder for statement in reading.statements if statement.coder}):
            self.relate("wasAssociatedWith", {"prov:activity": act, "prov:agent": self.agent(coder)})

    def judgement(self, judgement: Judgement) -> None:
        """A judgement, by whom and when."""
        act = f"ostraka:{judgement.id}"
        facts = {
            "prov:type": f"ostraka:{judgement.verdict}",
            "prov:endTime": judgement.at,
            "ostraka:reason": judgement.reason,
        }
        self.parts["activity"][act] = {name: value for name, value in facts.items() if value}
        self.relate("wasAssociatedWith", {"prov:activity": act, "prov:agent": self.agent(judgement.by)})
        self.relate("wasInformedBy", {"prov:informed": self.freeze, "prov:informant": act})

    def agent(self, name: str) -> str:
        """The agent of a name."""
        item = f"ostraka:{content_id('agent', name)}"
        self.parts["agent"][item] = {"prov:label": name}
        return item

    def done(self) -> dict[str, Any]:
        """The whole document."""
        return {"prefix": {"ostraka": "urn:ostraka:", "prov": "http://www.w3.org/ns/prov#"}, **self.parts}
