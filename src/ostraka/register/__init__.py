"""The store of statements and judgements; the only place with SQL."""

from ostraka.register.claims import RULE, Claimed
from ostraka.register.links import Link
from ostraka.register.resolve import Doubt
from ostraka.register.store import Register

__all__ = ["RULE", "Claimed", "Doubt", "Link", "Register"]
