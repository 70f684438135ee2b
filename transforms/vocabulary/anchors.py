"""Where in a text a search by a regular expression need look, told from its parse tree.

The standard library tries a pattern at every place of a text, also one that can only match at its beginning,
or only just before its end.
"""

import re
import re._constants as tree  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Callable
from typing import Any

_MAX_REACH = 400  # characters

Find = Callable[[str, int, int], re.Match[str] | None]


def anchored(regex: re.Pattern[str]) -> tuple[Find, int]:
    """What finds the first match, and from how many characters before the end on; 0 for all of the text."""
    if regex.flags & re.MULTILINE:
        return regex.search, 0
    parsed = parser.parse(regex.pattern, regex.flags)
    if _is_at(parsed, 0, (tree.AT_BEGINNING, tree.AT_BEGINNING_STRING)):
        return regex.match, 0
    if _is_at(parsed, -1, (tree.AT_END, tree.AT_END_STRING)):
        width = parsed.getwidth()[1]
        return regex.search, width + 1 if width < _MAX_REACH else 0  # `$` stands before a last line's end too
    return regex.search, 0


def _is_at(items: Any, place: int, anchors: tuple[Any, ...]) -> bool:
    """Whether each way of matching begins (place 0) or ends (place -1) with such an anchor."""
    items = [item for item in items if item[0] not in (tree.ASSERT, tree.ASSERT_NOT)]
    if not items:
        return False
    operation, argument = items[place]
    if operation is tree.AT:
        return argument in anchors
    if operation is tree.SUBPATTERN:
        return _is_at(argument[3], place, anchors)
    if operation is tree.ATOMIC_GROUP:
        return _is_at(argument, place, anchors)
    if operation is tree.BRANCH:
        return all(_is_at(branch, place, anchors) for branch in argument[1])
    return False
