"""With which characters a match of a regular expression can begin, told from its parse tree.

The standard library tries a pattern at every character of a text, and for one without regard to case, or that
begins with the edge of a word, enters it there. A look at the first character spares most of that. Where it
knows by itself what a match begins with, the look would keep it from skipping to that.
"""

import re
import re._compiler as compiler  # type: ignore[import-not-found]
import re._constants as tree  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from typing import Any

#: Ranges of more characters aren't listed one by one: such a pattern may begin with nearly anything.
_MAX_RANGE = 32
#: Letters of which every Dutch word is made: where most of them may begin a match, a look spares nothing.
_COMMON = "enatirodsl"
_MAX_COMMON = 7

_Initials = tuple[set[str], bool] | None  # parts of a character class, and whether there may be no character


def looked_ahead(pattern: str, flags: re.RegexFlag) -> str:
    """The pattern, with a look at the first character before it where that is worth it."""
    parsed = parser.parse(pattern, flags)
    if compiler._get_literal_prefix(parsed, flags)[0] or compiler._get_charset_prefix(parsed, flags):
        return pattern
    found = _of_sequence(parsed)
    if found is None or found[1] or sum(letter in found[0] for letter in _COMMON) > _MAX_COMMON:
        return pattern
    return f"(?=[{''.join(sorted(found[0]))}])(?:{pattern})"


def _of_sequence(items: Any) -> _Initials:
    initials: set[str] = set()
    for operation, argument in items:
        found = _of_item(operation, argument)
        if found is None:
            return None
        initials |= found[0]
        if not found[1]:
            return initials, False
    return initials, True


def _of_item(operation: Any, argument: Any) -> _Initials:
    if operation is tree.LITERAL:
        return _cases(argument), False
    if operation is tree.IN:
        return _of_class(argument)
    if operation in (tree.AT, tree.ASSERT, tree.ASSERT_NOT):
        return set(), True
    if operation is tree.BRANCH:
        return _of_branches(argument[1])
    if operation is tree.SUBPATTERN:
        return _of_sequence(argument[3])
    if operation is tree.ATOMIC_GROUP:
        return _of_sequence(argument)
    if operation in (tree.MAX_REPEAT, tree.MIN_REPEAT, tree.POSSESSIVE_REPEAT):
        found = _of_sequence(argument[2])
        return None if found is None else (found[0], found[1] or argument[0] == 0)
    return None


def _cases(character: int) -> set[str]:
    """A character as a class writes it; in both cases, as a part of a pattern may have flags of its own."""
    letter = chr(character)
    return {re.escape(each) for each in (letter, letter.lower(), letter.upper()) if len(each) == 1}


def _of_class(items: Any) -> _Initials:
    initials: set[str] = set()
    for kind, value in items:
        if kind is tree.LITERAL:
            initials |= _cases(value)
        elif kind is tree.RANGE and value[1] - value[0] < _MAX_RANGE:
            initials = initials.union(*(_cases(each) for each in range(value[0], value[1] + 1)))
        elif kind is tree.CATEGORY and value in _CATEGORIES:
            initials.add(_CATEGORIES[value])
        else:
            return None
    return initials, False


_CATEGORIES = {tree.CATEGORY_DIGIT: r"\d", tree.CATEGORY_SPACE: r"\s"}


def _of_branches(branches: Any) -> _Initials:
    initials: set[str] = set()
    may_be_empty = False
    for branch in branches:
        found = _of_sequence(branch)
        if found is None:
            return None
        initials |= found[0]
        may_be_empty |= found[1]
    return initials, may_be_empty
