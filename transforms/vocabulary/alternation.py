"""Many words as one regular expression, in which a word's beginning is looked at once for all that share it.

The standard library tries alternatives one by one, at every place where one may begin.
"""

import re
from collections.abc import Iterable

_PLAIN = re.compile(r"[\w '’/-]+")


def alternatives(entries: Iterable[str]) -> str:
    """A group matching any of the entries, longest first so that none hides another."""
    longest_first = sorted(dict.fromkeys(entries), key=lambda entry: (-len(entry), entry))
    if all(map(_PLAIN.fullmatch, longest_first)) and (tree := _tree(longest_first)) is not None:
        return f"(?:{tree})"
    return "(?:" + "|".join(longest_first) + ")"


def _tree(words: list[str]) -> str | None:
    """Words, which may be empty, by their first characters; None where some differ in their case alone."""
    rest: dict[str, list[str]] = {}
    for word in words:
        if word:
            rest.setdefault(word[0], []).append(word[1:])
    if len({first.lower() for first in rest}) < len(rest):
        return None
    branches = []
    for first, ends in rest.items():
        tree = "" if ends == [""] else _tree(ends)
        if tree is None:
            return None
        branches.append(first + tree)
    group = f"(?:{'|'.join(branches)})"
    return f"{group}?" if "" in words else group if len(branches) > 1 or not words else branches[0]
