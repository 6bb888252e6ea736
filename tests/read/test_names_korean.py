"""Korean names that the rules have not seen: spellings made by each system's own rules, and attested ones.

The romanisers here are written from the published rules of each system, whole words with their sound changes,
and share nothing with the lattice that they test.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import combinations

from ostraka.read.names import Verdict, compare_names
from ostraka.read.names_han import hangul_readings, pinyin_readings, syllables

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
CODAS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"

MR_VOWELS = dict(
    zip(
        VOWELS,
        [
            "a",
            "ae",
            "ya",
            "yae",
            "ŏ",
            "e",
            "yŏ",
            "ye",
            "o",
            "wa",
            "wae",
            "oe",
            "yo",
            "u",
            "wŏ",
            "we",
            "wi",
            "yu",
            "ŭ",
            "ŭi",
            "i",
        ],
        strict=True,
    )
)
RR_VOWELS = dict(
    zip(
        VOWELS,
        [
            "a",
            "ae",
            "ya",
            "yae",
            "eo",
            "e",
            "yeo",
            "ye",
            "o",
            "wa",
            "wae",
            "oe",
            "yo",
            "u",
            "wo",
            "we",
            "wi",
            "yu",
            "eu",
            "ui",
            "i",
        ],
        strict=True,
    )
)
NORTH_VOWELS = dict(
    zip(
        VOWELS,
        [
            "a",
            "ae",
            "ya",
            "yae",
            "o",
            "e",
            "yo",
            "ye",
            "o",
            "wa",
            "wae",
            "oe",
            "yo",
            "u",
            "wo",
            "we",
            "wi",
            "yu",
            "u",
            "ui",
            "i",
        ],
        strict=True,
    )
)
PRESS_VOWELS = RR_VOWELS | {"ㅓ": "u", "ㅕ": "yu", "ㅜ": "oo", "ㅢ": "ee", "ㅡ": "eu", "ㅚ": "oi"}

ASPIRATES = {"ㅊ": "ch'", "ㅋ": "k'", "ㅌ": "t'", "ㅍ": "p'"}
NORTH_ASPIRATES = {"ㅊ": "ch", "ㅋ": "kh", "ㅌ": "th", "ㅍ": "ph"}
PLAIN = {
    "ㄴ": "n",
    "ㅁ": "m",
    "ㅅ": "s",
    "ㅇ": "",
    "ㅎ": "h",
    "ㄲ": "kk",
    "ㄸ": "tt",
    "ㅃ": "pp",
    "ㅆ": "ss",
    "ㅉ": "tch",
}
HARD, SOFT = {"ㄱ": "k", "ㄷ": "t", "ㅂ": "p", "ㅈ": "ch"}, {"ㄱ": "g", "ㄷ": "d", "ㅂ": "b", "ㅈ": "j"}
CODA = {" ": "", "ㄱ": "k", "ㄴ": "n", "ㄷ": "t", "ㄹ": "l", "ㅁ": "m", "ㅂ": "p", "ㅅ": "t", "ㅇ": "ng"}
Y_VOWELS = set("ㅑㅒㅕㅖㅛㅠㅣ")


def letters(syllable: str) -> tuple[str, str, str]:
    n = ord(syllable) - 0xAC00
    return INITIALS[n // 588], VOWELS[n % 588 // 28], CODAS[n % 28]


def southern(hangul: str) -> str:
    """The initial-sound rule of the South, at the head of family and given name."""
    return _south(hangul[0]) + _south(hangul[1]) + hangul[2:]


def _south(syllable: str) -> str:
    initial, vowel, _ = letters(syllable)
    if initial == "ㄹ":
        return chr(ord(syllable) + (INITIALS.index("ㅇ" if vowel in Y_VOWELS else "ㄴ") - INITIALS.index("ㄹ")) * 588)
    return syllable


def mccune(hangul: str, *, marks: bool = True, hyphen: str = "-") -> str:
    hangul = southern(hangul)
    family, given = _mr_word(hangul[0], hyphen), _mr_word(hangul[1:], hyphen)
    if hangul[0] == "이":
        family = "yi"
    text = f"{family.capitalize()} {given.capitalize()}"
    return text if marks else text.translate(str.maketrans("ŏŭŎŬ", "ouOU", "'"))


def _mr_word(word: str, hyphen: str) -> str:  # noqa: C901 - the rules of one system in one place
    parts, before = [], ""
    for i, syllable in enumerate(word):
        initial, vowel, coda = letters(syllable)
        following = letters(word[i + 1])[0] if i + 1 < len(word) else ""
        if initial == "ㄹ":
            onset = "r" if before in {"", " "} else ("l" if before in {"ㄹ", "ㄴ"} else "n")
        elif initial == "ㄴ" and before == "ㄹ":
            onset = "l"
        elif initial in SOFT:
            sonorant = before in {" ", "ㄴ", "ㅁ", "ㅇ"} or (before == "ㄹ" and initial in "ㄱㅂ")
            onset = SOFT[initial] if sonorant else HARD[initial]
        elif initial == "ㅅ" and vowel == "ㅟ":
            onset = "sh"
        else:
            onset = ASPIRATES.get(initial) or PLAIN[initial]
        final = CODA.get(coda, "t")
        if following in {"ㄴ", "ㅁ", "ㄹ"}:
            final = {"k": "ng", "p": "m", "t": "n"}.get(final, final)
        if coda == "ㄴ" and following == "ㄹ":
            final = "l"
        if coda == "ㄹ" and following in {"ㅇ", "ㅎ"}:
            final = "r"
        if coda == "ㄱ" and following == "ㅇ":
            final = "g"
        if coda == "ㅂ" and following == "ㅇ":
            final = "b"
        parts.append(onset + MR_VOWELS[vowel] + final)
        before = coda
    return hyphen.join(parts)


def revised(hangul: str, *, hyphen: str = "-") -> str:
    """The South's system as it is for names: no sound changes across the hyphen."""
    hangul = southern(hangul)
    onsets = PLAIN | {
        "ㄱ": "g",
        "ㄷ": "d",
        "ㅂ": "b",
        "ㅈ": "j",
        "ㄹ": "r",
        "ㅊ": "ch",
        "ㅋ": "k",
        "ㅌ": "t",
        "ㅍ": "p",
        "ㅉ": "jj",
    }
    words = [onsets[i] + RR_VOWELS[v] + CODA.get(c, "t") for i, v, c in map(letters, hangul)]
    return f"{words[0].capitalize()} {hyphen.join(words[1:]).capitalize()}"


