"""How does a name in Arabic script sound in Latin letters, as far as it is written?

Short vowels are not written, so the result is for comparing consonants, not for reading. Letters of Persian, Urdu,
Kurdish and Pashto are known.
"""

import re

# Vowel marks, tatweel and small letters: written by few, so they must make no other name.
_MARKS = re.compile("[\u064b-\u065f\u0670\u0640\u06d6-\u06edء]")
_VARIANTS = str.maketrans(
    {**dict.fromkeys("أإآٱى", "ا"), **dict.fromkeys("یېےئ", "ي"), **dict.fromkeys("ہھۀە", "ه")}
    | {"ؤ": "و", "ۆ": "و", "ک": "ك", "ۃ": "ة"}
)
# A capital H is the letter h, not the second half of sh, th or kh.
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهةپچژگڤڨٹڈڑںڭټډړڼڥ"
_SPOKEN = "a b t th j H kh d dh r z s sh s d t z a gh f q k l m n H a p ch zh g v g t d r n g t d r n v"
_SOUNDS = dict(zip(_LETTERS, _SPOKEN.split(), strict=True))
# East of Iraq, and in Turkish names, these letters are spoken in another way: Reza, Sadeghi, Osman.
_EASTERN = _SOUNDS | {"ث": "s", "ذ": "z", "ض": "z", "ق": "gh"}
_ARTICLE = "ال"
_SERVANT = re.compile("عبد (?=ال)")
_OF_RELIGION = re.compile(r" ?الدين\b")
# Between vowels, and before one, it is a consonant: Nawal, Alawi, Parviz.
_CONSONANT_WAW = re.compile("(?<=[اوي])و(?=.)|و(?=[ايوة])")
# It may be one elsewhere, too, with vowels around it that nobody writes: Tavakoli, Nawfal.
_ANY_WAW = re.compile("(?<=.)و(?=.)")
# A vowel that is not written stands between them, unless the name came from German: Shatila, but Steiner.
_SH_APART = re.compile("sh(?=t)")


def joined(name: str) -> str:
    """Return a name with its servant names, and those of the religion, in one word, as عبدالله is also written."""
    return _OF_RELIGION.sub("دين", _SERVANT.sub("عبد", name))


def romanised(word: str) -> tuple[str, ...]:
    """Return a word with what it writes of its vowels; then without its article, or as it is said further east."""
    plain = _MARKS.sub("", word.translate(_VARIANTS)).replace("تش", "چ")
    first = _SH_APART.sub("sha", _spoken(plain, _SOUNDS))
    if plain.startswith(_ARTICLE) and len(plain) > len(_ARTICLE) + 2:
        return first, _spoken(plain.removeprefix(_ARTICLE), _SOUNDS)
    eastern = (_spoken(waw.sub("ڤ", plain), _EASTERN) for waw in (_CONSONANT_WAW, _ANY_WAW))
    return tuple(dict.fromkeys((first, *eastern)))


def _spoken(word: str, sounds: dict[str, str]) -> str:
    said = "".join(_sound(letter, word[place + 1 : place + 2], place, sounds) for place, letter in enumerate(word))
    return re.sub("(?<=[sztdkgcprbw])(?=H)", "a", said).lower()


def _sound(letter: str, after: str, place: int, sounds: dict[str, str]) -> str:
    if letter == "و":
        return "o" if place else "w"
    if letter == "ي":
        return "y" if not place or after == "ا" else "i"
    return sounds.get(letter, "")
