"""What goes wrong with a source, and what to do about it."""

from collections.abc import Iterator
from contextlib import contextmanager

from flows.cleaning import escaped
from flows.errors import UserError

#: What to do about what goes wrong; {address} is where the address is set that was asked.
AGAIN = "harvest again later, which goes on from here"
ADDRESS = "look whether the source is up and its address right ({address}), then harvest again"
QUERY = "mend what it is asked (--query, or query of [harvest])"
TOO_LARGE = "where it may be as large, raise max_page_bytes of [harvest]"


class SourceError(UserError):
    """A source doesn't do what it was asked; the message says in a line what it did, `todo` what to do."""

    TODO = AGAIN

    def __init__(self, message: str, todo: str | None = None) -> None:
        super().__init__(message)
        self.todo = todo or self.TODO


class UnavailableError(SourceError):
    """It doesn't answer, or says that it can't now: what is asked next is likely to fail too."""


class NotThereError(SourceError):
    """What was asked for isn't there."""

    TODO = ADDRESS


class TooLargeError(SourceError):
    """What was asked for has more bytes than are read."""

    TODO = TOO_LARGE


class WrongAnswerError(SourceError):
    """The answer isn't of the kind, the size or the letter that was asked for."""

    TODO = ADDRESS


class SaysError(ValueError):
    """What a source itself says is wrong with what it was asked."""

    todo = QUERY

    def __init__(self, said: str) -> None:
        super().__init__(f"says: {said}"[:500])


@contextmanager
def told_by(address: str) -> Iterator[None]:
    """An answer that can't be read (ValueError) as a WrongAnswerError of the source at this address."""
    try:
        yield
    except ValueError as error:
        todo = error.todo if isinstance(error, SaysError) else None
        raise WrongAnswerError(f"{address}: {escaped(str(error))}", todo) from error
