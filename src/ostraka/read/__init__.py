"""Reports become sourced statements.

One door in, one value out: :func:`read_text`, :func:`read_file` and :func:`read_paths` give a
:class:`Reading` of each report, beside the problems of the data.
"""

from ostraka.read.dates_in_text import DateMention, find_dates, parse_phrase
from ostraka.read.exchange import reading_json
from ostraka.read.names import NameComparison, compare_names
from ostraka.read.reader import read_file, read_paths, read_quickly, read_report, read_text
from ostraka.read.reading import ReadEvent, Reading, ReadPerson, ReadTie
from ostraka.read.report import load_report, load_reports
from ostraka.read.sentences import split_sentences

__all__ = [
    "DateMention",
    "NameComparison",
    "ReadEvent",
    "ReadPerson",
    "ReadTie",
    "Reading",
    "compare_names",
    "find_dates",
    "load_report",
    "load_reports",
    "parse_phrase",
    "read_file",
    "read_paths",
    "read_quickly",
    "read_report",
    "read_text",
    "reading_json",
    "split_sentences",
]
