"""How does a name in Hebrew script sound in Latin letters, as far as it is written?

Most vowels are not written, and b, k and p stand for v, kh and f as well; a name is read in both ways.
"""

import re

_POINTS = re.compile("[\u0591-\u05c7״]")
_STROKED = {"ג": "j", "ז": "zh", "צ": "ch", "ץ": "ch", "ת": "th", "ד": "dh", "ח": "kh", "ע": "gh", "ו": "w"}
# A capital H is the letter h, not the second half of sh, ts or kh.
_LETTERS = "אבגדהזחטכךלמםנןסעפףצץקרשת"
_SPOKEN = "a b g d H z H t k kh l m m n n s a p f ts ts k r sh t"
_SOUNDS = dict(zip(_LETTERS, _SPOKEN.split(), strict=True))
_HARD: dict[str, str] = {}
_SOFT = {"ב": "v", "כ": "kh", "פ": "f"}
# At the end of a word it is soft in any case.
_SOFT_END = re.compile("(?<=..)ב$")
# Before a vowel it is a consonant, and mostly at the end of a word behind one: Levi, Levinson, Ziv.
_CONSONANT_VAV = re.compile("(?<=.)ו(?=[יאה])|(?<=י)ו$")
# A vowel that is not written stands between them, unless the name came from German: Shapiro, but Stern.
_SH_APART = re.compile("ש(?=[פט])")
_AFTER_VOWEL = re.compile("(?<=[וי])[בכפ]")
_GLIDES = {"ו": ("v", "o"), "י": ("y", "i")}


def romanised(word: str) -> tuple[str, ...]:
    """Return a word with hard consonants, then with soft ones, then with those soft that follow a written vowel."""
    plain = _SOFT_END.sub("v", _POINTS.sub("", re.sub("[׳’]", "'", word)).replace("וו", "v").replace("יי", "ai"))
    mixed = _SH_APART.sub("sha", _CONSONANT_VAV.sub("v", _AFTER_VOWEL.sub(lambda letter: _SOFT[letter[0]], plain)))
    return tuple(dict.fromkeys((_spoken(plain, _HARD), _spoken(plain, _SOFT), _spoken(mixed, _HARD))))


def _spoken(word: str, soft: dict[str, str]) -> str:
    sounds = "".join(_sound(word, place, soft) for place in range(len(word)))
    return re.sub("(?<=[sztdkgcprbw])(?=H)", "a", sounds).lower()


def _sound(word: str, place: int, soft: dict[str, str]) -> str:
    letter, after = word[place], word[place + 1 : place + 2]
    if after == "'" and letter in _STROKED:
        return _STROKED[letter]
    if letter in _GLIDES:
        return _GLIDES[letter][1 if place else 0]
    if letter == "ה" and place and not after:
        return "a"
    # A b that begins a word is hard; a p often is an f there, in names of other languages.
    if letter in soft and (place or letter == "פ"):
        return soft[letter]
    return _SOUNDS.get(letter, letter if letter.isascii() else "")
