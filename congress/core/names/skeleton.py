"""Which consonants stay when the same name is spelt in different ways?

Letters that spellings exchange become one letter: v, w and f; b and p; g and j; s and z; sh and ch; k, q and hard c;
s and the sh before t and p (Shtein is Stein). Vowels go, except that a name which begins with one keeps the mark of it;
so do doubled letters.
"""

import re
from functools import lru_cache

# In order; capitals are classes, so that a later rule does not take them for letters.
_RULES = [
    (re.compile(pattern), becomes)
    for pattern, becomes in (
        ("^x", "s"), ("^ou(?=[aei])", "w"), ("x", "ks"), ("dzh|dsch|dj", "j"), ("dz", "z"), ("(?<=[oe])hn", "n"),
        ("sc?h(?=[tp])", "s"), ("tsch|tch|tsh|shch|sch|sh|ch|cz", "C"),
        ("zh", "j"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("gh", "g"),
        ("kh", "h"), ("^rh", "r"), ("wh", "w"), ("bh", "b"), ("ck|cq|q", "k"), ("tz|ts", "z"), ("c(?=[eiy])", "s"),
        ("c", "k"), ("[jg]", "g"), ("[wvf]", "v"), ("p", "b"), ("z", "s"), ("h$", ""), (r"(.)\1+", r"\1"),
        ("^[aeiouy]+", "A"), ("[aeiouy]", ""), (r"(.)\1+", r"\1"),
    )
]  # fmt: skip
# Letters that languages of the Latin script read differently: Jurij and Yuri, Chaim and Haim, José, Edward and Eduard.
# The last way is that of Thai: Jaroenporn and Charoenphon.
_AMBIGUOUS = re.compile("sch(?![aeiouy])|tsch|tch|shch|sch|dj|dzh|ch|j|w|g(?=[ei])|ph|kh|rn$")
_OTHERWISE: tuple[dict[str, str], ...] = (
    {},
    {"j": "y", "ch": "k", "w": "u", "sch": "sk"},
    {"j": "h", "ch": "h", "g": "h"},
    {"ch": "j", "ph": "p", "kh": "k", "rn": "n"},
)
# Abdul Rahman, Abd el-Rahman, Abderrahman and Abdulrahman are one name; so are Salah al-Din and Salahuddin.
_SERVANT = re.compile(r"\babd ?(?:[aeou]{1,2}(?:l|([rsdnzt])(?= ?\1)) ?)?(?=\w{3})")
_OF_RELIGION = re.compile(r"(?<=\w) ?[aeou]{1,2}(?:[dl] ?)?d(?:in|een|ine|ien)\b")
_ARTICLE = re.compile(r"\b[aeu](?:l|sh|([tdrszn])(?= \1)) (?=\w{3})")


def skeletons(spelling: str, *, is_latin: bool) -> tuple[str, ...]:
    """Return the skeletons of folded words: as usually read, then as other languages of the Latin script read them."""
    words = _ARTICLE.sub("", _OF_RELIGION.sub("din", _SERVANT.sub("abd", spelling))).split()
    ways = range(len(_OTHERWISE) if is_latin else 1)
    return tuple(dict.fromkeys(" ".join(filter(None, (_skeleton(word, way) for word in words))) for way in ways))


@lru_cache(maxsize=32_768)
def _skeleton(word: str, way: int) -> str:
    # Given names and family names return a thousand times in a large network.
    said = _AMBIGUOUS.sub(lambda letters: _OTHERWISE[way].get(letters[0], letters[0]), word)
    for pattern, becomes in _RULES:
        said = pattern.sub(becomes, said)
    return said.lower()