def northern(hangul: str, *, hyphen: str = " ") -> str:
    words = []
    before = ""
    for place, syllable in enumerate(hangul):
        initial, vowel, coda = letters(syllable)
        lax = {"ㄱ": "k", "ㄷ": "t", "ㅂ": "p", "ㅈ": "j"}
        voiced = place >= 2 and before in {" ", "ㄴ", "ㄹ", "ㅁ", "ㅇ"}
        onset = (
            (SOFT if voiced else lax).get(initial)
            or NORTH_ASPIRATES.get(initial)
            or ("r" if initial == "ㄹ" else PLAIN[initial])
        )
        words.append(onset + NORTH_VOWELS[vowel] + CODA.get(coda, "t"))
        before = coda
    family, *given = (word.capitalize() for word in words)
    return (
        f"{family} {' '.join(given)}" if hyphen == " " else f"{family} {given[0]}{hyphen}{''.join(given[1:]).lower()}"
    )


FAMILY_PRESS = {
    "리": "Lee", "박": "Park", "최": "Choi", "정": "Chung", "조": "Cho", "윤": "Yoon", "장": "Chang", "림": "Lim", "오": "Oh",
    "서": "Suh", "신": "Shin", "권": "Kwon", "안": "Ahn", "전": "Jun", "류": "Yoo", "고": "Koh", "문": "Moon", "손": "Sohn",
    "배": "Bae", "백": "Paik", "허": "Huh", "심": "Shim", "로": "Roh", "곽": "Kwak", "성": "Sung", "우": "Woo", "주": "Joo",
    "김": "Kim", "강": "Kang", "황": "Hwang", "한": "Han", "홍": "Hong", "송": "Song", "양": "Yang", "남": "Nam", "태": "Tae",
    "현": "Hyun", "렴": "Yum", "변": "Byun",
}  # fmt: skip


