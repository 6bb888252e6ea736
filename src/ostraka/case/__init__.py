"""The case: the frozen waist between the record wing and the science wing."""

from ostraka.case.arrays import CONFIDENCES, KINDS, EventArrays
from ostraka.case.case import Case, case_as_of
from ostraka.case.folder import case_files, load_case, save_case
from ostraka.case.shipped import shipped_case, shipped_folder, shipped_regimes

__all__ = [
    "CONFIDENCES",
    "KINDS",
    "Case",
    "EventArrays",
    "case_as_of",
    "case_files",
    "load_case",
    "save_case",
    "shipped_case",
    "shipped_folder",
    "shipped_regimes",
]
