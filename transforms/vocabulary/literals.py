"""The literals that every match of a regular expression holds, told from its parse tree.

Literals are parts of words: in lower case, any digit as 0, with marks for the edges of words. They are looked
for in words marked the same way.
"""

import re
import re._constants as tree  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from functools import cache, lru_cache
from itertools import product
from typing import Any

Literals = frozenset[str]

EDGE = "\x02"  # where a word between two spaces begins or ends
BOUNDARY = "\x00"  # between a letter or digit and another character, within such a word
_UNLESS_WORD = "\x01"  # a boundary, if the character beside it is a letter or digit
_MAX_STRINGS = 96
_MAX_REPEAT = 8
_MAX_SPAN = 4  # numbers of times that are told apart
_MAX_WAYS = 32
_DIGITS = str.maketrans("123456789", "0" * 9)
_BOUNDARIES = re.compile(r"(?<=.)\b(?=.)", re.DOTALL)


def written(word: str) -> str:
    """A word, as literals are written."""
    return word.lower().translate(_DIGITS)


def marked(word: str) -> str:
    """A word with its edges and boundaries marked."""
    return f"{EDGE}{_BOUNDARIES.sub(BOUNDARY, word)}{EDGE}"


def needed(pattern: re.Pattern[str]) -> list[Literals]:
    """Sets of literals: a word of each match, or of what surrounds it, holds one of each set."""
    return needed_by(pattern.pattern, pattern.flags)


def needed_by(pattern: str, flags: int) -> list[Literals]:
    """As `needed`, of a pattern that isn't compiled."""
    _told.clear()
    return _needed(parser.parse(pattern, flags))


def ways(pattern: re.Pattern[str]) -> list[list[Literals]]:
    """What `needed` tells of each way in which a pattern can match: one of them holds for each match."""
    return ways_of(pattern.pattern, pattern.flags)


def ways_of(pattern: str, flags: int) -> list[list[Literals]]:
    """As `ways`, of a pattern that isn't compiled."""
    _told.clear()
    return [_needed(way) for way in _spread(_opened(parser.parse(pattern, flags)), 1)]


def _needed(items: Any) -> list[Literals]:
    exact, sets = _sequence(items)
    return sets if exact is None else [*sets, *_sets_of(exact)]


def _opened(items: Any) -> list[Any]:
    """The items with those of groups, that say nothing of what a match holds, in their place."""
    opened: list[Any] = []
    for operation, argument in items:
        if operation is tree.SUBPATTERN:
            opened += _opened(argument[3])
        elif operation is tree.ATOMIC_GROUP:
            opened += _opened(argument)
        else:
            opened.append((operation, argument))
    return opened


def _spread(items: list[Any], many: int) -> list[list[Any]]:
    """A sequence for each choice of alternatives, but for those of plain words, which are one set."""
    for at, (operation, argument) in enumerate(items):
        if operation is not tree.BRANCH or many * len(argument[1]) > _MAX_WAYS:
            continue
        if _item(operation, argument)[0] is None:
            spread = [[*items[:at], *_opened(branch), *items[at + 1 :]] for branch in argument[1]]
            return [way for each in spread for way in _spread(each, many * len(spread))]
    return [items]


Found = tuple[
    set[str] | None, list[Literals]
]  # the strings that it may be, where these are few; else its sets


def _sequence(items: Any) -> Found:
    before: set[str] = {""}
    sets: list[Literals] = []
    is_exact = True
    for operation, argument in items:
        exact, inner = _item(operation, argument)
        if exact is not None and len(before) * len(exact) <= max(_MAX_STRINGS, len(before), len(exact)):
            before = {first + second for first, second in product(before, exact)}
            continue
        is_exact = False
        sets += _sets_of(before) + inner
        before = {""}
        if exact is not None:
            before = exact if len(exact) <= _MAX_STRINGS else {""}
            sets += _sets_of(exact) if len(exact) > _MAX_STRINGS else []
        elif operation is tree.MAX_REPEAT:
            sets += _sets_of(_repeated(argument))
            before = _last(argument)
    if is_exact:
        return before, []
    return None, sets + _sets_of(before)


def _item(operation: Any, argument: Any) -> Found:
    if operation is tree.LITERAL:
        return {_written(argument)}, []
    if operation is tree.IN:
        return _class(argument), []
    if operation is tree.AT:
        return {BOUNDARY if argument is tree.AT_BOUNDARY else ""}, []
    # The ways of a pattern have most of its parts in common.
    known = _told.get(id(argument))
    if known is None:
        known = _told[id(argument)] = (argument, _composed(operation, argument))
    return known[1]


#: What was found of the parts of the pattern at hand, by identity; they are held, so that it stays theirs.
_told: dict[int, tuple[Any, Found]] = {}


def _composed(operation: Any, argument: Any) -> Found:
    if operation is tree.BRANCH:
        return _branches([_sequence(branch) for branch in argument[1]])
    if operation in (tree.MAX_REPEAT, tree.MIN_REPEAT, tree.POSSESSIVE_REPEAT):
        return _repeat(argument)
    return _group(operation, argument)


