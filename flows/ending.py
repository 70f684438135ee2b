"""How the program ends: its exit codes, and whether it waits for its threads."""

from flows.errors import UsageError, UserError
from flows.streams import ReaderGoneError
from transforms.errors import VocabularyError
from warehouse.errors import ChecksFailedError, LockedError, WarehouseError

DONE, FAILED, USAGE, CHECKS_FAILED, LOCKED = range(5)

#: The exit code of each error whose message is meant for the user; the first that fits counts.
EXIT_CODES: tuple[tuple[type[BaseException], int], ...] = (
    (ReaderGoneError, DONE),
    (UsageError, USAGE),
    (ChecksFailedError, CHECKS_FAILED),
    (LockedError, LOCKED),
    (WarehouseError, FAILED),
    (UserError, FAILED),
    (VocabularyError, FAILED),
    (OSError, FAILED),
)

#: Set where threads would otherwise keep the process for minutes that have nothing to do any more.
leaves_at_once = False
