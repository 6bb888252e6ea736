"""What goes out to other programs and comes in from them."""

from ostraka.register.exchange.doors import FORMATS, export
from ostraka.register.exchange.entities import is_ftm, read_ftm
from ostraka.register.exchange.redact import Redaction, redact
from ostraka.register.exchange.spreadsheet import FIELDS, own_columns, read_spreadsheet

__all__ = [
    "FIELDS",
    "FORMATS",
    "Redaction",
    "export",
    "is_ftm",
    "own_columns",
    "read_ftm",
    "read_spreadsheet",
    "redact",
]
