"""Numbers of lists that a program counts itself, so that they stand in no text: `1.`, `b)`, `iv.`, `2.3`."""

import re
from typing import NamedTuple

from lxml import etree

from transforms.formats.packages import attribute, local

#: Levels of a list in Word and in OpenDocument.
_LEVELS = 10
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_PLACE = re.compile(r"%(\d)")


class Level(NamedTuple):
    """How a level of a list is numbered: the number's notation, the text around it (`%1.`), the first."""

    notation: str = "decimal"
    text: str = "%1."
    first: int = 1


class Count:
    """Where the lists of a document have come to."""

    def __init__(self) -> None:
        self._at: dict[str, list[int]] = {}

    def number(self, name: str, levels: dict[int, Level], depth: int) -> str:
        """The next number of a list at a depth (from 0); nothing where it has bullets."""
        level = levels.get(depth, Level("bullet"))
        depth = min(max(depth, 0), _LEVELS)
        at = self._at.setdefault(name, [])
        if len(at) <= depth:
            at += [levels.get(each, Level()).first - (each == depth) for each in range(len(at), depth + 1)]
        at[depth] += 1
        del at[depth + 1 :]
        if level.notation in ("bullet", "none"):
            return ""

        def shown(match: re.Match[str]) -> str:
            of = int(match[1]) - 1
            return written(at[of], levels.get(of, level).notation) if 0 <= of <= depth else ""

        return _PLACE.sub(shown, level.text).strip()


def written(number: int, notation: str) -> str:
    """A number in the notation of a list, by the names of Word."""
    if notation in ("lowerLetter", "upperLetter"):
        text = (
            chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number < 260 else str(number)
        )
    elif notation in ("lowerRoman", "upperRoman") and 0 < number < 40:
        text, rest = "", number
        for value, sign in _ROMAN:
            text, rest = text + sign * (rest // value), rest % value
    else:
        return str(number)
    return text.upper() if notation.startswith("upper") else text


class Numbering:
    """The lists of a DOCX: which paragraph has which number."""

    def __init__(self, lists: dict[str, tuple[str, dict[int, Level]]]) -> None:
        self._lists = lists
        self._count = Count()

    @classmethod
    def of_docx(cls, root: etree._Element | None) -> "Numbering":
        """Lists by their numId, with the abstract list that they count on together."""
        levels: dict[str, dict[int, Level]] = {}
        lists: dict[str, tuple[str, dict[int, Level]]] = {}
        for each in root if root is not None else ():
            if local(each) == "abstractNum":
                levels[attribute(each, "abstractNumId") or ""] = dict(map(_level, _named(each, "lvl")))
        for each in root if root is not None else ():
            if local(each) == "num":
                identity = attribute(each, "numId") or ""
                of = next((attribute(child, "val") for child in _named(each, "abstractNumId")), None) or ""
                anew = next(iter(_named(each, "lvlOverride")), None) is not None
                lists[identity] = (f"{of} {identity}" if anew else of, levels.get(of, {}))
        return cls(lists)

    def number(self, listed: tuple[str, int] | None) -> str | None:
        """Number of the next item of a list at a depth: nothing for a bullet, None where it is none."""
        if listed is None or listed[0] == "0":
            return None
        name, levels = self._lists.get(listed[0], (listed[0], {}))
        return self._count.number(name, levels, listed[1])


def _named(element: etree._Element, name: str) -> list[etree._Element]:
    return [each for each in element if local(each) == name]


def _level(element: etree._Element) -> tuple[int, Level]:
    values = {local(each): attribute(each, "val") or "" for each in element}
    first = values.get("start", "1")
    level = Level(
        values.get("numFmt", "decimal"), values.get("lvlText", "%1."), int(first) if first.isdecimal() else 1
    )
    depth = attribute(element, "ilvl") or "0"
    return (int(depth) if depth.isdecimal() else 0), level