def press(hangul: str, *, hyphen: str = "-") -> str:
    onsets = PLAIN | {
        "ㄱ": "k",
        "ㄷ": "d",
        "ㅂ": "b",
        "ㅈ": "j",
        "ㄹ": "r",
        "ㅊ": "ch",
        "ㅋ": "k",
        "ㅌ": "t",
        "ㅍ": "p",
        "ㅉ": "j",
    }
    given = []
    for place, (initial, vowel, coda) in enumerate(map(letters, southern(hangul)[1:])):
        spelled = (
            "woo"
            if (initial, vowel, coda) == ("ㅇ", "ㅜ", " ")
            else onsets[initial] + PRESS_VOWELS[vowel] + CODA.get(coda, "t")
        )
        if vowel == "ㅓ" and coda == " ":
            spelled = onsets[initial] + "eo"
        if vowel == "ㅜ" and coda != " ":
            spelled = onsets[initial] + "u" + CODA.get(coda, "t")
        given.append(spelled if place else spelled.replace("yung", "young") if initial == "ㅇ" else spelled)
    return f"{FAMILY_PRESS[hangul[0]]} {hyphen.join(given).capitalize()}"


CYR_VOWELS = dict(
    zip(
        VOWELS,
        [
            "а",
            "э",
            "я",
            "йя",
            "о",
            "е",
            "ё",
            "йе",
            "о",
            "ва",
            "вэ",
            "ве",
            "ё",
            "у",
            "во",
            "ве",
            "ви",
            "ю",
            "ы",
            "ый",
            "и",
        ],
        strict=True,
    )
)


def kontsevich(hangul: str) -> str:
    hard = {"ㄱ": "к", "ㄷ": "т", "ㅂ": "п", "ㅈ": "ч", "ㄹ": "р", "ㄴ": "н", "ㅁ": "м", "ㅅ": "с", "ㅇ": "", "ㅎ": "х"}
    hard |= {"ㅊ": "чх", "ㅋ": "кх", "ㅌ": "тх", "ㅍ": "пх", "ㄲ": "кк", "ㄸ": "тт", "ㅃ": "пп", "ㅆ": "сс", "ㅉ": "чч"}
    soft = {"ㄱ": "г", "ㄷ": "д", "ㅂ": "б", "ㅈ": "дж"}
    codas = {" ": "", "ㄱ": "к", "ㄴ": "н", "ㄹ": "ль", "ㅁ": "м", "ㅂ": "п", "ㅅ": "т", "ㅇ": "н"}
    words, before = [], ""
    for place, syllable in enumerate(hangul):
        initial, vowel, coda = letters(syllable)
        voiced = place >= 2 and before in {" ", "ㄴ", "ㄹ", "ㅁ", "ㅇ"}
        onset = soft.get(initial, hard[initial]) if voiced else hard[initial]
        words.append((onset + CYR_VOWELS[vowel] + codas.get(coda, "т")).capitalize())
        before = coda
    return " ".join(words)


FAMILIES = list(FAMILY_PRESS)
GIVEN = list(
    "영철호성일국남수정학명진혁길봉춘광룡훈식희순옥화경선미향란숙금련해림덕원형기석준철혜주현범동태평만근률렬섭엽택봉관극록"
)


def invented_names(n: int, seed: int) -> list[str]:
    chance = random.Random(seed)  # noqa: S311
    return [chance.choice(FAMILIES) + chance.choice(GIVEN) + chance.choice(GIVEN) for _ in range(n)]


SYSTEMS: dict[str, Callable[[str], str]] = {
    "mr": mccune,
    "mr_plain": lambda h: mccune(h, marks=False),
    "mr_joined": lambda h: mccune(h, hyphen=""),
    "rr": revised,
    "rr_joined": lambda h: revised(h, hyphen=""),
    "north": northern,
    "north_hyphen": lambda h: northern(h, hyphen="-"),
    "press": press,
    "hangul": lambda h: h,
    "southern": southern,
    "cyrillic": kontsevich,
}


def positives(n: int, seed: int) -> list[tuple[str, str]]:
    chance = random.Random(seed)  # noqa: S311
    pairs = []
    for name in invented_names(n, seed):
        a, b = chance.sample(list(SYSTEMS), 2)
        pairs.append((SYSTEMS[a](name), SYSTEMS[b](name)))
    return pairs


