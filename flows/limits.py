"""What one letter may have and cost, and how a file that was set aside says which limit it exceeded."""

from typing import NamedTuple

#: 20 MB, in the binary sense: a letter of exactly this size is still read.
MAX_LETTER_BYTES = 20 * 1024 * 1024


class Limits(NamedTuple):
    """What one letter may cost: seconds of processor time, and claims."""

    seconds: float
    claims: int


#: Ten thousand claims are some eight hundred pages, which take half a minute.
LIMITS = Limits(seconds=120, claims=10_000)


LIMIT = "; the limit is "


def over(what: str, limit: str) -> str:
    """Detail of a letter that exceeds a limit."""
    return f"{what}{LIMIT}{limit}"


def limit_in(detail: str | None) -> str:
    """The limit that such a detail names; nothing in any other."""
    return (detail or "").partition(LIMIT)[2]
