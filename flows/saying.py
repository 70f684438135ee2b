"""What the program says to its user: a line on stderr."""

import sys
from collections.abc import Callable

from flows.cleaning import escaped

#: Levels of logging, which is imported by those alone that log.
INFO, ERROR = 20, 40


def say(line: str, level: int = INFO) -> None:
    """One line to the user, on stderr; a name in it can't make another."""
    speak(escaped(line), level)


def counted(number: int, noun: str, nouns: str | None = None) -> str:
    """How many of something: `1 letter`, `2 letters`; `nouns` where more than one end otherwise."""
    return f"{number} {noun if number == 1 else nouns or f'{noun}s'}"


def _speak(line: str, _level: int) -> None:
    print(f"kamercijfers: {line}", file=sys.stderr)  # noqa: T201


#: How lines are said; flows.logs says them as JSON where that is wanted.
speak: Callable[[str, int], None] = _speak
