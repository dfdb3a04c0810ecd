"""How does a Thai name sound in Latin letters: officially, and as people spell it?

Source: the Royal Thai General System of Transcription (RTGS), in rules of our own. Thai sets no space between words,
writes some vowels before their consonant and others not at all; so syllables are read one by one from what follows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from congress.core.names.thai_words import ANYWHERE, BEFORE_ANOTHER

# Each consonant as it begins and as it ends a syllable.
_TABLE = """
ก k k  ข kh k  ฃ kh k  ค kh k  ฅ kh k  ฆ kh k  ง ng ng  จ ch t  ฉ ch -  ช ch t  ซ s t  ฌ ch -  ญ y n  ฎ d t  ฏ t t
ฐ th t  ฑ th t  ฒ th t  ณ n n  ด d t  ต t t  ถ th t  ท th t  ธ th t  น n n  บ b p  ป p p  ผ ph -  ฝ f -  พ ph p
ฟ f p  ภ ph p  ม m m  ย y i  ร r n  ล l n  ว w o  ศ s t  ษ s t  ส s t  ห h -  ฬ l n  อ - -  ฮ h -
"""
_LETTERS = _TABLE.split()
_INITIAL = {letter: sound.strip("-") for letter, sound in zip(_LETTERS[::3], _LETTERS[1::3], strict=True)}
_FINAL = {letter: sound for letter, sound in zip(_LETTERS[::3], _LETTERS[2::3], strict=True) if sound != "-"}
# What people write who hear no difference between p and ph, and keep the l and r that close a syllable.
_POPULAR_INITIAL = {
    letter: {"ph": "p", "th": "t", "kh": "k"}.get(sound, sound) for letter, sound in _INITIAL.items()
} | {"จ": "j"}
_POPULAR_FINAL = {"ร": "rn", "ล": "l", "ฬ": "l", "จ": "j", "ช": "j"}

_ONE = f"[{''.join(_INITIAL)}]"
_TWO = "(?:[กขค][รลว]|[ตบดฟท]ร|[ปพ][รล]|[ผบฟ]ล|จร|ห[งญนมยรลว])"
_SIGN = "[ะัาำิีึืุู]"
# Begins a syllable of its own, because a vowel follows; all other consonants are free to close one or to bear an o.
_TAKEN = f"(?:{_TWO}{_SIGN}|{_ONE}(?:{_SIGN}|รร|ฤ|อ(?!{_SIGN})))"
_FREE = f"(?:(?!{_TAKEN}){_ONE})"
_ONSET = f"(?P<onset>{_TWO}|{_ONE})"
_FINALS = "".join(_FINAL)
# Pairs of which the first closes a syllable and the second begins the next.
_DOUBLED = "ก(?=[กข])|จ(?=[จฉ])|ช(?=ช)|ต(?=[ตถ])|ท(?=[ทธ])|ฏ(?=ฐ)|พ(?=[พภ])|(?P<double>[ดนมลสญ])(?=\\1)"
_CLOSED = f"(?!{_TAKEN})(?P<final>[{_FINALS}])"
# An r before another syllable keeps its a: Surachai, Darani.
# Of two free consonants before another syllable the first closes: Chin-ta-na; at the end both make one: Sa-khon.
_ODD_RUN = f"(?=(?:{_FREE}{_FREE})*(?!{_FREE}))"
_PAIR_INSIDE = f"(?={_FREE}(?!{_FREE})[ก-ไ])"
_MAY_CLOSE = f"(?:(?!{_TAKEN})(?P<final>(?:{_DOUBLED})(?!{_ONE}$)|(?!ร.)[{_FINALS}](?:{_ODD_RUN}|{_PAIR_INSIDE})))?"
# A syllable with its vowel written: O is the beginning, F may close it, C closes it, S is another vowel sign.
_PATTERNS = """
เOียะ?F ia  เOือะ?F uea  เOาะ o  เOา ao  เOอะ?F oe  เOิC oe  เOย oei  เOะ e  เOF e  แOะ ae  แOF ae  โOะ o  โOF o
[ใไ]O(?:ย(?!S))? ai  Oัวะ?F ua  Oัย ai  OัC a  Oำ am  Oะ a  OาF a  OิF i  OีF i  OึF ue  Oือ?F ue  OุF u  OูF u
OรรC a  Oรร an  Oว(?!รร)C ua  Oอ(?!S)F o  (?P<onset>[กตปศสท])ฤF ri
(?P<onset>)ฤ(?P<final>ท) ri  Oฤ rue  (?P<onset>)ฤ rue
"""


def _compiled(pattern: str) -> re.Pattern[str]:
    parts = {"O": _ONSET, "C": _CLOSED, "F": _MAY_CLOSE, "S": _SIGN}
    return re.compile(re.sub("[OCFS]", lambda part: parts[part[0]], pattern).replace("\\1", "(?P=double)"))


_WRITTEN = _PATTERNS.split()
_VOWELLED = [(_compiled(p), vowel) for p, vowel in zip(_WRITTEN[::2], _WRITTEN[1::2], strict=True)]
# The vowel stands before both consonants and is spoken after the second: Charoen, Sathian.
_STRIDING = re.compile("เ(จ(?=ร)|[ฉสผขถศ])(?=[งนมยลวถร](?:ีย|ิ[ก-ฮ]))")
_BARE_TWO = re.compile(f"(?P<onset>{_TWO}){_CLOSED}")
_BARE_CLOSED = re.compile(f"{_ONE}(?!{_TAKEN})(?P<final>(?![ยว])[{_FINALS}])(?:{_ODD_RUN}|{_PAIR_INSIDE})")

_NIKHAHIT = "ํา"
_TONES = re.compile("[็-๋ํๆฯ๎]")
# A letter marked as silent, and a second closing consonant before it.
_SILENT = re.compile("(?:(?<=น)ท|(?<=ส)ต|(?<=ก)ษ)?[ก-ฮ][ิุ]?์")
_LAST = re.compile("(?:[cptk]h|[^aeiouy])a$")
_MUTE_ENDING = re.compile("(?<=ชาต|ธาต|เหต|ญาต|ภูม)[ิุ]$|(?<=ท)ธ$|(?<=ต)ถ$|(?<=[ัิุ][ตคกช])ร$|(?<=เ[ก-ฮ][ตช])ร$")


@dataclass(frozen=True)
class _Syllable:
    """What one syllable is made of; a whole word of the list of exceptions is one, too."""

    official: str
    popular: str


def romanised(word: str) -> tuple[str, str]:
    """Return a Thai word in the official transcription, and as it is often spelt by those who bear it."""
    plain = _MUTE_ENDING.sub("", _SILENT.sub("", _TONES.sub("", word.replace(_NIKHAHIT, "ำ"))))
    syllables = list(_syllables(plain))
    return "".join(s.official for s in syllables), "".join(s.popular for s in syllables)


def _syllables(text: str) -> Iterator[_Syllable]:
    place = 0
    while place < len(text):
        syllable, length = _listed(text, place) or _spelt(text, place) or _bare(text, place)
        yield syllable
        place += length


def _listed(text: str, place: int) -> tuple[_Syllable, int] | None:
    for length in range(min(8, len(text) - place), 1, -1):
        word, after = text[place : place + length], text[place + length :]
        if found := _element(word, after):
            return found
    return None


def _element(word: str, after: str) -> tuple[_Syllable, int] | None:
    """Return an element of the lists; its last consonant goes to a vowel that follows: rattana, but ratta-nai."""
    stem = BEFORE_ANOTHER.get(word) if after else None
    if not re.match(f"{_SIGN}|ร(?!{_SIGN})", after):
        sounds = stem or ANYWHERE.get(word)
        return (_Syllable(*sounds), len(word)) if sounds else None
    last = f"{_INITIAL.get(word[-1], '')}a"
    if stem and len(word) > 2 and stem[0].endswith(last) and after[0] != "ร":
        return _Syllable(stem[0].removesuffix(last), _LAST.sub("", stem[1])), len(word) - 1
    return None


def _spelt(text: str, place: int) -> tuple[_Syllable, int] | None:
    """Read a syllable whose vowel is written."""
    if striding := _STRIDING.match(text, place):
        rest, length = _spelt(f"เ{text[striding.end() :]}", 0) or (_Syllable("", ""), 0)
        first = striding[1]
        official, popular = _INITIAL[first] + "a" + rest.official, _POPULAR_INITIAL[first] + "a" + rest.popular
        return _Syllable(official, popular), length + 1
    for pattern, vowel in _VOWELLED:
        if found := pattern.match(text, place):
            groups = found.groupdict()
            return _syllable(groups["onset"], vowel, groups.get("final")), len(found[0])
    return None


def _bare(text: str, place: int) -> tuple[_Syllable, int]:
    """Read a syllable without a written vowel: closed with o if an odd number of free consonants follows, else open."""
    if text[place] not in _INITIAL:
        return _Syllable("", ""), 1
    if found := _BARE_TWO.match(text, place):
        return _syllable(found["onset"], "o", found["final"]), len(found[0])
    if found := _BARE_CLOSED.match(text, place):
        return _syllable(text[place], "o", found["final"]), 2
    return _syllable(text[place], "a", None), 1


def _syllable(onset: str, vowel: str, final: str | None) -> _Syllable:
    spoken = onset[-1:] if onset[:1] == "ห" else onset[:1] if onset == "จร" else onset
    official = "".join(_INITIAL[letter] for letter in spoken)
    popular = "".join(_POPULAR_INITIAL.get(letter) or _INITIAL[letter] for letter in onset)
    end = _FINAL[final] if final else ""
    return _Syllable(official + vowel + end, popular + vowel + _POPULAR_FINAL.get(final or "", end))