def _spelled_alike(a: str, b: str) -> bool:
    """Two native names that some system spells alike: no reader can part them."""
    return any(system(a).lower() == system(b).lower() for system in SYSTEMS.values())


def negatives(n: int, seed: int) -> list[tuple[str, str]]:
    """The same family and one syllable of the given name in common, as kin and colleagues have."""
    chance = random.Random(seed)  # noqa: S311
    pairs: list[tuple[str, str]] = []
    while len(pairs) < n:
        [name] = invented_names(1, chance.randrange(10**9))
        other = chance.choice(GIVEN)
        kin = chance.choice([name[0] + other + name[2], name[0] + name[1] + other, name[0] + name[2] + name[1]])
        if southern(kin) != southern(name) and not _spelled_alike(kin, name):
            a, b = chance.choices(list(SYSTEMS), k=2)
            pairs.append((SYSTEMS[a](name), SYSTEMS[b](kin)))
    return pairs


def f1(same: list[tuple[str, str]], different: list[tuple[str, str]]) -> float:
    hits = sum(compare_names(a, b).verdict is Verdict.SAME for a, b in same)
    false = sum(compare_names(a, b).verdict is Verdict.SAME for a, b in different)
    return 2 * hits / (hits + false + len(same))


ATTESTED = """
Hong Yong-pyo=홍용표=Hong Yong Pyo; Yun Byung-se=윤병세=Yun Pyŏng-se; Chung Eui-yong=정의용=Chŏng Ŭi-yong; Suh Hoon=서훈=So Hun;
Cho Myoung-gyon=조명균=Jo Myong Gyun; Kang Kyung-wha=강경화=Kang Kyong Hwa; Song Young-moo=송영무=Song Yong-mu;
Ban Ki-moon=반기문=Pan Ki Mun; Han Duck-soo=한덕수=Han Tŏk-su; Yoon Suk-yeol=윤석열=Yun Sok Yol; Lee Jae-myung=이재명=Ri Jae Myong;
Moon Jae-in=문재인=Mun Chae-in; Lee Myung-bak=이명박=Ri Myong Bak; Kim Dae-jung=김대중=Kim Tae-jung; Kim Young-sam=김영삼=Kim Yong Sam;
Chun Doo-hwan=전두환=Chon Tu-hwan; Roh Tae-woo=노태우=No T'ae-u; Park Chung-hee=박정희=Pak Chŏng-hŭi; Hwang Kyo-ahn=황교안=Hwang Kyo An;
Paek Nam-sun=백남순=Baek Nam-sun; Paik Sun-yup=백선엽=Paek Son-yop; Ju Kyu-chang=주규창=Chu Kyu-chang; Jon Pyong-ho=전병호=Chon Pyong-ho;
Kim Ki-nam=김기남=Kim Gi-nam; Choe Thae-bok=최태복=Choe Tae-bok; Pak To-chun=박도춘=Park Do-chun; Mun Kyong-dok=문경덕=Moon Kyong-duk;
Thae Jong-su=태종수=Tae Jong-su; Ri Yong-mu=리용무=Ri Yong Mu; Kim Yong-nam=김영남=Kim Young-nam; Choe Yong-rim=최영림=Choe Yŏng-nim;
Pyon Yong-rip=변영립=Byon Yong-rip; Ju Sang-song=주상성=Chu Sang-song; Kim Rak-hui=김락희=Kim Nak-hui; Hong Sok-hyong=홍석형=Hong Sŏk-hyŏng;
Kim Yang-gon=김양건=Kim Yang-kon; Kim Jong-gak=김정각=Kim Chong-gak; Ri Pyong-chol=리병철=Ri Byong-chol; Pak Jong-chon=박정천=Park Jong-chon;
No Kwang-chol=노광철=No Kwang Chol; Kim Su-gil=김수길=Kim Soo-gil; Jo Yong-won=조용원=Cho Yong-won; Kim Tok-hun=김덕훈=Kim Deok-hun;
Kim Jae-ryong=김재룡=Kim Chae-ryong; Ri Man-gon=리만건=Lee Man-gon; Choe Hwi=최휘=Choi Hwi; An Jong-su=안정수=Ahn Jong-su;
Kim Phyong-hae=김평해=Kim Pyong-hae; Jong Kyong-thaek=정경택=Jong Kyong-taek; O Su-yong=오수용=Oh Su-yong; Kwak Pom-gi=곽범기=Kwak Bum-ki;
Jo Chun-ryong=조춘룡=Cho Chun-ryong; O Il-jong=오일정=O Il Jong; Pak Thae-song=박태성=Pak Tae-song; Pak Thae-dok=박태덕=Park Tae-dok;
Ri Son-gwon=리선권=Ri Son Gwon; Hyon Song-wol=현송월=Hyun Song-wol; Ri Thae-song=리태성=Ri Tae-song; Im Chon-il=임천일=Im Chŏn-il;
Ja Song-nam=자성남=Ja Song Nam; Sin Son-ho=신선호=Sin Sŏn-ho; Pak Kil-yon=박길연=Pak Gil-yon; So Se-pyong=서세평=So Se Pyong;
Han Tae-song=한대성=Han Dae-song; Hyon Hak-bong=현학봉=Hyun Hak-bong; Ji Jae-ryong=지재룡=Ji Jae Ryong; Sin Hong-chol=신홍철=Shin Hong-chol;
Kim Hyong-jun=김형준=Kim Hyŏng-jun; Ri Tong-il=리동일=Ri Dong-il; Choe Il=최일=Choi Il; Kim Song-ho=김성호=Kim Sung-ho;
Pak Sang-hak=박상학=Park Sang-hak; Kim Song-min=김성민=Kim Seong-min; Ju Song-ha=주성하=Joo Seong-ha; Ji Seong-ho=지성호=Ji Sung-ho;
Ahn Chan-il=안찬일=An Chan-il; Kim Kuk-song=김국성=Kim Kuk Song; Ri Jong-ho=리정호=Lee Jeong-ho; Choe Kum-chol=최금철=Choi Kum-chol;
Ro Song-sil=로성실=No Song-sil; Ryang Man-gil=량만길=Yang Man-gil; Rim Kwang-il=림광일=Lim Kwang-il; Ryo Won-gu=려원구=Yo Won-gu;
Ryom Chol-song=렴철성=Yom Chol-song; Kye Ung-thae=계응태=Kye Ung-tae; Yon Hyong-muk=연형묵=Yon Hyong Muk; Hong Song-nam=홍성남=Hong Sŏng-nam;
Kang Song-san=강성산=Kang Sŏng-san; Pak Song-chol=박성철=Pak Sung-chul; Kim Il-chol=김일철=Kim Il Chol; Jo Se-ung=조세웅=Cho Se-ung;
Kim Kuk-thae=김국태=Kim Kuk-tae; Kim Jung-rin=김중린=Kim Chung-nin; Ri Jong-ok=리종옥=Yi Chong-ok; Ho Tam=허담=Heo Dam; Ho Jong-suk=허정숙=Ho Chong-suk;
Pak Hon-yong=박헌영=Pak Hŏn-yŏng; Choe Yong-gon=최용건=Ch'oe Yong-gŏn; Kim Tu-bong=김두봉=Kim Tubong; Pak Kum-chol=박금철=Pak Kŭm-ch'ŏl
"""

