"""Commands that read texts without a warehouse: extract, evaluate."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from flows.cli.options import Printed
from flows.saying import say

app = typer.Typer()


@app.command(epilog="Example: kamercijfers extract letter.txt --format ndjson")
def extract(
    paths: Annotated[
        list[Path],
        typer.Argument(help="Letters, folders of letters, or - for standard input.", metavar="PATH..."),
    ],
    form: Printed = "table",
    explain: Annotated[
        bool, typer.Option("--explain", help="How each sentence was read, and by which rule.")
    ] = False,
) -> int:
    """Print the claims of letters, without a warehouse."""
    from flows.extracting import print_claims

    return print_claims(paths, form, explain=explain)


@app.command(epilog="Example: kamercijfers evaluate gold/letters.jsonl --errors")
def evaluate(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Labels NAME.jsonl with their texts in the folder NAME beside them, that folder, "
            "or a folder that holds several such sets.",
            metavar="GOLD...",
        ),
    ],
    errors: Annotated[
        bool, typer.Option("--errors", help="What is missed, false or has a wrong field, with its sentence.")
    ] = False,
    only: Annotated[
        str | None, typer.Option(help="Only texts whose name matches this regular expression.")
    ] = None,
    form: Annotated[Literal["table", "json"], typer.Option("--format", help="How it is printed.")] = "table",
) -> None:
    """Compare the claims of labelled texts with their labels: precision, recall, each field's accuracy."""
    from flows import evaluating, layouts

    result = evaluating.compared(paths, only)
    say(
        f"{', '.join(result.sets)}: {result.texts} texts, {result.labels} labels, "
        f"{result.optional} of them optional"
    )
    layouts.print_evaluation(result.evaluation, form, errors=errors)
