"""Words for people by what they do that stand in no table: "a programmer of the bureau", "the camp's overseer"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ostraka.read.lexicon import RoleHead, elite_modifiers
from ostraka.read.noun import number_at
from ostraka.read.places import PlaceKind
from ostraka.read.tokens import word_set

if TYPE_CHECKING:
    from ostraka.read.bodies import Ground

SHORTEST = 5
"""Letters of the shortest such word."""
_NO_PLURALS = frozenset({"Swiss", "Portuguese"})

_ENDINGS = (
    *(
        "er",
        "or",
        "ist",
        "ian",
        "man",
        "woman",
        "eer",
        "crat",
        "smith",
        "master",
        "keeper",
        "holder",
        "hand",
        "mate",
        "herd",
        "ee",
        "arch",
    ),
    *(
        "ers",
        "ors",
        "ists",
        "ians",
        "men",
        "women",
        "eers",
        "crats",
        "smiths",
        "masters",
        "keepers",
        "holders",
        "ees",
        "hands",
        "mates",
    ),
)
_THINGS = word_set(
    "letter matter order number paper water river power computer center centre chapter charter corner danger disaster dinner disorder finger"
    " fever quarter border chamber register shelter tower winter summer weather helicopter carrier freighter tanker bomber cruiser destroyer"
    " steamer trailer newspaper laser transfer murder offer answer error terror mirror factor sector reactor tractor vector motor monitor"
    " corridor minor other another former latter after never ever over under former later earlier older younger elder larger smaller higher"
    " lower whether together rather either neither anger hunger consumer container counter cover cluster daughter mother father brother sister"
    " encounter filter folder hammer holder layer lever liver manner marker master meter metre moreover offender partner per pepper peer plaster"
    " poster prayer printer proper remainder reminder river roster rubber ruler scooter server silver slander slaughter soccer soever spider"
    " steer sticker stranger super supper temper theater theatre thriller thunder timber trigger upper user utter wander wonder committee degree"
    " coffee fee tree three see free agree guarantee knee list mist resist exist consist assist insist persist twist fist communist socialist"
    " nationalist maoist marxist leninist islamist royalist loyalist terrorist capitalist human roman german woman man women men door floor poor"
    " color colour honor honour labor labour favor favour flavor behavior vapor armor humor rumor tumor razor anchor author doctor major mayor"
    " actor visitor supporter successor predecessor ancestor survivor interior exterior superior inferior prior senior junior warrior indoor outdoor"
    " career pioneer volunteer deer beer cheer sheer career march monarch patriarch research search church hierarch matriarch starch inch"
    " hand second-hand beforehand firsthand climate estimate ultimate intimate legitimate approximate primate fighter launcher missile sniper"
    " buyer seller owner winner loser leader speaker caller teenager pensioner foreigner commoner villager dealer letters matters orders numbers"
    " papers waters rivers powers computers centers centres chapters corners dangers disasters quarters borders chambers towers headquarters"
    " factors sectors reactors errors offers answers others newspapers helicopters carriers doors floors terms hands fighters years civilian"
    " civilians italian russian syrian iranian belarusian ukrainian egyptian asian indian christian librarian vegetarian authoritarian median"
    " fees trees degrees committees committeemen refugee refugees escapee escapees murderer killer tender surrender gender"
)
_BEFORE = word_set("a an the his her former one another of ex- their its")
_AFTER = word_set(
    "who whom whose named called known identified , . ( ) has had was is were have at of for in from with on and to by on working serving posted"
    " based stationed fled left went came sought told said defected escaped vanished disappeared ;"
)
_REACH = 3


def is_calling_word(text: str, low: str) -> bool:
    """Whether a word outside the tables may tell a role by its ending."""
    return len(low) >= SHORTEST and text == low and low.endswith(_ENDINGS) and low not in _THINGS and low.isalpha()


def calling_at(ground: Ground, at: int) -> RoleHead | None:
    """The role that a word outside the tables tells, if its ending and its neighbours make it one.

    Parameters
    ----------
    ground : Ground
    at : int
        The word.
    """
    tokens = ground.tokens
    low = tokens[at].low
    if not is_calling_word(tokens[at].text, low):
        return None
    following = ground.low(at + 1)
    if not (following == "" or following in _AFTER or (following.endswith("ed") and len(following) > 4)):
        return None
    near = (ground.places[k] for k in range(max(0, at - _REACH), at))
    led = any(row is not None and row[0] >= at - 1 for row in near)
    led = led or any(tokens[k].low in _BEFORE for k in range(max(0, at - _REACH), at))
    return RoleHead(low, 3, "other", plain=True) if led else None


def people_at(ground: Ground, at: int) -> tuple[int, RoleHead] | None:
    """Such as "two senior North Koreans": a people's name as a head, after an adjective or a number."""
    place, tokens = ground.places[at], ground.tokens
    if place is None or at == 0 or place[1].kind is not PlaceKind.DEMONYM or place[1].name in _NO_PLURALS:
        return None
    if not tokens[place[0] - 1].low.endswith("s"):
        return None
    tier = 3 if tokens[at - 1].low in elite_modifiers() else 0
    fits = tier or number_at(tokens, at - 1) is not None
    return (place[0], RoleHead("north koreans", tier, "other")) if fits else None
