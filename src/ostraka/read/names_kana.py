"""Names in Japanese kana, brought to Latin letters mora by mora, so that Korean syllables can be read from them."""

from __future__ import annotations

import re
import unicodedata

_ROWS = {
    "アイウエオ": "",
    "カキクケコ": "k",
    "サシスセソ": "s",
    "タチツテト": "t",
    "ナニヌネノ": "n",
    "ハヒフヘホ": "h",
    "マミムメモ": "m",
    "ラリルレロ": "r",
    "ガギグゲゴ": "g",
    "ザジズゼゾ": "j",
    "ダヂヅデド": "d",
    "バビブベボ": "b",
    "パピプペポ": "p",
}
_MORAS = {
    **{kana: row + vowel for kanas, row in _ROWS.items() for kana, vowel in zip(kanas, "aiueo", strict=True)},
    "ヤ": "ya",
    "ユ": "yu",
    "ヨ": "yo",
    "ワ": "wa",
    "ン": "n",
    "ッ": "q",
    "チ": "chi",
    "ツ": "tsu",
    "ヴ": "bu",
}
_SMALL = {"ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o", "ャ": "ya", "ュ": "yu", "ョ": "yo"}
_GLIDES = {"フ": "f", "ウ": "w", "ク": "kw", "グ": "gw", "イ": "y"}
_MORA = re.compile(rf"([{''.join(_MORAS)}])([{''.join(_SMALL)}]?)")
_TO_KATAKANA = {code: code + 96 for code in range(0x3041, 0x3097)}


def kana_to_latin(word: str) -> str:
    """One word in katakana or hiragana in Latin letters; other characters are left out.

    Examples
    --------
    >>> [kana_to_latin(word) for word in ("キム", "ジョンウン", "ファン", "チェ", "グォン")]
    ['kimu', 'jonun', 'fan', 'che', 'gwon']
    """
    katakana = unicodedata.normalize("NFKC", word).translate(_TO_KATAKANA)
    return "".join(_read(match[1], match[2]) for match in _MORA.finditer(katakana))


def _read(kana: str, small: str) -> str:
    mora = _MORAS[kana]
    if not small:
        return mora
    vowel = _SMALL[small]
    head = _GLIDES.get(kana, mora.rstrip("aiueo")) if len(vowel) == 1 else mora.rstrip("aiueo")
    return head + (vowel.removeprefix("y") if head in {"ch", "j"} else vowel)
