"""Hyphens at the ends of lines: which of them a word keeps."""

import re

from transforms.repairs import Edit
from transforms.vocabulary import words

_STEM = re.compile(r"\w+-\Z")
_FIRST = re.compile(r"[\w/]+")


def hyphenated(plain: str, end: int, start: int) -> Edit:
    """What stands between two lines: the first ends with a hyphen at `end`, the second begins at `start`."""
    if not plain[end - 2 : end - 1].isalnum() and plain[end - 1] == "-":
        return Edit(end, start, "")  # a dash, of a list for instance
    first = _FIRST.match(plain, start, start + 40)
    word = first[0] if first else ""
    if not _stays(plain, end, word):
        return Edit(end - 1, start, "")
    return Edit(end, start, " " if word in words("reading")["hyphen"]["kept_before"] else "")


def unbroken(heading: str) -> str:
    """The lines of a heading, each word that their ends broke in one piece."""
    return BROKEN.sub("", heading)


#: The hyphen and the line end in a word that was broken.
BROKEN = re.compile(r"(?<=\w)-[ \t\r]*\n[ \t]*(?=[a-zà-ÿ])")
#: Letters of what stands for words, before a word in capitals.
_LONGEST_ABBREVIATION = 4


def _stays(plain: str, end: int, word: str) -> bool:
    if plain[end - 1] == "\u00ad":  # a soft hyphen says itself that it may go
        return False
    stem = _STEM.search(plain, max(0, end - 40), end)
    if stem is None:
        return True
    hyphen, half = words("reading")["hyphen"], stem[0][:-1]
    if len(half) > _LONGEST_ABBREVIATION and half.isupper() and word.isupper():
        return half.lower() in hyphen["kept_in_names"]
    if not word[:1].islower():
        return True
    if f"{half}{word}" in words("reading")["space"]["after_digits"]:
        return False  # pro-cent
    if half[-1].isdigit() or half[1:] != half[1:].lower() or word in hyphen["kept_before"]:
        return True  # 18- tot 24-jarigen, EU-lidstaten, in- en uitstroom
    if word in hyphen["kept_with"] or half[-1].lower() + word[0] in hyphen["clashes"]:
        return True  # procureurs-generaal, zij-instroom
    return half.lower() in hyphen["kept_after"]
