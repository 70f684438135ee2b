"""Looks for texts that the grammar stumbles over, guided by the ways through it that they take.

`python fuzz.py --seconds 600` fuzzes each of the targets for its share of the time, beginning with our own
texts and those that were kept; `--keep` keeps the smallest texts that take all ways found. What breaks a
property is in the folder `findings`, and the exit code is 1.
"""

import argparse
import hashlib
import re
import shlex
import subprocess
import sys
import traceback
from itertools import islice
from pathlib import Path

import corpus

SEED = 20261129
#: The targets, and how much of the time each has: text repair, heading and numerals; whole letters.
SHARES = {"parts": 0.7, "letters": 0.3}
#: The fuzzer's own notes in every function make it this many times slower.
SLOWER = 20


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--folder", type=Path, default=Path(".fuzz"))
    parser.add_argument("--keep", action="store_true")
    chosen = parser.parse_args()
    findings = chosen.folder / "findings"
    findings.mkdir(parents=True, exist_ok=True)
    for target, share in SHARES.items():
        folder = chosen.folder / target
        folder.mkdir(exist_ok=True)
        for text in (*corpus.seeds(), *corpus.kept()):
            (folder / hashlib.sha256(text).hexdigest()[:16]).write_bytes(text)
        told = run(
            target, chosen.folder, f"-max_total_time={max(1, int(chosen.seconds * share))}", str(folder)
        )
        print(f"{target}: {told}", flush=True)
    if chosen.keep:
        print(f"{corpus.keep(fewest(chosen.folder))} texts kept in {corpus.CORPUS}")
    found = sorted(path.name for path in findings.iterdir())
    print(f"findings: {len(found)}" + "".join(f"\n  {findings / name}" for name in found))
    return int(bool(found))


def fewest(folder: Path) -> list[bytes]:
    """The texts of all targets that together take every way found."""
    texts: list[bytes] = []
    for target in SHARES:
        small = folder / f"{target}-small"
        small.mkdir(exist_ok=True)
        for path in small.iterdir():
            path.unlink()
        run(target, folder, "-merge=1", str(small), str(folder / target))
        texts += [path.read_bytes() for path in small.iterdir()]
    return texts


def run(target: str, folder: Path, *options: str) -> str:
    """The fuzzer in a process of its own; what it tells of executions and coverage in the end."""
    command = [sys.executable, __file__, "fuzz", target, str(folder / "findings"), *options]
    fixed = [f"-seed={SEED}", f"-max_len={corpus.LONGEST}", "-timeout=60", "-report_slow_units=60"]
    fixed += ["-rss_limit_mb=4096"]
    fixed += [
        f"-dict={_dictionary(folder)}",
        "-print_final_stats=1",
        f"-artifact_prefix={folder / 'findings'}/",
    ]
    done = subprocess.run(
        [*command, *fixed], stderr=subprocess.PIPE, text=True, errors="replace", check=False
    )
    (folder / f"{target}.log").write_text(done.stderr)
    executions = re.findall(r"number_of_executed_units: (\d+)", done.stderr)
    covered = re.findall(r"cov: (\d+) ft: (\d+) corp: (\d+)", done.stderr)
    if "MERGE-OUTER: successful" in done.stderr:
        return "merged"
    if not covered:
        raise SystemExit(f"the fuzzer did not run: {done.stderr[-2000:]}")
    first, (coverage, features, texts) = covered[0], covered[-1]
    return (
        f"{executions[-1] if executions else '?'} executions, coverage {first[0]} -> {coverage}, "
        f"features {first[1]} -> {features}, {texts} texts"
    )


def _dictionary(folder: Path) -> Path:
    """The words of the vocabulary, for the fuzzer to put in."""
    spelled = set(
        re.findall(r"[^\W\d_]{3,12}", " ".join(text.decode("utf-8", "replace") for text in corpus.seeds()))
    )
    signs = [
        "\n\n",
        "-\n",
        "\n1  ",
        "€ ",
        "%",
        "1.222",
        " 2019 ",
        "\u200b",
        "\x1b[1m",
        "<b>",
        "&euro;",
        "\u202e",
        "|",
        ";",
    ]
    lines = [
        '"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"' for word in [*signs, *sorted(spelled)]
    ]
    path = folder / "words.dict"
    path.write_text("\n".join(lines) + "\n")
    return path


def fuzz(target: str, findings: Path, options: list[str]) -> None:
    """Run one target in this process, which ends with it."""
    import atheris  # noqa: PLC0415 of make fuzz alone

    with atheris.instrument_imports(include=["transforms"]):
        import properties  # noqa: PLC0415 with notes for the fuzzer

    check = properties.TARGETS[target]
    for text in islice(corpus.seeds(), 300):  # what the grammar learns first takes longer than any text
        check(text)
    places: set[tuple[str, int]] = set()

    def once(content: bytes) -> None:
        try:
            properties.check_time(check, content, SLOWER)
        except Exception as error:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            if (place := (frame.filename, frame.lineno or 0)) not in places:
                places.add(place)
                name = f"{Path(frame.filename).stem}-{frame.lineno}-{type(error).__name__}"
                (findings / name).write_bytes(content)
                traceback.print_exc()

    # To merge, the fuzzer starts what it is called by.
    itself = findings.with_name(f"{target}.sh")
    itself.write_text(f'#!/bin/sh\nexec {shlex.join([sys.executable, *sys.argv[:4]])} "$@"\n')
    itself.chmod(0o755)
    atheris.Setup([str(itself.resolve()), *options], once)
    atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1:2] == ["fuzz"]:
        fuzz(sys.argv[2], Path(sys.argv[3]), sys.argv[4:])
    else:
        sys.exit(main())
