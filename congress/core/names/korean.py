"""How does a Korean name in Hangul look in Latin letters?

The family name comes first and is mostly one syllable, without a space behind it. Families write theirs by custom, not
by the official transcription, which anyascii follows: 이 is Lee, 박 is Park.
"""

from anyascii import anyascii

_TABLE = """
김 kim 이 lee 박 park 최 choi 정 jung 강 kang 조 cho 윤 yoon 장 jang 임 lim 한 han 오 oh 서 seo 신 shin 권 kwon 황 hwang
안 ahn 송 song 유 yoo 류 ryu 전 jeon 홍 hong 고 ko 문 moon 양 yang 손 son 배 bae 백 baek 허 heo 남 nam 심 shim 노 noh
하 ha 곽 kwak 성 sung 차 cha 주 joo 우 woo 구 koo 민 min 진 jin 나 na 지 ji 엄 eom 채 chae 원 won 천 cheon 방 bang
"""
_WORDS = _TABLE.split()
_FAMILIES = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))
# Longer words are names of two parts, or foreign ones.
_LONGEST = 4


def romanised(word: str) -> tuple[str, ...]:
    """Return a word as a family name with a given one behind it, then by its letters alone."""
    family, given = word[:1], word[1:]
    if family not in _FAMILIES or len(word) > _LONGEST:
        return (anyascii(word),)
    return f"{_FAMILIES[family]} {anyascii(given)}", anyascii(word)
