"""Plurals that mean people, whatever the list of roles knows of them: "eleven scholars", "six Libyans"."""

from __future__ import annotations

from collections.abc import Sequence

from ostraka.read.places import PlaceKind, gazetteer
from ostraka.read.tokens import Token, word_set

_ENDINGS = tuple("ers ors ists ians crats mates fellows folk men women ees ants guards".split())  # noqa: SIM905
_OTHERS = word_set(
    "wives widows clerks monks nuns orphans youths cadets pupils scholars comrades intellectuals guests hostages relatives criminals radicals officials generals attaches attachés"
    " envoys spies graduates advocates candidates delegates associates students agents dissidents opponents"
    " residents patients insurgents adherents adolescents adults babies boys girls children nobles princes"
    " princesses priests imams clerics poets kings judges nationals locals captives suspects culprits thieves"
    " bandits rebels guerrillas partisans martyrs exiles recipients signatories aides chiefs heads nurses"
    " chauffeurs cooks stewards individuals recruits conscripts victims witnesses staff personnel crew faithful"
    " dead wounded injured missing fatalities casualties dependents professionals amateurs athletes folk tycoons"
    " bosses consuls vice-consuls marshals admirals colonels corporals privates commissars apparatchiks cronies"
    " protégés proteges relations kin souls heretics executives presidents vice-presidents experts companions"
    " magistrates veterans correspondents marines bishops archbishops pilgrims prefects rivals fugitives alternates"
    " compatriots incumbents notables shepherds cosmonauts astronauts convicts mechanics couples stewardesses"
    " regents heroes irregulars subordinates plaintiffs conservatives dignitaries academics laureates addicts"
    " accomplices entrepreneurs detectives confederates foes enemies guides principals homeless mistresses voivodes"
    " oligarchs monarchs tsars brides sheikhs sheiks mullahs ayatollahs emirs sultans warlords barons serfs slaves"
    " renegades turncoats apostates runaways stowaways expatriates émigrés emigres moles jihadis hooligans"
    " passers-by vips mercenaries commandos troops police gendarmes legionnaires militia paratroops"
)
_THINGS = word_set(
    "papers letters numbers orders matters waters rivers powers computers centers chapters corners dangers"
    " disasters dinners fingers borders chambers registers shelters towers winters summers helicopters carriers"
    " freighters tankers bombers cruisers destroyers steamers trailers newspapers lasers transfers offers answers"
    " errors mirrors factors sectors reactors tractors vectors motors monitors corridors others brothers sisters"
    " mothers fathers daughters containers counters covers clusters filters folders hammers layers levers manners"
    " markers meters kilometers centimeters posters prayers printers reminders rosters scooters servers theaters"
    " thrillers triggers committees degrees trees knees lists fists doors floors colors honors labors favors humors"
    " rumors tumors razors anchors careers launchers quarters headquarters banners buffers bunkers lockers drawers"
    " parameters stickers trousers loudspeakers typewriters boilers flowers showers feathers ladders shoulders"
    " cylinders ledgers barriers plants warrants restaurants elephants grants covenants implants pants variants"
    " remnants pollutants guarantees copters choppers bulldozers murders surrenders tenders genders binders"
    " encounters semesters newsletters sweaters slippers craters heaters lighters chargers rollers mixers coolers"
    " frees flees agrees decrees wants enters considers delivers suffers differs airliners boosters elevators"
    " generators calculators detectors indicators projectors transistors"
)
_PEOPLES = word_set(
    "arabs kurds turks jews muslims sikhs serbs croats tajiks uzbeks kazakhs tatars chechens uighurs uyghurs hutus tutsis shiites shias"
    " sunnis druze alawites copts yazidis pashtuns hazaras rohingya karens kachins shans balts cossacks"
)
_NO_PLURALS = frozenset({"Swiss", "Portuguese"})
_SHORTEST = 5
_CLOSING = word_set(
    "and or who in from to had have was were has is are that which for with at by on as but than if when since"
)


def crowd_end(tokens: Sequence[Token], k: int) -> int:
    """Where a plural of people that begins at word `k` ends; 0 if there is none."""
    token = tokens[k]
    if token.text[0].isupper():
        return _people_end(tokens, k)
    return k + 1 if is_crowd(token.low) else 0


def is_crowd(low: str) -> bool:
    """Whether a word in lower case is a plural of people.

    Examples
    --------
    >>> is_crowd("fitters"), is_crowd("helicopters")
    (True, False)
    """
    low = low.removeprefix("ex-")
    return low in _OTHERS or (len(low) >= _SHORTEST and low.endswith(_ENDINGS) and low not in _THINGS)


def _people_end(tokens: Sequence[Token], k: int) -> int:
    """Such as "Libyans", "North Koreans", and "Chinese" where no noun follows."""
    if tokens[k].low in _PEOPLES:
        return k + 1
    found = gazetteer().longest(tokens, k)
    if found is None or found[1].kind is not PlaceKind.DEMONYM:
        return 0
    stop = found[0]
    last, then = tokens[stop - 1].low, tokens[stop].low if stop < len(tokens) else "."
    if last.endswith(("s", "men")) and found[1].name not in _NO_PLURALS:
        return stop
    bare = not then[0].isalpha() or then in _CLOSING or then.endswith("ed")
    return stop if last.endswith("ese") and bare else 0
