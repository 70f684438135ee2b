"""Which alternatives of a regular expression match within one word, told from its parse tree.

Whether a word has such a match can be found out once for all texts that hold it.
"""

import re
import re._constants as tree  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from typing import Any

_SPACES = [
    *map(ord, " \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"),
    *range(0x2000, 0x200B),
]
_REPEATS = (tree.MAX_REPEAT, tree.MIN_REPEAT, tree.POSSESSIVE_REPEAT)
#: Parts of a pattern: an escaped character, a class, the beginning of a group, any other character.
_PART = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?(?:P<\w+>|[a-zA-Z]*-?[a-zA-Z]*:|[=!>]|<[=!]))?|.", re.DOTALL
)


def split(pattern: str, flags: re.RegexFlag) -> tuple[str, str]:
    """The alternatives that match within a word, which white space parts from others, and the rest.

    Both are patterns; an empty one has no alternative.
    """
    if _is_wordwise(pattern, flags):
        return pattern, ""
    before, alternatives, after = _parted(_PART.findall(pattern))
    around = before + after
    if not alternatives or (around and not _is_wordwise(f"{before}x{after}", flags)):
        return "", pattern
    parts = [split(each, flags) for each in alternatives]
    within, across = ("|".join(filter(None, side)) for side in zip(*parts, strict=True))
    if not (around and within):
        return (within, across) if within else ("", pattern)
    return f"{before}(?:{within}){after}", f"{before}(?:{across}){after}" if across else ""


def _parted(parts: list[str]) -> tuple[str, list[str], str]:
    """The alternatives of a pattern, or of the first group in it, and what stands around that; else none."""
    if len(alternatives := _alternatives(parts)) > 1:
        return "", alternatives, ""
    if "(?:" not in parts:
        return "", [], ""
    start = parts.index("(?:")
    end = _end(parts, start)
    if _depth(parts[:start]) or "".join(parts[end + 1 : end + 2]) in _QUANTIFIERS:
        return "", [], ""
    return "".join(parts[:start]), _alternatives(parts[start + 1 : end]), "".join(parts[end + 1 :])


_QUANTIFIERS = ("?", "*", "+", "{")


def _alternatives(parts: list[str]) -> list[str]:
    alternatives, depth = [""], 0
    for part in parts:
        depth += _step(part)
        if part == "|" and not depth:
            alternatives.append("")
        else:
            alternatives[-1] += part
    return alternatives


def _end(parts: list[str], start: int) -> int:
    """Where the group that begins at `start` ends."""
    depth = 0
    for at in range(start, len(parts)):
        depth += _step(parts[at])
        if not depth:
            return at
    return len(parts)


def _depth(parts: list[str]) -> int:
    return sum(map(_step, parts))


def _step(part: str) -> int:
    return 1 if part[0] == "(" else -1 if part == ")" else 0


def _is_wordwise(pattern: str, flags: re.RegexFlag) -> bool:
    if " " in pattern or r"\s" in pattern:  # which spares most of them the parsing
        return False
    items = parser.parse(pattern, flags)
    return _are_of_word(items) and _has_width(items)


def _are_of_word(items: Any) -> bool:
    return all(_is_of_word(*item) for item in items)


def _is_of_word(operation: Any, argument: Any) -> bool:
    """Whether an item matches no white space, and the edge of a word just as it does that of a text."""
    if operation is tree.LITERAL:
        return argument not in _SPACES
    if operation is tree.IN:
        return all(_is_class_of_word(*each) for each in argument)
    if operation is tree.AT:
        return argument in (tree.AT_BOUNDARY, tree.AT_NON_BOUNDARY)
    if operation is tree.BRANCH:
        return all(map(_are_of_word, argument[1]))
    if operation is tree.SUBPATTERN:
        return _are_of_word(argument[3])
    if operation is tree.ATOMIC_GROUP:
        return _are_of_word(argument)
    if operation in (tree.ASSERT, tree.ASSERT_NOT):
        return _are_of_word(argument[1])
    return operation in _REPEATS and _are_of_word(argument[2])


def _is_class_of_word(kind: Any, value: Any) -> bool:
    if kind is tree.LITERAL:
        return value not in _SPACES
    if kind is tree.RANGE:
        return not any(value[0] <= space <= value[1] for space in _SPACES)
    return kind is tree.CATEGORY and value in (tree.CATEGORY_DIGIT, tree.CATEGORY_WORD)


def _has_width(items: Any) -> bool:
    """Whether no match is empty."""
    for operation, argument in items:
        if operation in (tree.LITERAL, tree.IN):
            return True
        if operation is tree.BRANCH and all(map(_has_width, argument[1])):
            return True
        if operation is tree.SUBPATTERN and _has_width(argument[3]):
            return True
        if operation in _REPEATS and argument[0] and _has_width(argument[2]):
            return True
    return False
