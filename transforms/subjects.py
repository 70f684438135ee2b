"""Where a letter's subject ends: before another field, a salutation or the first sentence of the body."""

import re
from functools import cache
from typing import NamedTuple

from transforms.vocabulary import ungated, words


class Subject(NamedTuple):
    """What a letter says that it is about, None where it doesn't; and where what goes with it ends."""

    text: str | None
    end: int


def subject_in(top: str, start: int, end: int) -> Subject:
    """The subject that begins at `start`; the lines up to `end` stand behind it without an empty line."""
    lines = top[start:end].split("\n")
    taken: list[str] = []
    for at, line in enumerate(lines):
        if _pattern("ends_line").match(line) or (at and _begins_anew(taken[-1], lines[at:], at)):
            break
        taken.append(line[: _length(line)])
        if len(taken[-1]) < len(line):
            break
    text = "\n".join(taken)
    if len(text) > _LONGEST:
        return Subject(None, start)
    if not taken:
        return Subject(None, start - 1 + _of_heading("\n" + top[start:end]))
    return Subject(text.strip() or None, start + len(text) + _of_heading(top[start + len(text) : end]))


def _of_heading(rest: str) -> int:
    """How much of what stands behind a subject is other fields, and the salutation below them."""
    line, *below = rest.split("\n")
    if line.strip():
        if not _pattern("inline").match(line) or _pattern("salutation").match(line):
            return 0
        if saluted := _pattern("salutation").search(line):
            return saluted.start()
    lines = [line, *_fields(below)] if line.strip() or below else []
    return len("\n".join(lines))


#: Characters of a subject, and its lines.
_LONGEST, _MOST_LINES = 600, 6


def _fields(lines: list[str]) -> list[str]:
    """The lines of other fields at the beginning of `lines`, and the salutation below them."""
    taken = 0
    while taken < len(lines) and _pattern("field").match(lines[taken]):
        is_label = _pattern("label_alone").match(lines[taken]) is not None
        taken += 1
        if is_label and taken < len(lines) and _pattern("value").match(lines[taken]):
            taken += 1
    if taken < len(lines) and _pattern("saluted").match(lines[taken]):
        taken += 1
    return lines[:taken]


def _begins_anew(before: str, rest: list[str], at: int) -> bool:
    """Whether a line isn't the subject's: the one before doesn't lead to it, and what it begins is prose."""
    if at >= _MOST_LINES:
        return True
    if not _pattern("capital").match(rest[0]):
        return False
    if _pattern("finished").search(before):
        return True
    if _pattern("unfinished").search(before):
        return False
    behind = []
    for line in rest:
        if _pattern("ends_line").match(line):
            break
        behind.append(line)
    return len(behind) > _MOST_NEW or bool(_pattern("prose").search("\n".join(behind)))


#: So many lines that don't go on from the one before are no part of a subject.
_MOST_NEW = 2


def _length(line: str) -> int:
    """How much of a line is the subject's: up to another field, a salutation or a further sentence."""
    ends = [found.start() for name in ("inline", "sentence") if (found := _pattern(name).search(line))]
    return min(ends, default=len(line))


def label_above(above: str) -> bool:
    """Whether the line above the last one of a heading is a field whose value stands below it."""
    lines = [line for line in above.split("\n")[:-1] if line.strip()]
    return bool(lines and _pattern("label_alone").match(lines[-1]))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return ungated("headings", words("headings")["subject"][name], flags=re.NOFLAG)