PASSPORTS = """
Syngman Rhee=이승만; Lim Dong-won=임동원; Kim Jong Pil=김종필; Lee Hoi-chang=이회창; Chung Mong-joon=정몽준; Kim Moo-sung=김무성;
Goh Kun=고건; Han Seung-soo=한승수; Lee Nak-yon=이낙연; Choo Mi-ae=추미애; Suh Chung-won=서청원; Rhyu Si-min=유시민; Lee Hae-chan=이해찬;
Yoo Seong-min=유승민; Sohn Hak-kyu=손학규; Ahn Cheol-soo=안철수; Hong Joon-pyo=홍준표; Sim Sang-jung=심상정; Won Hee-ryong=원희룡;
Nam Kyung-pil=남경필; Oh Se-hoon=오세훈; Park Won-soon=박원순; Kim Boo-kyum=김부겸; Chung Sye-kyun=정세균; Lee Wan-koo=이완구;
Chung Hong-won=정홍원; Kim Hwang-sik=김황식; Han Myeong-sook=한명숙; Shin Won-sik=신원식; Cho Tae-yong=조태용; Kim Yung-ho=김영호;
Kwon Young-se=권영세; Lee In-young=이인영; Park Jie-won=박지원; Chung Dong-young=정동영; Kim Kwan-jin=김관진; Han Min-koo=한민구;
Jeong Kyeong-doo=정경두; Suh Wook=서욱; Lee Jong-sup=이종섭; Yu Myung-hwan=유명환; Kim Sung-hwan=김성환; Song Min-soon=송민순;
Hong Soon-young=홍순영; Yim Sung-joon=임성준; Wi Sung-lac=위성락; Chun Yung-woo=천영우; Hyun In-taek=현인택; Ryoo Kihl-jae=류길재;
Yu Woo-ik=유우익; Kim Hyung-suk=김형석; Chang Myon=장면; Yun Posun=윤보선; Choi Kyu-hah=최규하; Lee Hee-ho=이희호; Kwon Yang-sook=권양숙;
Kim Keon-hee=김건희; Kim Jung-sook=김정숙; Cho Kuk=조국; Na Kyung-won=나경원; Lee Jun-seok=이준석; Han Dong-hoon=한동훈;
Pyo Chang-won=표창원; Tae Ku-min=태구민; Ji Seong-ho=지성호; Thae Yong-ho=太永浩; Kim Jong-nam=金正男; Hwang Jang-yop=황장엽;
Chung Ju-yung=정주영; Lee Byung-chull=이병철; Lee Kun-hee=이건희; Chey Tae-won=최태원; Koo Bon-moo=구본무; Shin Kyuk-ho=신격호;
Chung Mong-koo=정몽구; Huh Chang-soo=허창수; Kim Seung-youn=김승연; Bahk Jae-wan=박재완; Hyun Oh-seok=현오석; Yoo Il-ho=유일호;
Hong Nam-ki=홍남기; Choo Kyung-ho=추경호; Rhee Chang-yong=이창용; Kim Choong-soo=김중수; Lee Ju-yeol=이주열
"""


