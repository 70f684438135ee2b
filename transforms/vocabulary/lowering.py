"""A pattern without regard to case, as one that has it, for texts in lower case: that costs half as much."""

import re

_TOKEN = re.compile(r"\\.|\(\?P[<=]\w+[>)]|\(\?[a-zA-Z]*-?[a-zA-Z]*[:)]|.", re.DOTALL)
_FLAGS = re.compile(r"\(\?(?:[a-zA-Z]+|[a-zA-Z]*-[a-zA-Z]+)[:)]")


def lowered(pattern: str) -> str | None:
    """The pattern for texts in lower case; None where a part of it has flags of its own."""
    tokens = _TOKEN.findall(pattern)
    if any(_FLAGS.fullmatch(token) for token in tokens):
        return None
    return "".join(token if token[0] in "\\(" else token.lower() for token in tokens)
