"""`python -m benchmarks`: us and the peers on the same text (accuracy, speed), and what extraction costs.

Tables are on stdout; `--json` writes them for programs, `--write` the page docs/benchmarks.md with its plots.
"""

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import accuracy, costs, peers, publishing, speed
from benchmarks.telling import machine, told
from flows.errors import UserError
from flows.printing import print_rows

ROOT = Path(__file__).parents[1]
#: Labelled texts: the project's own, and real ones where they lie beside the checkout.
GOLD = ROOT / "tests" / "gold"
REAL = ROOT.parent / "shared" / "gold"
LETTERS, SECONDS = 10_000, 1200.0


def main() -> int:
    """Run the bench."""
    try:
        _measure(_options())
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _measure(options: argparse.Namespace) -> None:
    measured = {}
    for part in options.part or publishing.PARTS:
        measured[part] = {
            "command": command(part, options),
            "day": datetime.now(UTC).date().isoformat(),
            "machine": machine(),
            "versions": {name: version for peer in _installed() for name, version in peer.versions.items()},
            "rows": rows(part, options),
        }
        if options.json:
            options.json.write_text(json.dumps(measured, indent=2, ensure_ascii=False) + "\n", "utf-8")
        if options.write:
            publishing.keep(measured, options.write)
    if options.write:
        publishing.write(options.write)


def rows(part: str, options: argparse.Namespace) -> list[dict[str, Any]]:
    """Rows of a part of the bench, which are told as they are known."""
    if part == "costs":
        measured = told(costs.results(options.letters, options.seconds))
        return [row._asdict() for row in measured]
    if part == "speed":
        return _told(speed.results(options.letters), publishing.speed_table)
    return _told(accuracy.results(options.gold or [GOLD, *[REAL] * REAL.is_dir()]), publishing.accuracy_table)


def _told(measured: Iterable[NamedTuple], table: publishing.Table) -> list[dict[str, Any]]:
    """Rows, each said when it is known, and then all as the table that the page has."""
    known = []
    for row in measured:
        known.append(row._asdict())
        print("  ".join(map(str, table(known[-1:])[1][0])), file=sys.stderr)
    print_rows(*table(known), "table")
    return known


def _installed() -> list[peers.Peer]:
    return [peer for peer in peers.peers() if peer.installed]


def command(part: str, options: argparse.Namespace) -> str:
    """What measures a part again in the same way."""
    settings = ""
    if part != "accuracy" and options.letters != LETTERS:
        settings += f"BENCH_LETTERS={options.letters} "
    if part == "costs" and options.seconds != SECONDS:
        settings += f"BENCH_SECONDS={options.seconds:g} "
    gold = "".join(f" --gold {folder}" for folder in options.gold or []) if part == "accuracy" else ""
    return f"make bench {settings}BENCH_OPTIONS='--part {part}{gold}'"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--part", choices=publishing.PARTS, action="append", help="measure this alone (may be repeated)"
    )
    parser.add_argument(
        "--letters",
        type=int,
        default=LETTERS,
        help="sizes run from a hundredth to ten times as many letters (default: %(default)s)",
    )
    parser.add_argument(
        "--seconds",
        type=float,
        default=SECONDS,
        help="a size that would take longer is left out, but not the first (default: %(default)s)",
    )
    parser.add_argument(
        "--gold",
        type=Path,
        action="append",
        metavar="FOLDER",
        help="sets of labelled texts (default: tests/gold, and ../shared/gold where it is)",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="the results, for programs")
    parser.add_argument(
        "--write",
        type=Path,
        nargs="?",
        const=ROOT / "docs",
        metavar="FOLDER",
        help="write benchmarks.md, its plots and benchmarks.json there; parts not measured stay as they are"
        " (default: docs)",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
