"""The register: reports, statements, records and judgements are added; who, what and when is computed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from itertools import islice
from types import TracebackType
from typing import Any, Self, TypeVar

from ostraka.case import Case
from ostraka.errors import InputError, Problem, RegisterError
from ostraka.model import Judgement, Statement, Verdict
from ostraka.read.reading import Reading
from ostraka.register import audit, erasure, fetch, index, ingest, review, views
from ostraka.register.claims import RULE, Claimed, check_rule
from ostraka.register.database import Database, is_there, parse_url
from ostraka.register.judgements import decide
from ostraka.register.knowledge import Knowledge
from ostraka.register.links import Link, link
from ostraka.register.resolve import Doubt
from ostraka.register.sealing import Seals
from ostraka.register.sources import Sources

_REPORTS_AT_ONCE = 200
_CASES_KEPT = 8  # of the last entry of the log; a case can always be frozen anew
T = TypeVar("T")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


class Register:
    """A store of sourced statements: what is in it is never changed, only added to.

    Parameters
    ----------
    url : str
        A file, ``sqlite:///FILE`` or ``postgresql+psycopg://USER@HOST/NAME``; made if there is none. Empty
        for one in memory that is gone when closed.
    clock : callable, optional
        Gives the moment of recording as ISO 8601 text; for tests.

    Raises
    ------
    RegisterError
        If what is there is damaged, locked, of another version or no register.

    Examples
    --------
    >>> from ostraka.model import Report, Statement
    >>> report = Report("A colonel has left.", published=date(2016, 8, 17))
    >>> said = Statement(report.quote(2, 9), "person", "colonel", "described", "A colonel")
    >>> with Register() as register:
    ...     register.add(Reading.of(report, [said])), register.add(Reading.of(report, [said]))
    (1, 0)
    """

    def __init__(self, url: str = "", *, clock: Callable[[], str] = _now) -> None:
        self._clock = clock
        self._database = Database(parse_url(url))
        try:
            if not self._database.exists():
                self._database.create()
            self._database.make_ready(self._clock)
        except BaseException:
            self._database.close()
            raise
        self._knowledge = Knowledge(self._database)
        self._frozen: dict[tuple[str, str, date | None, tuple[str, ...]], tuple[Case, tuple[Problem, ...]]] = {}

    @classmethod
    def create(cls, url: str) -> Register:
        """A new register; a RegisterError if there is something at the address."""
        if is_there(url):
            raise RegisterError(f"{url} is there already; open it, or choose another address")
        return cls(url)

    @classmethod
    def open(cls, url: str) -> Register:
        """A register that exists; a RegisterError if there is none."""
        if not is_there(url):
            raise RegisterError(f"there is no register at {url or 'an empty address'}; make one, or check the address")
        return cls(url)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def add(self, reading: Reading) -> int:
        """Add a report and what it says, all of it or nothing.

        Parameters
        ----------
        reading : Reading

        Returns
        -------
        int
            How many statements were new; adding the same reading again adds nothing.

        Raises
        ------
        InputError
            If a statement does not quote the report.
        RegisterError
            If the register cannot be written; then nothing was.
        """
        with self._database.writing() as connection:
            return ingest.add_readings(connection, [reading], self._clock())

    def add_many(self, readings: Iterable[Reading]) -> int:
        """Add reports as they come, some hundred at a time, each batch whole or not; how many statements were new."""
        new = 0
        waiting = iter(readings)
        while batch := list(islice(waiting, _REPORTS_AT_ONCE)):
            with self._database.writing() as connection:
                new += ingest.add_readings(connection, batch, self._clock())
        return new

    def add_case(self, case: Case) -> int:
        """Add a record: the shipped one, or a colleague's six files, with their own ids; how many rows were new."""
        with self._database.writing() as connection:
            return ingest.add_case(connection, case, self._clock())

    def judge(self, judgement: Judgement, *, saw: str = "") -> str:
        """Add what a person decided; a new row, never an edit.

        Parameters
        ----------
        judgement : Judgement
        saw : str
            Hash of what the judge saw, from :meth:`view`; empty if that is not known.

        Returns
        -------
        str
            Id of the judgement.

        Raises
        ------
        InputError
            If it is about something that is not here, or would put persons of two regimes together.
        RegisterError
            If what the judge saw has changed since.
        """
        with self._database.writing() as connection:
            judgement = review.about_known(connection, judgement)
            review.check_judgement(connection, judgement)
            review.check_view(connection, judgement, saw)
            ingest.add_judgement(connection, judgement, saw, self._clock())
        return judgement.id

    def view(self, *ids: str) -> dict[str, Any]:
        """What a judge of these ids sees, with its hash for :meth:`judge`.

        Raises
        ------
        InputError
            If an id is not in the register.
        """
        with self._database.reading() as connection:
            return review.view(connection, ids)

    def correct(self, statement_id: str, *, by: str, reason: str, saw: str = "", **changes: Any) -> Statement:
        """Put a statement beside one that is wrong, and reject the old one; both are kept.

        Parameters
        ----------
        statement_id : str
            The one that is wrong.
        by, reason : str
            Who says so, and why.
        saw : str
            As for :meth:`judge`.
        **changes
            What is right: ``object``, ``predicate``, ``when``, ``status``...

        Returns
        -------
        Statement
            The new one.
        """
        with self._database.writing() as connection:
            old = review.statement_of(connection, statement_id)
            new = review.corrected(old, by, **changes)
            at = self._clock()
            no = Judgement((statement_id,), Verdict.REJECT, by, at, f"{reason} (corrected by {new.id})")
            review.check_view(connection, no, saw)
            ingest.add_correction(connection, new, at)
            ingest.add_judgement(connection, no, saw, at)
        return new

    def undo(self, judgement_id: str, *, by: str, reason: str) -> str:
        """Take a judgement back, by a new row; the id of that row. An InputError if it is no judgement."""
        if all(made.id != judgement_id for made in self.judgements()):
            raise InputError(
                f"{judgement_id} is no judgement; `ostraka show` lists those on a statement, person or event"
            )
        no = Judgement((judgement_id,), Verdict.REJECT, by, self._clock(), reason)
        return self.judge(no)

    def erase(self, *ids: str, by: str, reason: str, words: Iterable[str] = ()) -> int:
        """Take words out of the register for good: of a person, a statement or a report; hashes stay in the log.

        Parameters
        ----------
        *ids : str
            A person (row or mention): every spelling that sources give, in every text, id and address. A
            statement: what it says and the words that say it. A report: its text and all it says.
        by, reason : str
            Who erases, and why, without the name; kept in the log for ever.
        words : iterable of str
            What else tells who it is: a nickname, a surname in a report that does not give the whole name.

        Returns
        -------
        int
            How many rows were written over.

        Raises
        ------
        InputError
            If there is nothing to erase, no reason, or the reason tells who it is.
        RegisterError
            If a row is not as the log has it.

        Notes
        -----
        Copies that were made earlier, of the file or by a migration, keep the words: erase them too. A report
        of which words were erased is not read again.
        """
        if not (by.strip() and reason.strip()):
            raise InputError("an erasure needs a reason and who asks for it")
        wanted = erasure.wanted(ids, words, lambda person: self._ask(person, views.called))
        with self._database.writing() as connection:
            count = erasure.erase(connection, wanted, by=by, reason=reason, at=self._clock())
        self._database.compact()
        return count

    def note(self, kind: str, body: Mapping[str, Any]) -> int:
        """Write into the log what was done without changing a row, such as a full export; the entry's number."""
        with self._database.writing() as connection:
            return audit.append(connection, kind, body, self._clock())

    def head(self) -> str:
        """Number and hash of the last entry of the log: keep it elsewhere and give it to :meth:`verify`."""
        with self._database.reading() as connection:
            return ":".join(map(str, audit.last(connection)))

    def verify(self, head: str = "") -> tuple[Problem, ...]:
        """What was changed behind the back of the register, row by row; empty if nothing was.

        If the rows are as they were, the file of names is compared with what they give.

        Parameters
        ----------
        head : str
            What :meth:`head` gave earlier; without it a log whose end was cut off cannot be told from a
            short one.
        """
        with self._database.reading() as connection, views.uncollected():
            return audit.verify(connection, head) or tuple(index.check(connection))

    def refile(self) -> None:
        """Make the file of names, posts and pages anew from the rows; the log does not speak of it."""
        self._database.file_anew()

    def regimes(self) -> tuple[str, ...]:
        """Regimes that a record is held of."""
        with self._database.reading() as connection:
            return fetch.regimes(connection)

    def readings(self, ids: Iterable[str] | None = None) -> tuple[Reading, ...]:
        """What each report says, or some by id, less what was rejected; in order of their ids."""
        with self._database.reading() as connection:
            return fetch.readings(connection, decide(fetch.judgements(connection)).rejected_ids, ids)

    def judgements(self) -> tuple[Judgement, ...]:
        """All judgements ever made, by id."""
        with self._database.reading() as connection:
            return fetch.judgements(connection)

    def freeze(
        self, regime: str, *, as_of: date | None = None, rule: Sequence[str] = RULE
    ) -> tuple[Case, tuple[Problem, ...]]:
        """What record and reports add up to, as knowable on a day.

        Parameters
        ----------
        regime : str
            Name or country code.
        as_of : date, optional
            Reports printed later are not used, nor rows of the record first printed later. None uses all.
        rule : sequence of str
            What decides between competing values, the weightiest first: ``confidence`` (how firmly it is
            said), ``date`` (how lately), ``origins`` (by how many that do not copy each other).

        Returns
        -------
        case : Case
        problems : tuple of Problem
            What was left out or not counted, and why.

        Raises
        ------
        InputError
            If nothing is known of the regime, or the day lies before the window of its record.
        """
        check_rule(rule)
        key = (self.head(), regime, as_of, tuple(rule))
        if key not in self._frozen:
            with views.uncollected():
                made = views.frozen(regime, self._knowledge.sources(regime), as_of, rule)
            current = {other: case for other, case in self._frozen.items() if other[0] == key[0]}
            self._frozen = dict([*current.items(), (key, made)][-_CASES_KEPT:])
        return self._frozen[key]

    def links(self, reading_id: str) -> tuple[Link, ...]:
        """What each person and event of a report met in the record and in other reports, and why.

        Parameters
        ----------
        reading_id : str
            Id of the report.

        Returns
        -------
        tuple of Link
            With everything known today; what the report could not have met when printed is marked.
        """
        reading = self._knowledge.reading(reading_id)
        found: dict[str, Link] = {}
        for regime in self._knowledge.regimes_of(reading):
            for item in link(reading, self._knowledge.neighbourhood(regime, reading)):
                if item.mention not in found or found[item.mention].verdict == "new":
                    found[item.mention] = item
        return tuple(found.values())

    def queue(self, regime: str) -> tuple[Doubt, ...]:
        """Pairs of persons and of events that a person has to decide, the most alike first."""
        return views.resolved(regime, self._knowledge.sources(regime)).doubts

    def conflicts(self, event_id: str, *, rule: Sequence[str] = RULE) -> tuple[Claimed, ...]:
        """For each field of an event or a person the values told, with statements and quotes, the preferred first.

        Parameters
        ----------
        event_id : str
            Row of a record, event of a frozen case, or mention of an event or a person in a report.
        rule : sequence of str
            As for :meth:`freeze`.

        Raises
        ------
        InputError
            If no record and no report tells of it.
        """
        check_rule(rule)
        return self._ask(event_id, partial(views.claimed, rule=rule))

    def open_seal(self, item: str, *, by: str, reason: str) -> tuple[Claimed, ...]:
        """As :meth:`conflicts`, with what is sealed; who looked, and why, is written into the log.

        Raises
        ------
        InputError
            Without a name or a reason, or if nothing is told of it.
        """
        if not (by.strip() and reason.strip()):
            raise InputError("who opens a seal says who they are and why")
        found = self._ask(item, partial(views.claimed, rule=RULE, sealed=True))
        self.note("seal opened", {"about": item, "by": by, "reason": reason})
        return found

    def _ask(self, item: str, ask: Callable[[str, str, Sources], T | None]) -> T:
        """The first answer that the sources of a regime give about a person or event."""
        for regime in self._knowledge.regimes():
            if found := ask(item, regime, self._knowledge.sources(regime)):
                return found
        raise InputError(f"there is no event or person {item!r} in the register, or all of it is sealed")

    def open_readings(self, regime: str, *, hidden: Iterable[str] = ()) -> tuple[Reading, ...]:
        """What each report says of a regime, less what was rejected or is sealed, and all on some rows of its case."""
        sources = self._knowledge.sources(regime)
        seals = Seals(sources.decisions, views.resolved(regime, sources), hidden)
        return tuple(map(seals.open_reading, sources.readings))
