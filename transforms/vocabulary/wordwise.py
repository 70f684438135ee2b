"""Which ways of matching a regular expression lie within one word, told from its parse tree.

Whether a word has such a match can be found out once for all texts that hold it.
"""

import re
import re._constants as tree  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from typing import Any

Items = list[tuple[Any, Any]]

_SPACES = [
    ord(character) for character in " \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\xa0\u2000\u2028\u2029\u202f\u205f\u3000"
]
_REPEATS = (tree.MAX_REPEAT, tree.MIN_REPEAT, tree.POSSESSIVE_REPEAT)


def split(pattern: str, flags: re.RegexFlag) -> tuple[Items, Items]:
    """The ways of matching that lie within a word, which is parted from others by white space, and the rest."""
    return _split(_opened(parser.parse(pattern, flags)))


def _split(items: Items) -> tuple[Items, Items]:
    if all(_is_of_word(*item) for item in items):
        return (items, []) if _has_width(items) else ([], items)
    for at, (operation, argument) in enumerate(items):
        others = items[:at] + items[at + 1 :]
        if operation is tree.BRANCH and all(_is_of_word(*item) for item in others):
            parts = [_split(_opened(branch)) for branch in argument[1]]
            within, across = ([part[side] for part in parts if part[side]] for side in (0, 1))
            if not within:
                break
            first, last = items[:at], items[at + 1 :]
            return [*first, (operation, (None, within)), *last], [*first, (operation, (None, across)), *last]
    return [], items


def _opened(items: Any) -> Items:
    """The items with those of groups without flags of their own in their place."""
    opened: Items = []
    for operation, argument in items:
        if operation is tree.SUBPATTERN and not argument[1] and not argument[2]:
            opened += _opened(argument[3])
        else:
            opened.append((operation, argument))
    return opened


def _is_of_word(operation: Any, argument: Any) -> bool:
    """Whether an item matches no white space, and the edge of a word just as it does that of a text."""
    if operation is tree.LITERAL:
        return argument not in _SPACES
    if operation is tree.IN:
        return all(_is_class_of_word(*each) for each in argument)
    if operation is tree.AT:
        return argument in (tree.AT_BOUNDARY, tree.AT_NON_BOUNDARY)
    if operation is tree.BRANCH:
        return all(_are_of_word(branch) for branch in argument[1])
    if operation is tree.SUBPATTERN:
        return _are_of_word(argument[3])
    if operation is tree.ATOMIC_GROUP:
        return _are_of_word(argument)
    if operation in (tree.ASSERT, tree.ASSERT_NOT):
        return _are_of_word(argument[1])
    return operation in _REPEATS and _are_of_word(argument[2])


def _are_of_word(items: Any) -> bool:
    return all(_is_of_word(*item) for item in items)


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
