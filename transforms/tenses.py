"""Whether a sentence, or a clause of one, tells of what was, of what is, or of what is to come."""

import re
from functools import cache, lru_cache

from transforms.vocabulary import compiled, occurs, words


def clause(text: str, start: int, end: int) -> str:
    """The part of a sentence between semicolons or colons that [start, end) lies in."""
    first = max(text.rfind(";", 0, start), text.rfind(": ", 0, start))
    last = min((at for at in (text.find(";", end), text.find(": ", end)) if at >= 0), default=len(text))
    return text[first + 1 : last]


def tense(text: str) -> str | None:
    """Whether a sentence speaks of what is to come or, by its verb, of what was."""
    if _is_told("future", text):
        return "future"
    return "past" if is_past_tense(text) else None


def _tense_of(text: str) -> str | None:
    """The tense of a clause, the perfect apart from the past."""
    told = tense(text)
    return "perfect" if told == "past" and not is_past_tense(text, perfect=False) else told


@lru_cache(maxsize=256)  # asked for each figure of a sentence
def is_past_tense(text: str, *, perfect: bool = True) -> bool:
    """Whether a sentence has a verb in the past tense (`waren`) or, unless told not to, in the perfect."""
    if not _strong_past().isdisjoint(re.findall(r"\w+", text.lower())) or _is_told("past", text):
        return True
    return perfect and _is_told("perfect", text)


@cache
def _strong_past() -> frozenset[str]:
    return frozenset(words("periods")["define"]["strong_past"])


@lru_cache(maxsize=256)  # asked for each figure of a sentence
def _is_told(name: str, text: str) -> bool:
    return occurs(_pattern(name), text)


def tense_at(text: str, match: re.Match[str]) -> str | None:
    """The tense of the part of a clause in which a time stands, else of the clause."""
    if match[0].lower().startswith(("voor d", "tot d", "vanaf d")):
        return None  # `schatten wij het voor die datum op 40`
    before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() :]
    if _pattern("until_then").search(before) and _TO_DO.match(after):
        return "future"
    start = max((turn.end() for turn in _TURN.finditer(text, 0, match.start())), default=0)
    turn = _TURN.search(text, match.end())
    own = _tense_of(text[start : turn.start() if turn else len(text)])
    return own or _tense_of(clause(text, match.start(), match.end()))


#: What may begin another clause, with a tense of its own.
_TURN = re.compile(r"[,;:] |\b(?:en|maar|doch|terwijl|omdat|zodat) ")
#: `voor 1 mei 40 plaatsen te openen`
_TO_DO = re.compile(r"[^,;:]{0,80} te \w+en\b")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return compiled("periods", words("periods")["tense"][name])
