"""How lines read on: what stands between the last word of one and the first of the next."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from transforms.hyphens import hyphenated

#: What may stand around a word.
AROUND = ".,;:?!()[]«»“”‘’\"'"
#: An address of the web, and what it may go on with on the next line.
_ADDRESS, _OF_ADDRESS = re.compile(r"(?:https?:|www\.)\S*\Z"), re.compile(r"\w[./_-]\w|[/_=&?]")


def line_end(last: str, following: str, known: Collection[str]) -> str:
    """The last word of a line, and what stands between it and the first of the next."""
    if not last.endswith("-"):
        is_range = (
            last[-1] in "–/" and (last[-2:-1].isalnum() or last[-2:-1] == "(") and following[:1].isalnum()
        )
        is_address = _ADDRESS.search(last) is not None and _OF_ADDRESS.search(following) is not None
        return last if is_range or is_address else f"{last} "
    whole, parted = last[:-1] + following, last + following
    for text, read in ((parted, last), (whole, last[:-1])):
        if text.strip(AROUND) in known:
            return read
    edit = hyphenated(f"{last}\n{following}", len(last), len(last) + 1)
    return last[: edit.start] + edit.text


def read_on(lines: Sequence[str]) -> Iterator[str]:
    """Lines below each other, as one reads them."""
    for line, following in pairwise(lines):
        last = line.split()[-1]
        yield line.removesuffix(last)
        yield line_end(last, following.split()[0], ())
    yield lines[-1]
