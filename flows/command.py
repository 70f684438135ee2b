"""Where the program begins: one letter's claims at once, every other command by way of Typer.

`extract` is to take no time, and Typer alone takes a good part of it: only the other commands import it.
"""

import gc
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import cast, get_args

from flows.cleaning import escaped
from flows.errors import UsageError, UserError
from flows.printing import Format, ReaderGoneError, utf8_streams
from transforms.errors import VocabularyError
from warehouse.errors import ChecksFailedError, LockedError, WarehouseError

#: Set where threads would otherwise keep the process for minutes that have nothing to do any more.
leaves_at_once = False
#: Levels of logging, which is imported by those alone that log.
INFO, ERROR = 20, 40
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


def main() -> int:
    """Run the command line; whose stdout is closed, as by `head`, has had what it wanted: done."""
    with utf8_streams():
        return _main()


def _main() -> int:
    request = extract_request(sys.argv[1:])
    if request:
        # Start-up makes many objects that live to the end: looking for garbage among them is time lost.
        gc.disable()
        return exit_code(lambda: extract(*request))
    from flows import cli

    code = exit_code(cli.run)
    if leaves_at_once:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)
    return code


def exit_code(command: Callable[[], int]) -> int:
    """What the command returns; here alone errors are said to the user and become exit codes."""
    try:
        ended = command()
        with suppress(ReaderGoneError):
            sys.stdout.flush()
        return ended
    except Exception as error:
        code = next((code for kind, code in EXIT_CODES if isinstance(error, kind)), None)
        if code is None:
            raise
        if code != DONE:
            speak(_message(error), ERROR)
        return code


def say(line: str, level: int = INFO) -> None:
    """One line to the user, on stderr; a name in it can't make another."""
    speak(escaped(line), level)


def _speak(line: str, _level: int) -> None:
    print(f"kamercijfers: {line}", file=sys.stderr)  # noqa: T201


#: How lines are said; flows.logs says them as JSON where that is wanted.
speak: Callable[[str, int], None] = _speak


def _message(error: Exception) -> str:
    """What an error says: one line, but of failed checks."""
    if isinstance(error, ChecksFailedError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return escaped(f"{error.filename}: {error.strerror}" if error.filename else error.strerror)
    return escaped(str(error))


def extract_request(arguments: list[str]) -> tuple[list[Path], Format] | None:
    """Paths and format of a plain `extract` command; None for any other, which is left to Typer."""
    if arguments[:1] != ["extract"]:
        return None
    paths, form, rest = [], "table", iter(arguments[1:])
    for argument in rest:
        if argument.startswith("--format"):
            form = next(rest, "") if argument == "--format" else argument.removeprefix("--format=")
        elif argument.startswith("-") and argument != "-":
            return None
        else:
            paths.append(Path(argument))
    return (paths, cast(Format, form)) if paths and form in get_args(Format) else None


def extract(paths: list[Path], form: Format, *, explain: bool = False) -> int:
    """Print the claims of letters, or how each sentence was read.

    A file that can't be read is said, and the others are printed still.
    """
    from flows.extracting import claim_rows, explanation_rows
    from flows.printing import print_explanation, print_rows
    from transforms.schemas import CLAIM_FIELDS, EXPLANATION

    # what start-up made stays; the patterns that are compiled next stay too
    gc.freeze()
    gc.set_threshold(50_000)
    gc.enable()
    rejected = []

    def set_aside(name: str, reason: str, detail: str | None) -> None:
        rejected.append(name)
        say(f"{name}: {reason} ({detail})")

    if not explain:
        rows = claim_rows(paths, set_aside)
        if form != "table":
            print_rows(CLAIM_FIELDS, rows, form)
        elif (listed := list(rows)) or not rejected:
            print_rows(CLAIM_FIELDS, listed, form)
    elif form == "table":
        print_explanation(explanation_rows(paths, set_aside))
    else:
        print_rows(tuple(EXPLANATION), explanation_rows(paths, set_aside), form)
    return FAILED if rejected else DONE


if __name__ == "__main__":
    # Under the name by which other modules know this one.
    sys.exit(import_module("flows.command").main())