def attested() -> list[list[str]]:
    entries = [entry.strip().split("=") for line in ATTESTED.split("\n") for entry in line.split(";")]
    return [entry for entry in entries if len(entry) == 3]


def test_unseen_invented_names_in_every_system() -> None:
    assert f1(positives(400, seed=11), negatives(600, seed=12)) >= 0.98


def test_attested_spellings_of_officials_of_both_koreas() -> None:
    people = attested()
    same = [pair for person in people for pair in combinations(person, 2)]
    others = [(a, b) for one, other in combinations(people, 2) for a in one[:2] for b in other[:2]]
    assert len(people) >= 100
    assert f1(same, others[::7]) >= 0.98


def test_spellings_of_their_own_choice() -> None:
    people = [entry.strip().split("=") for entry in PASSPORTS.replace("\n", " ").split(";") if "=" in entry]
    same = [(latin, hangul) for latin, hangul in people]
    others = [(one[0], other[1]) for one, other in combinations(people, 2)]
    assert len(people) >= 80
    assert f1(same, others) >= 0.97


def test_order_inversion_and_joined_given_names() -> None:
    for name in invented_names(60, seed=3):
        family, first, second = northern(name).split()
        hyphened = f"{first}-{second.lower()}"
        for other in (f"{hyphened} {family}", f"{family.upper()} {first} {second}", f"{family}, {hyphened}"):
            assert compare_names(other, name).verdict is Verdict.SAME, (other, name)


def test_ambiguous_where_one_given_name_begins_the_other() -> None:
    assert compare_names("Kim Chol", "김철수").verdict is Verdict.AMBIGUOUS
    assert compare_names("Yong-ho", "태영호").verdict is Verdict.AMBIGUOUS
    assert compare_names("金", "Kim Jong-un").verdict is Verdict.AMBIGUOUS


def test_two_native_names_never_meet_through_their_latin_spelling() -> None:
    assert compare_names("리영호", "리용호").verdict is Verdict.DIFFERENT
    assert compare_names("김정은", "김종은").verdict is Verdict.DIFFERENT
    assert compare_names("李永鎬", "리용호").verdict is Verdict.DIFFERENT


def test_the_list_of_syllables_is_that_of_the_table() -> None:
    for column, readings in (("hangul", hangul_readings()), ("pinyin", pinyin_readings())):
        of_table = {reading for found in readings.values() for reading in found}
        assert syllables(column) == of_table, "make han_syllables.csv anew: see tools/build_han_table.py"
