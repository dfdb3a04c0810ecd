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
_ARTICLE = "ال"
_SERVANT = re.compile("عبد (?=ال)")


def joined(name: str) -> str:
    """Return a name with its servant names in one word, as عبدالله is written as often as عبد الله."""
    return _SERVANT.sub("عبد", name)


def romanised(word: str) -> tuple[str, ...]:
    """Return a word with what it writes of its vowels; one with an article also without it."""
    plain = _MARKS.sub("", word.translate(_VARIANTS)).replace("تش", "چ")
    if plain.startswith(_ARTICLE) and len(plain) > len(_ARTICLE) + 2:
        return _spoken(plain), _spoken(plain.removeprefix(_ARTICLE))
    return (_spoken(plain),)


def _spoken(word: str) -> str:
    sounds = "".join(_sound(letter, word[place + 1 : place + 2], place) for place, letter in enumerate(word))
    return re.sub("(?<=[sztdkgcprbw])(?=H)", "a", sounds).lower()


def _sound(letter: str, after: str, place: int) -> str:
    if letter == "و":
        return "o" if place else "w"
    if letter == "ي":
        return "y" if not place or after == "ا" else "i"
    return _SOUNDS.get(letter, "")
