"""How does a name in Arabic script sound in Latin letters, as far as its letters say?"""

import re

# Vowel marks, tatweel and the small letters above: written by few, so that they make no other name.
_MARKS = re.compile("[\u064b-\u065f\u0670\u0640\u06d6-\u06ed]")
_CARRIERS = str.maketrans("أإآٱىؤئکیېےھہۀةۃگ", "ااااايوكيييههههه" + "گ") if False else None
_CARRIERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ا", "ؤ": "و", "ئ": "ي", "ک": "ك", "ی": "ي", "ې": "ي", "ے": "ي",
     "ھ": "ه", "ہ": "ه", "ۀ": "ه", "ۃ": "ة", "ء": ""}
)
_LETTERS = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z",
    "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "q", "ك": "k",
    "ل": "l", "م": "m", "ن": "n", "ه": "h", "ة": "a", "پ": "p", "چ": "ch", "ژ": "zh", "گ": "g", "ڤ": "v", "ڨ": "g",
    "ٹ": "t", "ڈ": "d", "ڑ": "r", "ں": "n", "ڭ": "g", "ڠ": "ng", "ڎ": "d", "ټ": "t", "ډ": "d", "ړ": "r", "ڼ": "n",
}
_WORD = re.compile("[\u0620-\u06ff]+")


def romanised(word: str) -> str:
    word = _MARKS.sub("", word).translate(_CARRIERS)
    return "".join(_sound(word, place) for place in range(len(word)))


def _sound(word: str, place: int) -> str:
    letter = word[place]
    if letter not in "وي":
        return _LETTERS.get(letter, "")
    after = word[place + 1] if place + 1 < len(word) else ""
    is_consonant = place == 0 or after in ("ا", "ة") and after != ""
    if letter == "و":
        return "w" if is_consonant else "u"
    return "y" if is_consonant else "i"