def _group(operation: Any, argument: Any) -> Found:
    if operation is tree.SUBPATTERN:
        return _sequence(argument[3])
    if operation is tree.ATOMIC_GROUP:
        return _sequence(argument)
    if operation is tree.ASSERT:
        exact, sets = _sequence(argument[1])
        return None, sets + _sets_of(exact or {""})
    if operation is tree.ASSERT_NOT:
        return {_UNLESS_WORD if _is_word(argument[1]) else ""}, []
    return None, []


@cache
def _written(character: int) -> str:
    return chr(character).lower().translate(_DIGITS) if not chr(character).isspace() else " "


def _class(items: Any) -> set[str] | None:
    strings: set[str] = set()
    for kind, value in items:
        if kind is tree.LITERAL:
            strings.add(_written(value))
        elif kind is tree.CATEGORY and value is tree.CATEGORY_SPACE:
            strings.add(" ")
        elif _is_digits(kind, value):
            strings.add("0")
        else:
            return None
    return strings


def _is_digits(kind: Any, value: Any) -> bool:
    if kind is tree.CATEGORY:
        return bool(value is tree.CATEGORY_DIGIT)
    return kind is tree.RANGE and "0" <= chr(value[0]) <= chr(value[1]) <= "9"


def _is_word(items: Any) -> bool:
    """Whether what must not stand there is any letter or digit, besides what else."""
    if len(items) != 1 or items[0][0] is not tree.IN:
        return False
    return any(kind is tree.CATEGORY and value is tree.CATEGORY_WORD for kind, value in items[0][1])


def _branches(branches: list[Found]) -> Found:
    exact: set[str] = set()
    for strings, _ in branches:
        if strings is None:
            break
        exact |= strings
    else:
        return exact, []
    best = [_rarest(sets if strings is None else _sets_of(strings)) for strings, sets in branches]
    return None, [frozenset().union(*best)] if all(best) else []


def _rarest(sets: list[Literals]) -> Literals:
    return max(sets, key=lambda found: (min(map(_letters, found)), -len(found)), default=frozenset())


@lru_cache(maxsize=20_000)
def _letters(literal: str) -> int:
    """How long a literal is without its marks: short words are in every sentence."""
    return len(literal.strip(BOUNDARY + EDGE))


def _repeat(argument: Any) -> Found:
    least, most, inner = argument
    exact, sets = _sequence(inner)
    if exact is not None and most <= _MAX_REPEAT and most - least < _MAX_SPAN:
        times = range(least, most + 1)
        if most == 1 or sum(len(exact) ** many for many in times) <= _MAX_STRINGS // 4:
            return {"".join(strings) for many in times for strings in product(exact, repeat=many)}, []
    if least == 0:
        return None, []
    return None, sets + (_sets_of(exact) if exact is not None else [])


def _repeated(argument: Any) -> set[str]:
    """The least that a repetition without a fixed number holds: seven digits, of seven or more."""
    least, _, inner = argument
    exact, _ = _sequence(inner)
    return {text * min(least, _MAX_REPEAT) for text in exact} if exact and len(exact) == 1 else {""}


def _last(argument: Any) -> set[str]:
    """What a repetition ends with, where it is always the same."""
    least, _, inner = argument
    exact, _ = _sequence(inner)
    return set(exact) if least and exact and len(exact) == 1 else {""}


def _sets_of(strings: set[str]) -> list[Literals]:
    """Sets with a word of each string: the longest, the first, the last; none where a string lacks a word."""
    parts = [_parts(string) for string in strings]
    return list(
        dict.fromkeys(
            frozenset(variant for literal in chosen for variant in _variants(literal))
            for chosen in (
                [max(each, key=len) for each in parts],
                [each[0] for each in parts],
                [each[-1] for each in parts],
            )
            if all(literal.strip(BOUNDARY + EDGE) for literal in chosen)
        )
    )


@lru_cache(maxsize=20_000)  # the ways of a pattern have much in common
def _parts(string: str) -> list[str]:
    """The words of a string; an edge where a space parts them."""
    settled = re.sub(rf"(?<=\w){_UNLESS_WORD}|{_UNLESS_WORD}(?=\w)", BOUNDARY, string).replace(
        _UNLESS_WORD, ""
    )
    spaced = re.sub(r" +", f"{EDGE} {EDGE}", settled)
    return [re.sub(f"{BOUNDARY}+", BOUNDARY, part) for part in spaced.split(" ")]


@lru_cache(maxsize=20_000)
def _variants(literal: str) -> list[str]:
    """A boundary at the end of a literal is one within a word, or the word's edge."""
    core = literal.strip(BOUNDARY + EDGE)
    first, _, last = literal.partition(core)
    inner = _BOUNDARIES.sub(BOUNDARY, core.replace(BOUNDARY, ""))
    return [begin + inner + end for begin in _ends(first) for end in _ends(last)]


def _ends(mark: str) -> tuple[str, ...]:
    if EDGE in mark:
        return (EDGE,)
    return (BOUNDARY, EDGE) if BOUNDARY in mark else ("",)
