"""Where the program begins: one letter's claims at once, every other command by way of Typer.

`extract` is to take no time, and Typer alone takes a good part of it: only the other commands import it.
"""

import gc
import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import cast, get_args

from flows import ending, saying
from flows.cleaning import escaped
from flows.ending import DONE, EXIT_CODES
from flows.printing import Format
from flows.saying import ERROR
from flows.streams import ReaderGoneError, utf8_streams
from warehouse.errors import ChecksFailedError, of_disk

LET_USE = "let the user of this program read and write there, or give another path"
#: A name for a while, as tempfile makes them: what it will be called, if that is in it, and what is random.
_PRIVATE = re.compile(r"/(?:\.(?:build|writing|report)|\.(?P<name>[^/]+))-[a-z0-9_]{8}(?:/.*)?$", re.DOTALL)


def main() -> int:
    """Run the command line; whose stdout is closed, as by `head`, has had what it wanted: done."""
    with utf8_streams():
        return _main()


def _main() -> int:
    request = extract_request(sys.argv[1:])
    if request:
        # Start-up makes many objects that live to the end: looking for garbage among them is time lost.
        gc.disable()
        return exit_code(lambda: _extract(*request))
    from flows import cli

    code = exit_code(cli.run)
    if ending.leaves_at_once:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)
    return code


def _extract(paths: list[Path], form: Format) -> int:
    from flows.extracting import print_claims

    return print_claims(paths, form)


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
            saying.speak(_message(error), ERROR)
        return code


def _message(error: Exception) -> str:
    """What an error says: one line, but of failed checks."""
    if isinstance(error, ChecksFailedError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        told = of_disk(error.strerror)
        if isinstance(error, PermissionError):
            told = f"{told}; {LET_USE}"
        return escaped(f"{_meant(error.filename)}: {told}" if error.filename else told)
    return escaped(str(error))


def _meant(name: object) -> object:
    """The path that a user gave, where a private name stands for it until it is whole."""
    if not isinstance(name, str) or not (private := _PRIVATE.search(name)):
        return name
    return name[: private.start()] + (f"/{private['name']}" if private["name"] else "")


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


if __name__ == "__main__":
    sys.exit(main())
